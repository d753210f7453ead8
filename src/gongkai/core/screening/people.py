"""What says where a person lives, what ails them, and how old they are, where the person is named."""

import re

from gongkai.core.screening.passage import Passage
from gongkai.core.screening.rules import enforces, person_pattern, rule, vocabulary

MINUTE = re.compile(
    r"[\d一二三四五六七八九十百]+(?=号楼|号院|号|栋|幢|座|单元|室|组|户|弄|社|队|房)"
)


CELL_BEFORE = re.compile(r"(?:^|[\t|\n]) ?$")
CELL_AFTER = re.compile(r" ?(?:[\t|\n]|$)")


@enforces("personal.passport")
def passports(passage: Passage) -> None:
    """Report numbers of passports and permits that are called so."""
    found = rule("personal.passport")
    for pattern in found.patterns():
        for match in pattern.finditer(passage.text):
            if passage.free(*match.span("number")):
                passage.report(found, *match.span("number"), "有护照、通行证等证件号码")


@enforces("personal.plate")
def plates(passage: Passage) -> None:
    """Report number plates, those of official and commercial vehicles aside."""
    found = rule("personal.plate")
    label, excludes = found.pattern("label"), found.pattern("excludes")
    for name in ("number", "labelled"):
        for match in found.pattern(name).finditer(passage.text):
            start, end = match.span("number")
            line, _ = passage.line(start, 60)
            if not passage.free(start, end) or excludes.search(line):
                continue
            in_cell = CELL_BEFORE.search(passage.text[max(0, start - 2) : start]) and (
                CELL_AFTER.match(passage.text[end : end + 2])
            )
            if in_cell or label.search(passage.before(start, 16) + passage.after(end, 10)):
                passage.report(found, start, end, "有车牌号码")


@enforces("personal.home")
def homes(passage: Passage) -> None:
    """Report an address down to the door where the words before it name a person."""
    found = rule("personal.home")
    reach = int(found.parameters["reach"])
    organisation = found.pattern("organisation")
    for address, called in _addresses(passage):
        start, end = address
        if not passage.free(start, end):
            continue
        line, low = passage.line(start, reach)
        above = line[: start - low]
        persons = [
            m for m in _person().finditer(line) if m.start() < start - low or m.start() >= end - low
        ]
        named = [m for m in persons if m.start() < start - low]
        if not named and not (called and persons):
            continue
        if organisation.search(above[named[-1].end() :] if named else above) and not called:
            continue
        proposal = MINUTE.sub("**", passage.text[start:end])
        passage.report(found, start, end, "姓名和住址写在一起，住址精确到了门牌", proposal)


def _addresses(passage: Passage) -> list[tuple[tuple[int, int], bool]]:
    """Return the addresses, and whether they are called somebody's home."""
    found = rule("personal.home")
    detail, place = found.parameters["detail"], found.parameters["place"]
    body = rf"(?=[^\n,。;\t|]{{0,40}}?(?:{place}))[^\n,。;:\t|]{{2,44}}?(?:{detail})(?:附?[\d\-A-Za-z一二三四五六七八九十]{{1,8}}(?:号楼|号|栋|幢|座|单元|室|组|户|楼|层|房)?)*"
    called = re.compile(rf"(?:{found.parameters['label']})(?P<address>{body})")
    result = [(m.span("address"), True) for m in called.finditer(passage.text)]
    building = re.compile(rf"[^\n,。;:\t|() ]{{0,24}}(?:{found.parameters['building']})")
    result += [(m.span(), False) for m in building.finditer(passage.text)]
    return result


def _person() -> re.Pattern[str]:
    return re.compile(person_pattern())


@enforces("personal.medical")
def illnesses(passage: Passage) -> None:
    """Report an illness where the person is named, and numbers of medical records."""
    found = rule("personal.medical")
    excludes = found.pattern("excludes")
    for pattern in found.patterns():
        for match in pattern.finditer(passage.text):
            if passage.free(*match.span("text")) and not excludes.search(match.group()):
                passage.report(
                    found, *match.span("text"), "写着姓名和病情，或者病历的号码", proposal="***"
                )


@enforces("personal.minor")
def minors(passage: Passage) -> None:
    """Report names of children that stand with their age."""
    found = rule("personal.minor")
    excludes, nameless = found.pattern("excludes"), found.pattern("nameless")
    for pattern in found.patterns():
        for match in pattern.finditer(passage.text):
            start, end = match.span("text")
            if nameless.search(match["text"]) or not passage.free(start, end):
                continue
            if not excludes.search(passage.before(start)):
                passage.report(found, start, end, "写着未成年人的姓名")


@enforces("personal.name")
def names(passage: Passage) -> None:
    """Report names of persons where the words around say that they are names."""
    found = rule("personal.name")
    excludes = found.pattern("excludes")
    called = re.compile(
        rf"(?:{vocabulary('person')})(?:姓名)?[ \t]?[:,为是(]?[ \t]?|\d{{1,4}}[.、\t ]{{1,2}}"
    )
    for match in _person().finditer(passage.text):
        start, end = match.span()
        if before := called.match(passage.text, start, end):
            start = before.end()
        written = passage.text[start:end]
        if len(written) >= 2 and passage.free(start, end) and not excludes.search(written):
            passage.report(found, start, end, "写着姓名")
