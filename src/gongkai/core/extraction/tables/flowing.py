"""The three tables of the forms of 2019 and 2021, read from running text."""

from collections.abc import Sequence

from gongkai.core.extraction.tables import figures, proactive, remedies, requests
from gongkai.core.extraction.tables.assigning import Assigner, certain_cut, pieces, signs
from gongkai.core.extraction.tables.labels import (
    canonical,
    distinct_prefix,
    enumerator,
    number_pattern,
)
from gongkai.core.extraction.tables.result import LOCAL
from gongkai.core.extraction.tables.splitting import Cut, can_be_cut, cut_groups, cut_with_zero
from gongkai.core.extraction.tables.stream import Anchor, Match, Stream, Zone, letters_of
from gongkai.core.forms import Place, Row, Section

REACH = 300
"""Letters within which the rows of a section follow its title, local rows included."""

ENOUGH_ROWS = 4
"""Rows that must agree before an unchanged number of items is taken as the rule of a table."""

GROUP_LABELS = "一二三四五六七三本年度办理结果信息内容申请人情况法人或其他组织总计"
MAX_BROKEN_SUMS = 1
"""Rows whose sum may be wrong in the report itself before lost blanks are the likelier reason."""

CHAPTER_THREE = "收到和处理政府信息公开申请"
CHAPTER_FIVE = ("存在的主要问题", "存在主要问题", "存在的问题", "主要问题及改进")


def read_proactive(put: Assigner) -> None:
    """Read the sections of part two."""
    stream, table = put.stream, put.found.form.table(proactive.TABLE)
    glued: list[tuple[Zone, list[Place], Section]] = []
    counts: list[tuple[int, int]] = []
    for section in table.sections:
        region = _region(stream, section)
        if region is None:
            continue
        zones = stream.zones(
            _rows(stream, section.rows, *region),
            region[1],
            letters_of([*(c.label for c in section.columns), GROUP_LABELS]),
        )
        put.cover(stream.offset(region[0] - 1), zones)
        for zone in zones:
            places = [Place(table.key, zone.match.anchor.key, c.key) for c in section.columns]
            places = _in_printed_order(stream, section, region, places)
            counts.append((len(zone.tokens), len(places)) if not zone.cut else (0, 0))
            if zone.glued and len(places) > 1 and not zone.cut:
                glued.append((zone, places, section))
            elif not put.row(zone, places, whole=_is_whole(counts)):
                more = len(zone.tokens) > len(places)
                put.refuse(places, zone.tokens, figures.TOO_MANY if more else figures.LOST_BLANKS)
            _local_rows(put, zone, section)
    _cut_proactive(put, glued)


TELLING_ROWS = 4
"""So many rows of seven columns without a gap make it certain that a table keeps its blanks; one may be chance."""


def _is_whole(counts: Sequence[tuple[int, int]], enough: int = 1) -> bool:
    """Whether rows have as many figures as columns, told from enough rows with several columns."""
    told = [found == columns for found, columns in counts if columns > 1]
    return len(told) >= enough and all(told)


def _cut_proactive(put: Assigner, rows: list[tuple[Zone, list[Place], Section]]) -> None:
    """Cut rows that were printed without gaps, unless blanks were lost on the way too."""
    doubtful: list[tuple[Zone, list[Place], int]] = []
    short = put.found.blanks_lost or any(_count(zone) < len(places) for zone, places, _ in rows)
    for zone, places, section in rows:
        signed = {i for i, c in enumerate(section.columns) if c.kind == "signed"}
        if len(zone.tokens) == len(places) and not short:
            put.put(places, zone.tokens)
        elif short:
            put.refuse(places, zone.tokens, figures.LOST_BLANKS)
        elif cut := certain_cut(zone, places, None, signed):
            put.cut(zone, places, cut)
        else:
            doubtful.append((zone, places, min(signed, default=-1)))
    _unchanged(put, doubtful)


def _unchanged(put: Assigner, rows: list[tuple[Zone, list[Place], int]]) -> None:
    """Read rows whose digits can be cut if 本年增/减 is 0, and can in all of them, and in one way only.

    One row alone could hold a 0 by chance; that every row of a table does, each in just one place where
    the cut is possible, is how a table without changes looks and nothing else.
    """
    cuts = [
        cut_with_zero(pieces(zone), len(places), zero) if zero >= 0 and not signs(zone) else None
        for zone, places, zero in rows
    ]
    counted = [cut for cut, (_, _, zero) in zip(cuts, rows, strict=True) if zero >= 0]
    rule = len(counted) >= ENOUGH_ROWS and all(counted)
    for cut, (zone, places, _) in zip(cuts, rows, strict=True):
        if rule and cut:
            put.cut(zone, places, cut)
        else:
            put.refuse(places, zone.tokens, figures.NOT_UNIQUE)


