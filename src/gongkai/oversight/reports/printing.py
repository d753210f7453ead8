"""A report made ready for print: its content as data, and that content as the renderer wants it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import gongkai
from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.rendering import Chapter as PrintedChapter
from gongkai.core.rendering import Correction as PrintedCorrection
from gongkai.core.rendering import IssuedReport, Origin
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.oversight.reports.models import Cell, Correction, Report, Source
from gongkai.oversight.reports.models.cell import plain
from gongkai.oversight.reports.narrative import Figures, resolved
from gongkai.oversight.reports.queries import filled, last_year
from gongkai.oversight.statistics.queries import Figure, figures_of

FORMAT = "gongkai.report/1"


def figures(report: Report, now: FilledForm | None = None) -> Figures:
    """Return where the live figures of *report* are looked up."""

    @cache  # asked once, and only if the text names something that the table does not have
    def statistics() -> Mapping[str, Figure]:
        return figures_of(report.organisation_id, Period(report.year))

    def elsewhere(key: str) -> Decimal | None:
        found = statistics().get(key)
        return found.value if found else None

    return Figures(now or filled(report), last_year(report), elsewhere)


def content(
    report: Report,
    *,
    number: int = 1,
    corrections: Iterable[Correction] = (),
    earlier: Iterable[Mapping[str, Any]] = (),
    known: Figures | None = None,
) -> dict[str, Any]:
    """Return everything that an edition of *report* says, with live figures resolved.

    Args:
        report: With its organisation.
        number: Number of the edition.
        corrections: What this edition puts right.
        earlier: What earlier editions put right, as their content has it.
        known: Where live figures are looked up, if the caller has asked already.
    """
    cells = list(report.cells.all())
    known = known or figures(report, filled(report, cells))
    organisation = report.organisation
    return {
        "format": FORMAT,
        "title": report.title,
        "agency": report.agency,
        "organisation": organisation.pk,
        "code": organisation.code,
        "year": report.year,
        "form": report.form,
        "number": number,
        "issued": (report.issued_on or clock.today()).isoformat(),
        "due": report.due.isoformat() if report.due else None,
        "law": gongkai.__version__,
        "chapters": list(_chapters(report, known)),
        "cells": [_cell(report, cell) for cell in _in_order(report, cells)],
        "corrections": [*earlier, *(_correction(c, number) for c in corrections)],
    }


def _chapters(report: Report, known: Figures) -> Iterator[dict[str, str]]:
    texts = {c.heading: c.text for c in report.chapters.all()}
    for heading in report.form_facts.headings:
        text = resolved(texts.get(heading.key, ""), known)
        if text or not heading.optional:
            yield {"heading": heading.key, "label": heading.label, "text": text}


def _in_order(report: Report, cells: Iterable[Cell]) -> list[Cell]:
    order = {str(place): index for index, place in enumerate(report.form_facts.places)}
    told = [cell for cell in cells if cell.value is not None]
    return sorted(told, key=lambda cell: (order.get(cell.place, len(order)), cell.place))


def _cell(report: Report, cell: Cell) -> dict[str, Any]:
    place = cell.where
    return {
        "place": cell.place,
        "label": report.form_facts.label(place),
        "value": plain(cell.value) if cell.value is not None else None,
        "state": cell.state,
        "unit": cell.unit or report.form_facts.unit(place) or "",
        "source": cell.source,
    }


def _correction(correction: Correction, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "what": correction.label,
        "place": correction.place,
        "heading": correction.heading,
        "before": correction.before,
        "after": correction.after,
        "reason": correction.reason,
        "on": clock.today().isoformat(),
    }


def printed(content: Mapping[str, Any]) -> IssuedReport:
    """Return the *content* of an edition as the renderer takes it."""
    facts = form(content["form"])
    cells, origins = {}, {}
    for cell in content["cells"]:
        place = Place(*cell["place"].split("/"))
        chosen = cell["unit"] if facts.column(place).unit_choices else None
        cells[place] = cell_of(cell["value"], unit=chosen or None)
        origins[place] = Origin(
            ORIGINS.get(cell["source"], cell["source"]), str(Source(cell["source"]).label)
        )
    return IssuedReport(
        title=content["title"],
        agency=content["agency"],
        year=content["year"],
        form=FilledForm(facts, cells, content["year"], content["agency"]),
        chapters=tuple(
            PrintedChapter.of(chapter["label"], chapter["text"], key=chapter["heading"])
            for chapter in content["chapters"]
        ),
        published=date.fromisoformat(content["issued"]),
        corrections=tuple(
            PrintedCorrection(date.fromisoformat(note["on"]), sentence(note))
            for note in content["corrections"]
        ),
        origins=origins,
    )


ORIGINS = {Source.ROLLED.value: "rolled-up"}
"""Where the renderer's word differs from ours."""


def sentence(note: Mapping[str, Any]) -> str:
    """Return a correction as the public reads it."""
    if note.get("heading"):
        return f"更正“{note['what']}”一章的文字。理由：{note['reason']}"
    return f"“{note['what']}”由 {note['before']} 更正为 {note['after']}。理由：{note['reason']}"
