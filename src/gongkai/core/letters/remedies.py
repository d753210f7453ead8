"""The remedies that a letter names: they follow from its grounds, its day, the office and how it is delivered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.core import codes
from gongkai.core.deadlines import limit_of
from gongkai.core.letters.facts import Facts, Office, Part
from gongkai.core.letters.refusals import NoOnlineChannel, NoReviewBody
from gongkai.core.letters.slots import filled, slots, used
from gongkai.core.letters.template import Template
from gongkai.core.rulebook import Rulebook, Timeline, national
from gongkai.core.rulebook.references import chinese_number

WITHHELD = "不予公开的内容"


@dataclass(frozen=True, slots=True)
class RemedyText:
    """A sentence on remedies and the days on which it changed."""

    title: str
    texts: Timeline[str]


def texts(book: Rulebook | None = None) -> Mapping[str, RemedyText]:
    """Return the sentences on remedies by key."""
    return (book or national()).section("letters/remedies", RemedyText, qualified=False)


def remedies(
    made: Template, facts: Facts, day: date, called: str, book: Rulebook | None = None
) -> tuple[str, ...]:
    """Return the paragraphs on remedies of a letter of *day*.

    Args:
        made: Its template.
        facts: The facts of the case.
        day: The day of the letter, whose law on remedies applies.
        called: What the letter calls itself.
        book: The law data.

    Raises:
        NoReviewBody: The office has not said who hears a reconsideration of its decisions.
        NoOnlineChannel: The letter is delivered online, and no online channel is known.
    """
    known = texts(book)
    return tuple(
        filled(provision.value, _values(provision.value, told, book))
        for key, which in _keys(made, facts, day, book)
        if (provision := known[key].texts.get(day))
        for told in (_Told(facts.office, day, called, which),)
    )


def _keys(
    made: Template, facts: Facts, day: date, book: Rulebook | None
) -> Iterator[tuple[str, str]]:
    """Yield the keys of the sentences, each with the matters that it is about."""
    if made.remedies == "none":
        return
    if made.remedies == "fee":
        yield "fee", ""
        return
    first, some = _first(made, facts, day, book)
    if first and some:
        yield from (("first-partly", some), ("rest", ""))
    else:
        yield ("first" if first else "either"), ""
    body = codes.review_bodies(book)[facts.office.kind]
    if body.then:
        yield "ruling", ""
    if facts.online:
        yield "online", ""


def _first(made: Template, facts: Facts, day: date, book: Rulebook | None) -> tuple[bool, str]:
    """Return whether reconsideration comes first, and for which matters where not for all."""
    if made.remedies != "decision":
        return False, ""
    if made.combines:
        return _first_of_parts(facts.parts, day, book)
    ground = facts.ground or next(iter(made.grounds), "")
    if not ground:
        return False, ""
    return _first_of(ground, facts.withheld, day, book)


def _first_of(
    ground: str, withheld: tuple[str, ...], day: date, book: Rulebook | None
) -> tuple[bool, str]:
    if codes.ground(ground, book).group != "partial":
        return codes.ground(ground, book).reconsideration_first(day) is not None, ""
    grounds = withheld or (ground,)
    first = any(codes.ground(key, book).reconsideration_first(day) for key in grounds)
    return first, WITHHELD if first else ""


def _first_of_parts(parts: tuple[Part, ...], day: date, book: Rulebook | None) -> tuple[bool, str]:
    named: list[str] = []
    whole = True
    for number, part in enumerate(parts, 1):
        first, some = _first_of(part.ground, part.withheld, day, book)
        whole = whole and first and not some
        if first:
            named.append(f"第{chinese_number(number)}项" + (f"中{some}" if some else ""))
    return bool(named), "" if whole else "、".join(named)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the slots of a sentence on remedies are filled from."""

    office: Office
    day: date
    called: str
    matters: str


def _values(words: str, told: _Told, book: Rulebook | None) -> Mapping[str, str]:
    values = {"文种": told.called, "复议前置事项": told.matters}
    known = slots(book)
    for name in used(words):
        match name:
            case "复议机关":
                values[name] = "或者".join(_reviewers(told.office, book))
            case "管辖法院":
                values[name] = told.office.court or known[name].default
            case "网上复议渠道":
                if not told.office.online:
                    raise NoOnlineChannel
                values[name] = told.office.online
            case _ if known[name].limit:
                values[name] = limit_words(known[name].limit, told.day, book)
    return values


def _reviewers(office: Office, book: Rulebook | None) -> tuple[str, ...]:
    body = codes.review_bodies(book)[office.kind]
    if body.then:
        return (office.name,)
    if not office.reviewers:
        raise NoReviewBody(to=body.to)
    return office.reviewers


def limit_words(key: str, day: date, book: Rulebook | None = None) -> str:
    """Return the limit *key* under the law of *day* in words: 60日, 6个月, 15个工作日.

    Raises:
        NotYetInForce, NoLongerInForce: There is no such limit in that law.
    """
    limit = limit_of(key, book)
    return f"{limit.values.on(day).value}{limit.counts.unit}"