def _local_rows(put: Assigner, zone: Zone, section: Section) -> None:
    for span, tokens in zone.rest:
        label = put.stream.text[span.start : span.end]
        if len(tokens) == len(section.columns) and len(canonical(label)) >= 2 and not zone.cut:
            for column, token in zip(section.columns, tokens, strict=True):
                cell, at = put.cell(token)
                place = Place(proactive.TABLE, LOCAL + canonical(label), column.key)
                put.found.add(place, cell, at, label=f"{label.strip()} / {column.label}")


def _region(stream: Stream, section: Section) -> tuple[int, int] | None:
    """Return from which letter to which the rows of a section stand, its heading left out."""
    title = canonical(section.title or "")
    names = [canonical(label) for c in section.columns for label in (c.label, *c.alias)]
    at = stream.letters.find(title)
    while at >= 0:
        start = at + len(title)
        following = proactive.TITLE.search(stream.letters, start)
        ends = [start + REACH, len(stream.letters)]
        ends += [following.start()] if following else []
        chapter = stream.letters.find(CHAPTER_THREE, start)
        ends += [chapter] if chapter >= 0 else []
        end = min(ends)
        heads = [
            stream.letters.find(name[:cut], start, end) + cut
            for name in names
            for cut in range(len(name), min(len(name), 5) - 1, -1)
            if stream.letters.find(name[:cut], start, end) >= 0
        ]
        if heads:
            return max(heads), end
        at = stream.letters.find(title, start)
    return None


def _in_printed_order(
    stream: Stream, section: Section, region: tuple[int, int], places: list[Place]
) -> list[Place]:
    """Return *places* in the order in which their headings stand; as the form has them where unclear."""
    head = stream.letters[max(0, region[0] - 60) : region[0]]
    spots = [
        max(head.rfind(canonical(label)) for label in (column.label, *column.alias))
        for column in section.columns
    ]
    if min(spots) < 0 or len(set(spots)) < len(spots):
        return places
    return [place for _, place in sorted(zip(spots, places, strict=True))]


def _rows(stream: Stream, rows: Sequence[Row], first: int, last: int) -> list[Match]:
    anchors = [
        Anchor(row.key, name, name)
        for row in rows
        for name in sorted(
            {canonical(label) for label in (row.label, *row.alias)}, key=len, reverse=True
        )
    ]
    matches: dict[str, Match] = {}
    for anchor in anchors:
        at = stream.letters.find(anchor.start, first, last)
        if at >= 0 and anchor.key not in matches and (match := stream.match(anchor, at)):
            matches[anchor.key] = match
    return sorted(matches.values(), key=lambda match: match.first)


def read_requests(put: Assigner) -> None:
    """Read part three."""
    stream, table = put.stream, put.found.form.table(requests.TABLE)
    anchors = _request_anchors(list(table.rows.values()))
    first = stream.letters.find(anchors[0].start)
    if first < 0:
        first = stream.letters.find("申请人情况")
    if first < 0:
        return
    last = _chapter_after(stream, first)
    matches = stream.chain(anchors, first, last)
    if len(matches) < 2:
        return
    names = [column.key for column in requests.columns(put.found)]
    printed = _printed_columns(stream, matches[0].first, names)
    allowed = letters_of(
        [GROUP_LABELS, *(r.label for r in table.rows.values() if r.header)]
        + [c.label for c in requests.columns(put.found)]
    )
    zones = stream.zones(matches, last, allowed)
    put.cover(zones[0].match.begin, zones)
    rows = [zone for zone in zones if not _is_heading(put, zone, len(printed))]
    if _is_run_together(rows, len(printed)):
        _cut_requests(put, rows, printed)
        return
    said = [[put.cell(token) for token in zone.tokens] for zone in rows]
    paired = requests.is_paired([[cell for cell, _ in own] for own in said])
    whole = _is_whole(
        [(len(zone.tokens), len(printed)) for zone in rows if not zone.cut], TELLING_ROWS
    )
    for zone, own in zip(rows, said, strict=True):
        row = zone.match.anchor.key
        places = [Place(requests.TABLE, row, name) for name in printed]
        if not put.row(zone, places, requests.sums if printed == names else None, whole=whole):
            tokens = [(at, cell) for cell, at in own]
            requests.assign(put.found, row, printed, tokens, paired=paired)


def _is_heading(put: Assigner, zone: Zone, count: int) -> bool:
    """Whether a row only heads others; one of those that may hold figures has all of them."""
    row = put.found.form.table(requests.TABLE).rows[zone.match.anchor.key]
    return row.header and len(zone.tokens) != count and not _count(zone) >= count


