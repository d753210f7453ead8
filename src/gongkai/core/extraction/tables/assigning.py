"""From the figures of a zone to the columns of a row, where that is certain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.result import Found
from gongkai.core.extraction.tables.splitting import Cut, cut_row
from gongkai.core.extraction.tables.stream import Stream, Token, Zone
from gongkai.core.forms import Cell, Place, State

Holds = Callable[[Sequence[int]], bool]


@dataclass(frozen=True)
class Assigner:
    """Puts figures of a text into cells."""

    found: Found
    stream: Stream

    def cell(self, token: Token) -> tuple[Cell, Span]:
        """Return what a token says and where it stands."""
        at = self.stream.span(token)
        return figures.cell(token.text, self.found.document.text[at.start : at.end]), at

    def cover(self, begin: int, zones: Sequence[Zone]) -> None:
        """Remember that a table stands from *begin* to the last figure of *zones*."""
        ends = [token.end for zone in zones for token in zone.tokens]
        ends += [token.end for zone in zones for _, tokens in zone.rest for token in tokens]
        ends += [zone.match.end for zone in zones]
        if zones and max(ends) > begin:
            self.found.regions.append(self.stream.normal.span(begin, max(ends)))

    def put(self, places: Sequence[Place], tokens: Sequence[Token]) -> None:
        """Put one token into each place."""
        for place, token in zip(places, tokens, strict=False):
            self.found.add(place, *self.cell(token))

    def blank(self, places: Sequence[Place]) -> None:
        """Leave *places* blank: nothing stands there."""
        for place in places:
            self.found.add(place, Cell(State.BLANK), None)

    def refuse(self, places: Sequence[Place], tokens: Sequence[Token], reason: str) -> None:
        """Say that *places* cannot be read, and why."""
        whole = self.stream.normal.span(tokens[0].begin, tokens[-1].end)
        raw = self.found.document.text[whole.start : whole.end]
        for place in places:
            self.found.add(place, figures.unreadable(raw, reason), whole)

    def row(
        self,
        zone: Zone,
        places: Sequence[Place],
        holds: Holds | None = None,
        *,
        whole: bool = False,
    ) -> bool:
        """Handle the clear cases: one figure a place, nothing at all, or a text that breaks off.

        Args:
            zone: The figures.
            places: Where they belong.
            holds: The relation between the figures of a row, where the form has one.
            whole: The other rows of the table have lost no blanks, so that what is left of a row where the
                text breaks off is its beginning.

        Returns:
            Whether that settled the row.
        """
        tokens = zone.tokens
        if zone.cut:
            complete = len(tokens) == len(places)
            if (
                tokens
                and not tokens[-1].is_zero
                and not (complete and holds and _hold(tokens, holds))
            ):
                tokens = tokens[:-1]  # the last figure may be half of one
            sure = complete and tokens is zone.tokens and not self._takes_number(zone)
            summed = holds is not None and sure and _hold(tokens, holds)
            if whole or summed or len(tokens) == len(places) == 1:
                self.put(places, tokens[: len(places)])
            return True
        if len(tokens) == len(places):
            self.put(places, tokens)
            return True
        if not tokens:
            self.blank(places)
            return True
        return False

    def _takes_number(self, zone: Zone) -> bool:
        """Whether the last figure may be the number of the next row, whose label was cut off."""
        rows = [row for table in self.found.form.tables for row in table.rows.values()]
        keys = [row.key for row in rows]
        following = rows[keys.index(zone.match.anchor.key) + 1 :][:1]
        return any(row.label.startswith(f"{zone.tokens[-1].text}.") for row in following)

    def cut(self, zone: Zone, places: Sequence[Place], cut: Cut) -> None:
        """Put the parts of digits that were printed without a gap into *places*."""
        where = [i for token in zone.tokens for i in _digits(token)]
        signs = {
            _digits(t)[0]: t.begin for t in zone.tokens if _digits(t) and _digits(t)[0] > t.begin
        }
        for place, first, end in zip(places, cut, (*cut[1:], len(where)), strict=True):
            begin = signs.get(where[first], where[first])
            token = Token(begin, where[end - 1] + 1, self.stream.text[begin : where[end - 1] + 1])
            self.found.add(place, *self.cell(token))


def pieces(zone: Zone) -> list[str]:
    """Return the runs of digits of a zone; empty where something is not a plain whole number."""
    runs = [token.text.lstrip("+-").strip() for token in zone.tokens]
    return runs if all(run.isascii() and run.isdigit() for run in runs) else []


def signs(zone: Zone) -> set[int]:
    """Return at which digits, counted through the zone, a signed number begins."""
    found, at = set(), 0
    for token in zone.tokens:
        if token.text.startswith(("+", "-")):
            found.add(at)
        at += sum(c.isdigit() for c in token.text)
    return found


def certain_cut(
    zone: Zone, places: Sequence[Place], holds: Holds | None, signed: set[int]
) -> Cut | None:
    """Return the only way to cut the digits of a zone; *signed* are the columns that may have a sign."""
    runs = pieces(zone)
    if not runs or sum(map(len, runs)) < len(places):
        return None
    cut = cut_row(runs, len(places), holds, alike=not signed)
    if cut is None or not signs(zone) <= {cut[i] for i in signed}:
        return None
    return cut


def _digits(token: Token) -> list[int]:
    return [token.begin + i for i, c in enumerate(token.text) if c.isdigit()]


def _hold(tokens: Sequence[Token], holds: Holds) -> bool:
    texts = [token.text for token in tokens]
    return all(t.isascii() and t.isdigit() for t in texts) and holds([int(t) for t in texts])
