"""Rounds of annual reports, opened by the same verb that the office uses."""

from datetime import date
from types import SimpleNamespace

from tests.factories.organisations import city, reader

from gongkai.core.forms import Place
from gongkai.foundation import clock
from gongkai.oversight.reports.actions import (
    Change,
    approve,
    confirm,
    fill_cells,
    issue,
    open_round,
    review,
    write_chapter,
)
from gongkai.oversight.reports.checking import check
from gongkai.oversight.reports.models import Report

PLACE = Place("stat65", "req_received", "value")


def office_of(year: int = 2016, form: str = "") -> SimpleNamespace:
    """Return a small city with the round of *year* open, and its people.

    ``city``, ``round``, ``report(unit)``; ``clerk``, ``head``, ``office``, ``leader`` of the city itself and
    ``people(role, unit)`` for anybody else.
    """
    town = city()
    people = {role: reader(role, town.top) for role in ("clerk", "head", "office", "leader")}
    made = open_round(town.top, year, by=people["office"], form_key=form)

    def report(unit):
        return Report.objects.select_related("organisation", "round").get(
            round=made, organisation=unit
        )

    return SimpleNamespace(city=town, round=made, report=report, people=reader, **people)


def fill(report: Report, by, **values) -> Report:
    """Type values into the table of 2014, by row key: ``fill(report, clerk, req_received="3")``."""
    changes = [
        Change(
            Place("stat65", row, "value"),
            text,
            report.cells.filter(place=f"stat65/{row}/value")
            .values_list("version", flat=True)
            .first()
            or 0,
        )
        for row, text in values.items()
    ]
    outcomes = fill_cells(report, changes, by=by)
    assert {o.result for o in outcomes} <= {"saved"}, outcomes
    report.refresh_from_db()
    return report


def filled_and_confirmed(office: SimpleNamespace, unit, **values) -> Report:
    """Have the unit's own clerk fill and its head confirm its report."""
    report = fill(office.report(unit), reader("clerk", unit), **values)
    confirm(report, by=reader("head", unit))
    return report


def on(year: int, month: int, day: int):
    """Move the clock inside the block."""
    return clock.moved_to(date(year, month, day))


def issued(office: SimpleNamespace, unit=None, **values) -> Report:
    """Take the city's report, or that of *unit*, all the way to the public."""
    unit = unit or office.city.top
    clerk = reader("clerk", unit)
    report = fill(office.report(unit), clerk, **values)
    for found in check(report).blocking:
        if found.rule == "chapter.empty":
            write_chapter(report, found.heading, "本年度工作正常开展。", version=0, by=clerk)
    confirm(report, by=reader("head", unit))
    review(report, by=office.office)
    approve(report, by=office.leader)
    issue(report, by=office.office)
    report.refresh_from_db()
    return report