def _is_run_together(zones: Sequence[Zone], count: int) -> bool:
    """Whether most rows are one number with at least as many digits as there are columns."""
    filled = [zone for zone in zones if zone.tokens]
    glued = [zone for zone in filled if len(zone.tokens) == 1 and _count(zone) >= count]
    return len(glued) * 2 > len(filled)


def _cut_requests(put: Assigner, zones: Sequence[Zone], names: Sequence[str]) -> None:
    """Cut rows that were printed without gaps, unless blanks were lost on the way too."""
    holds = requests.sums if names[-1] == "total" else None
    whole = [zone for zone in zones if not zone.cut]
    short = any(_count(zone) < len(names) for zone in whole)
    cuts: list[Cut | None] = []
    for zone in zones:
        places = [Place(requests.TABLE, zone.match.anchor.key, name) for name in names]
        cuts.append(None if zone.cut else certain_cut(zone, places, holds, set()))
    impossible = sum(
        cut is None and not _can_be_cut(zone, len(names))
        for cut, zone in zip(cuts, zones, strict=True)
        if not zone.cut
    )
    put.found.blanks_lost = short or impossible > MAX_BROKEN_SUMS
    for cut, zone in zip(cuts, zones, strict=True):
        places = [Place(requests.TABLE, zone.match.anchor.key, name) for name in names]
        if zone.cut or not zone.tokens:
            continue
        if cut and not put.found.blanks_lost:
            put.cut(zone, places, cut)
        else:
            put.refuse(places, zone.tokens, figures.LOST_BLANKS if short else figures.NOT_UNIQUE)


def _can_be_cut(zone: Zone, count: int) -> bool:
    """Whether some cut makes the sums come out: rows that allow none have lost blanks or a wrong sum."""
    return can_be_cut(pieces(zone), count, requests.sums)


def _count(zone: Zone) -> int:
    """Return how many digits the figures of a zone have."""
    return sum(c.isdigit() for token in zone.tokens for c in token.text)


def _request_anchors(rows: Sequence[Row]) -> list[Anchor]:
    names = [canonical(row.label) for row in rows]
    anchors = []
    for row in rows:
        number = enumerator(row.label)
        for label in (row.label, *row.alias):
            name = canonical(label)
            start = name if len(name) <= 4 else distinct_prefix(name, names, 5)
            pattern = number_pattern(number)
            anchors.append(Anchor(row.key, name, start, pattern, numbered=len(name) <= 2))
    return anchors


def _printed_columns(stream: Stream, first: int, names: list[str]) -> list[str]:
    """Return the columns that the heading names: all of them, or all but a total that was left out."""
    head = stream.letters[max(0, first - 80) : first]
    return names if "总计" in head or "自然人" not in head else names[:-1]


def _chapter_after(stream: Stream, first: int) -> int:
    """Return where part three ends: at the heading of part four, which ends with no figure."""
    spots = [
        at
        for words in (
            "政府信息公开行政复议",
            "政府信息公开行政法复议",
            "因政府信息公开工作被申请行政复议",
            "结果维持",
            *CHAPTER_FIVE,
        )
        if (at := stream.letters.find(words, first)) >= 0
    ]
    return min(spots, default=len(stream.letters))


def read_remedies(put: Assigner) -> None:
    """Read part four: fifteen figures after fifteen headings."""
    stream, places = put.stream, remedies.order(put.found)
    first = stream.letters.find("结果维持")
    if first < 0:
        return
    groups = len(put.found.form.table(remedies.TABLE).rows)
    end = first
    for _ in range(groups):
        found = stream.letters.find("尚未审结", end)
        if found < 0:
            return
        end = found + len("尚未审结")
    if stream.letters.startswith("总计", end):
        end += 2
    ends = [at for words in CHAPTER_FIVE if (at := stream.letters.find(words, end)) >= 0]
    last = min(ends, default=len(stream.letters))
    heading = Match(
        Anchor("", "", ""), first, end, stream.offset(first), stream.offset(end - 1) + 1
    )
    allowed = letters_of(["结果维持纠正其他尚未审结总计未经复议直接起诉后行政复议诉讼"])
    zone = stream.zones([heading], last, allowed)[0]
    put.cover(heading.begin, [zone])
    if put.row(zone, places) or not zone.tokens:
        return
    runs = pieces(zone)
    cut = cut_groups(runs, groups, len(places) // groups, requests.sums) if runs else None
    if len(zone.tokens) < len(places) <= _count(zone) and cut and not put.found.blanks_lost:
        put.cut(zone, places, cut)
    else:
        more = len(zone.tokens) > len(places)
        put.refuse(places, zone.tokens, figures.TOO_MANY if more else figures.NOT_UNIQUE)
