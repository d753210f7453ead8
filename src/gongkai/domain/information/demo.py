"""What the demo city has published, and what lies on its desks.

Old documents come in as an office brings in its archive: reviewed elsewhere, with the signatures noted.
What is on the way goes through the verbs that people use, with the clock on the day they would have done it.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml
from django.core.files.base import ContentFile
from django.utils import timezone

from gongkai.domain.directory.models import Column
from gongkai.domain.information import actions, demo_owed
from gongkai.domain.information.actions import Attached, Reviewed
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.demo import SINCE
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.actions import return_, sign
from gongkai.domain.review.models import Review
from gongkai.domain.review.queries import chain_for, signers_of
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.attachments import receive
from gongkai.foundation.permissions import Reader

ORDER = 150
EVIDENCE = "纸质审批单，存各单位办公室"
WHO_NOTES = "dangan"
"""Notes what was signed on paper; none of those who signed."""
HEADING = re.compile(r"^[一二三四五六七八九十]+、")
EVERY = {"month": 1, "quarter": 3, "year": 12}


def load(folder: Path) -> str | None:
    """Enter what is not there yet."""
    place = folder / "information"
    if not place.is_dir() or Item.objects.exists():
        return None
    told = _read(place, "documents")
    rounds = _read(place, "series")
    city = City()
    made = city.publish([facts for each in told for facts in each["documents"]])
    made += city.publish_series(rounds)
    moved = [facts for each in told for facts in each.get("at_the_desk", ())]
    for facts in moved:
        city.move(facts)
    topics = {field: topic for each in rounds for field, topic in each.get("topics", {}).items()}
    (names,) = _read(place, "owed")
    made += demo_owed.fulfil(city, topics, names)
    demo_owed.tidy()
    return f"政府信息：新增 {made + len(moved)} 条。"


def _read(place: Path, name: str) -> list[dict[str, Any]]:
    """Return what the files *name* and *name*-… in *place* tell."""
    return [
        yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted(place.glob(f"{name}*.yaml"))
    ]


class City:
    """The units of the demo city by key, with who drafts and who signs in each."""

    @cached_property
    def people(self) -> dict[str, User]:
        """Everybody by sign-in name; a clerk's is the key of the unit."""
        return {user.username: user for user in User.objects.prefetch_related("posts")}

    @cached_property
    def units(self) -> dict[str, Organisation]:
        """The organisations that have a clerk."""
        clerks = User.objects.filter(posts__role="clerk").values_list(
            "username", "posts__organisation"
        )
        found = Organisation.objects.in_bulk([key for _, key in clerks])
        return {name: found[key] for name, key in clerks}

    @cached_property
    def columns(self) -> dict[tuple[int, str], Column]:
        """Every column by organisation and key of the preset."""
        return {(c.organisation_id, c.key): c for c in Column.objects.holding_items()}

    def column(self, unit: Organisation, key: str) -> Column | None:
        """Return the column *key* of *unit*."""
        return self.columns.get((unit.pk, key))

    # -- what was published long ago ---------------------------------------------------------------

    def publish(self, documents: list[dict[str, Any]]) -> int:
        """Bring in *documents*, the oldest first, and tie them to each other."""
        by_title: dict[str, Item] = {}
        ordered = sorted(documents, key=lambda facts: facts["published"])
        for facts in ordered:
            unit = self.units.get(facts["unit"])
            column = self.column(unit, facts["column"]) if unit else None
            if unit is None or column is None:
                continue
            # what is older than their posts was brought in on their first day
            with clock.moved_to(max(facts["published"], SINCE)):
                things = [Reviewed(_values(facts, unit, column), tuple(_files(facts)))]
                by_title[facts["title"]] = self.note(unit, things)[0]
        for facts in ordered:
            for relation in ("amends", "repeals", "interprets"):
                source, target = by_title.get(facts["title"]), by_title.get(facts.get(relation, ""))
                if source and target:
                    by = Reader.of(self.people[facts["unit"]])
                    actions.link(source, target, relation, by=by)
        return len(by_title)

    def publish_series(self, rounds: Iterable[Mapping[str, Any]]) -> int:
        """Bring in what comes round, a year of a unit at a time."""
        waiting: dict[tuple[str, int], list[Reviewed]] = {}
        for each in rounds:
            periods = (each["since"], each["until"])
            for series in each["series"]:
                for key, unit, place, what in self._places(series):
                    for year, month in _periods(series, *periods):
                        facts = _told(series, unit, year, month, what)
                        thing = Reviewed(_values(facts, unit, place))
                        waiting.setdefault((key, facts["published"].year), []).append(thing)
        for (key, year), things in sorted(waiting.items(), key=lambda entry: entry[0][1]):
            last = max(thing.values["published_on"] for thing in things)
            with clock.moved_to(max(last, date(year, 1, 5))):
                self.note(self.units[key], things)
        return sum(map(len, waiting.values()))

    def _places(self, series: Mapping[str, Any]) -> Iterator[tuple[str, Organisation, Column, str]]:
        """Yield each unit of *series* by key and itself, with the column there and what that one calls it."""
        columns: Mapping[str, str] = series.get("columns") or {series["column"]: ""}
        for key in series["units"]:
            unit = self.units.get(key)
            for column, what in columns.items():
                place = self.column(unit, column) if unit else None
                if unit is not None and place is not None:
                    yield key, unit, place, what

    def note(self, unit: Organisation, things: list[Reviewed]) -> list[Item]:
        """Bring in *things* of *unit* with the signatures that stand on paper."""
        chain = chain_for(unit, "general")
        clerk = next(name for name, found in self.units.items() if found == unit)
        office = self.office_of(unit)
        return actions.publish_many(
            unit,
            things,
            chain=chain,
            signers=[self.head_of(clerk), self.people[office]],
            evidence=EVIDENCE,
            by=Reader.of(self.people[WHO_NOTES]),
        )

    def head_of(self, key: str) -> User:
        """Return who signs first in the unit *key*; a township has nobody but its county's head."""
        return self.people.get(f"{key}-fzr") or self.people[f"{key.partition('-')[0]}-fzr"]

    def office_of(self, unit: Organisation) -> str:
        """Return the sign-in name of the office above *unit*."""
        offices = {"shiqiao-gkb", "linjiang-gkb", "qingling-gkb"}
        for name in offices:
            reach = Reader.of(self.people[name]).reach("information.view")
            if reach.covers(str(unit.path)):
                return name
        return "gongkai"

    # -- what is on the way ------------------------------------------------------------------------

    def move(self, facts: dict[str, Any]) -> None:
        """Draft an item and bring it as far as ``then`` says."""
        unit = self.units[facts["unit"]]
        clerk = Reader.of(self.people[facts["unit"]])
        column = self.column(unit, facts["column"]) if "column" in facts else None
        values = {
            "title": facts["title"],
            "body": body_of(facts["body"]),
            "summary": facts["body"].split("。")[0] + "。",
            "column": column,
            "source": str(unit.name),
            "editor": clerk.user.name if clerk.user else "",
            "formed_on": facts["day"],
            "publicity": facts.get("publicity", "open"),
            "ground": facts.get("ground", ""),
            "ground_note": facts.get("ground_note", ""),
            "importance": facts.get("importance", "general"),
            "assess_on": facts.get("assess"),
        }
        if facts.get("go_live"):
            hour = timezone.make_aware(datetime.combine(facts["go_live"], time(8)))
            values["go_live_at"] = hour
        with clock.moved_to(facts["day"]):
            item = actions.draft(unit, by=clerk, **values)
            self._go_on(item, facts, clerk)

    def _go_on(self, item: Item, facts: dict[str, Any], clerk: Reader) -> None:
        then = facts["then"]
        if then == "draft":
            return
        review = actions.submit(item, by=clerk)
        if then == "review":
            return
        if then == "return":
            by = Reader.of(signers_of(review)[0])
            return_(review, by=by, digest=review.digest, comment=facts["reason"])
            return
        self._sign(review, only_first=then == "signed-once")
        item.refresh_from_db()
        if then == "withdraw":
            head = Reader.of(self.head_of(facts["unit"]))
            actions.withdraw(item, by=head, reason=facts["reason"])
        elif then == "correct":
            change = {"body": body_of(facts["change"]["body"])}
            actions.save(item, by=clerk, values=change)
            self._sign(actions.submit(item, by=clerk, reason=facts["reason"]))

    def _sign(self, review: Review, *, only_first: bool = False) -> None:
        while review.status == "open":
            sign(review, by=Reader.of(signers_of(review)[0]), digest=review.digest)
            if only_first:
                return
            review.refresh_from_db()


