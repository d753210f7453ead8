"""The demo city's annual reports: eight years issued, one year under way.

Everything goes through the verbs that people use, with the clock moved to the day on which they would
have done it. Only the unit's text and figures are made up, by ``figures`` and ``demo/reports.yaml``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from gongkai.core.forms import Form, Place
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions import (
    Amendment,
    Change,
    approve,
    confirm,
    correct,
    fill_cells,
    issue,
    open_round,
    review,
    roll_up,
    write_chapter,
)
from gongkai.oversight.reports.demo.figures import Unit, Values, choices, story
from gongkai.oversight.reports.models import Report, Round
from gongkai.oversight.reports.queries import form_of

ORDER = 200
FRIDAY = 4


def load(folder: Path) -> str | None:
    """Enter what is not there yet."""
    place = folder / "reports.yaml"
    if not place.is_file():
        return None
    told = City(yaml.safe_load(place.read_text(encoding="utf-8")))
    made = sum(told.enter(year) for year in told.years)
    return f"年度报告：新增 {made} 个年度。" if made else None


@dataclass
class City:
    """The demo city as its file tells it."""

    facts: Mapping[str, Any]

    @property
    def years(self) -> list[int]:
        """The years, oldest first."""
        return sorted(self.facts["years"])

    @cached_property
    def units(self) -> dict[str, Organisation]:
        """The organisations by key; a clerk's sign-in name is the key of the unit."""
        posts = User.objects.filter(username__in=self.facts["units"], posts__role="clerk")
        keys = posts.values_list("username", "posts__organisation")
        found = Organisation.objects.in_bulk([key for _, key in keys])
        return {name: found[key] for name, key in keys}

    @cached_property
    def people(self) -> dict[str, Reader]:
        """Those who act, by sign-in name, as they stand today: asked before the clock is moved."""
        names = [n for key in self.facts["units"] for n in (key, f"{key}-fzr")]
        names += self.facts["people"].values()
        return {u.username: Reader.of(u) for u in User.objects.filter(username__in=names)}

    @cached_property
    def stories(self) -> dict[str, dict[int, Values]]:
        """The figures of every unit and year."""
        forms = {year: self.form(year) for year in self.years}
        return {
            key: dict(story(Unit(key, **_unit(facts)), forms))
            for key, facts in self.facts["units"].items()
        }

    def form(self, year: int) -> Form:
        """Return the form of *year*."""
        found = form_of(year)
        if found is None:
            raise LookupError(year)
        return found

    def reader(self, role: str) -> Reader:
        """Return who acts for the whole city as *role*."""
        return self.people[self.facts["people"][role]]

    def enter(self, year: int) -> bool:
        """Enter the round of *year* unless it is there; tell whether it was new."""
        top, office = self.units[self.facts["top"]], self.reader("office")
        if Round.objects.filter(organisation=top, year=year).exists():
            return False
        facts = self.facts["years"][year]
        with clock.moved_to(facts.get("opened") or self._day(year, "opened")):
            made = open_round(
                top,
                year,
                by=office,
                units=[unit.pk for unit in self.units.values()],
                collect_by=facts.get("collect_by"),
                note=facts.get("note", ""),
            )
        reports = {
            r.organisation_id: r for r in made.reports.select_related("organisation", "round")
        }
        keys = [key for key in self.units if key != self.facts["top"]]
        filled = facts.get("filled") or self._day(year + 1, "filled")
        for at, key in enumerate([*keys, self.facts["top"]]):
            report = reports[self.units[key].pk]
            self._advance(report, key, facts, day=filled + timedelta(days=at % 4))
        return True

    def _day(self, year: int, what: str) -> date:
        """Return the working weekday on which *what* is done, as the file's calendar has it."""
        day = date.fromisoformat(f"{year}-{self.facts['calendar'][what]}")
        while day.weekday() > FRIDAY:
            day += timedelta(days=1)
        return day

    def _issue_day(self, report: Report, key: str, facts: Mapping[str, Any]) -> date:
        kind = "governments" if report.organisation.kind == "government" else "departments"
        late = facts.get("late", {}).get(key, 0)
        return self._day(report.year + 1, kind) + timedelta(days=late)

    def _advance(self, report: Report, key: str, facts: Mapping[str, Any], *, day: date) -> None:
        """Take one report as far as it goes in the story."""
        stage = facts.get("stages", {}).get(key, facts.get("stage", "issued"))
        clerk = self.people[key]
        if stage == "untouched":
            return
        with clock.moved_to(day):
            self._fill(report, key, clerk, broken=facts.get("broken", {}).get(key, {}))
            if stage != "filling" or key == self.facts["top"]:
                self._write(report, key, clerk)
        if stage == "filling":
            return
        with clock.moved_to(day + timedelta(days=2)):
            confirm(report, by=self._head(key))
        if stage == "confirmed":
            return
        with clock.moved_to(self._issue_day(report, key, facts)):
            review(report, by=self.reader("office"))
            if stage == "reviewed":
                return
            approve(report, by=self.reader("leader"))
            if stage == "issued":
                issue(report, by=self.reader("office"))
        self._correct(report, facts.get("corrected", {}).get(key))

    def _head(self, key: str) -> Reader:
        return self.people[f"{key}-fzr"]

    def _fill(self, report: Report, key: str, by: Reader, *, broken: Mapping[str, str]) -> None:
        values = self.stories[key][report.year]
        form = report.form_facts
        units = choices(form, list(values))
        rolled = key == self.facts["top"]
        changes = [
            Change(place, broken.get(str(place), _text(value)), unit=units.get(place, ""))
            for place, value in values.items()
            if str(place) not in broken or broken[str(place)]
        ]
        fill_cells(
            report,
            changes,
            by=by,
            ground="本单位台账",
            layer="own" if rolled else "value",
        )
        if rolled:
            roll_up(report, by=by)

    def _write(self, report: Report, key: str, by: Reader) -> None:
        for heading, text in self._texts(report, key):
            write_chapter(report, heading, text, version=0, by=by)

    def _texts(self, report: Report, key: str) -> Iterator[tuple[str, str]]:
        """Yield the chapters: one of several wordings, so that no two years or units are alike."""
        unit = self.facts["units"][key]
        words = {
            "unit": unit["calls_itself"],
            "year": report.year,
            "next": report.year + 1,
            "work": unit["work"][report.year % len(unit["work"])],
            "also": unit["work"][(report.year + 1) % len(unit["work"])],
        }
        number = list(self.facts["units"]).index(key)
        narrative = self.facts["narrative"]
        for heading in report.form_facts.headings:
            wordings = narrative.get(f"{heading.key}-{report.form}") or narrative.get(heading.key)
            if wordings:
                wording = wordings[(report.year + number) % len(wordings)]
                yield heading.key, _worded(wording, words)

    def _correct(self, report: Report, facts: Mapping[str, Any] | None) -> None:
        if not facts:
            return
        amendments = [
            Amendment(str(text), Place(*place.split("/"))) for place, text in facts["cells"].items()
        ]
        with clock.moved_to(facts["on"]):
            correct(report, amendments, reason=facts["reason"], by=self.reader("office"))


def _unit(facts: Mapping[str, Any]) -> dict[str, Any]:
    known = ("requests", "permits", "penalties", "normative", "charge", "government", "rules")
    return {key: facts[key] for key in known if key in facts}


def _text(value: Decimal) -> str:
    return f"{value:f}"


def _worded(text: str, words: Mapping[str, Any]) -> str:
    """Put *words* into ``[unit]``, ``[year]`` …; live figures in braces stay as they are."""
    for name, word in words.items():
        text = text.replace(f"[{name}]", str(word))
    return text.strip()