# -- from the files to values -----------------------------------------------------------------------------


def body_of(text: str) -> str:
    """Return the HTML of *text*: a line a paragraph, 一、 a heading, rows between bars a table."""
    parts: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.strip().splitlines(), ""]:
        told = html.escape(line.strip())
        if told.startswith("|"):
            rows.append([cell.strip() for cell in told.strip("|").split("|")])
            continue
        if rows:
            parts.append(_table(rows))
            rows = []
        if told:
            parts.append(f"<h2>{told}</h2>" if HEADING.match(told) else f"<p>{told}</p>")
    return "".join(parts)


def _table(rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _values(facts: Mapping[str, Any], unit: Organisation, column: Column) -> dict[str, Any]:
    return {
        "title": facts["title"],
        "body": body_of(facts["body"]),
        "summary": facts.get("summary", ""),
        "column": column,
        "keywords": facts.get("keywords", ""),
        "topic": facts.get("topic", ""),
        "genre": facts.get("genre", ""),
        "document_number": facts.get("number", ""),
        "registration_number": facts.get("registration"),
        "kind": facts.get("kind", ""),
        "made_on": facts.get("made"),
        "formed_on": facts.get("made"),
        "published_on": facts["published"],
        "effective_on": facts.get("effective"),
        "expires_on": facts.get("expires"),
        "source": str(unit.name),
        "editor": facts.get("editor", ""),
    }


def _files(facts: Mapping[str, Any]) -> Iterator[Attached]:
    for file in facts.get("files", ()):
        out = BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        book.set_properties(
            {"created": datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())}
        )
        sheet = book.add_worksheet()
        for place, row in enumerate(file["table"]):
            sheet.write_row(place, 0, row)
        book.close()
        upload = ContentFile(out.getvalue(), name=f"{file['title']}.xlsx")
        yield Attached(receive(upload, None, at_once=True), file["title"])


def _periods(series: Mapping[str, Any], since: str, until: str) -> Iterator[tuple[int, int]]:
    (first_year, first), (last_year, last) = (
        map(int, str(moment).split("-")) for moment in (since, until)
    )
    step, at = EVERY[series["every"]], series.get("month", 1)
    # what comes once a year is published in its month, everything else when its period is over
    length = 1 if series["every"] == "year" else step
    for year in range(first_year, last_year + 1):
        for month in range(at, 13, step):
            if (first_year, first) <= (year, month) and (year, month + length - 1) < (
                last_year,
                last,
            ):
                yield year, month


def _told(
    series: Mapping[str, Any], unit: Organisation, year: int, month: int, what: str
) -> dict[str, Any]:
    """Return a document of *series*; its numbers follow from its name, so that every run has the same."""
    name = " ".join(filter(None, (series["key"], unit.code, str(year), str(month), what)))
    seed = hashlib.sha256(name.encode()).digest()
    gaps: dict[str, Any] = {"y": year, "m": month, "q": (month + 2) // 3, "name": str(unit)}
    gaps |= {"full": unit.name, "what": what}
    for place, (name, (low, high)) in enumerate(series["ranges"].items()):
        gaps[name] = low + int.from_bytes(seed[place * 2 : place * 2 + 2]) % (high - low + 1)
    following = month + EVERY[series["every"]] if series["every"] != "year" else month
    day = date(year + (following > 12), (following - 1) % 12 + 1, 3 + seed[-1] % 15)
    facts = {
        "made": day,
        "published": day,
        "topic": series["topic"],
        "genre": series.get("genre", ""),
    }
    told = ("title", "keywords", "summary", "body")
    return facts | {k: series[k].format(**gaps) for k in told}
