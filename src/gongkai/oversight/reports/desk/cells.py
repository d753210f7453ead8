"""Saving cells while one types, and the origin of each."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from gongkai.core.forms import Place
from gongkai.core.refusal import Refusal
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import NotThere, Reader
from gongkai.oversight.reports import policies
from gongkai.oversight.reports.actions import Change, Outcome, fill_cells
from gongkai.oversight.reports.actions.fill_cells import Layer
from gongkai.oversight.reports.desk.screen import ReportScreen
from gongkai.oversight.reports.errors import UnknownCell
from gongkai.oversight.reports.lineage import origin
from gongkai.oversight.reports.models import Cell
from gongkai.oversight.reports.models.cell import plain
from gongkai.oversight.reports.queries import last_year

MOST = 2000
"""Cells in one call: more than any form has."""


class SaveView(ReportScreen):
    """Cells as JSON: ``{"layer": "value", "changes": [{"place", "text", "version", "unit"}]}``."""

    act = "reports.fill"
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Save; answer for each cell what became of it."""
        report = self.report  # first of all: not yours is not there
        try:
            layer, changes = _changes(request.body)
        except (ValueError, TypeError, KeyError, AttributeError):
            message = "提交的内容看不懂，没有保存。请刷新页面后重试。"
            return JsonResponse({"message": message}, status=400)
        try:
            outcomes = fill_cells(report, changes, by=self.reader, layer=layer)
        except Refusal as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        return JsonResponse(
            {
                "outcomes": [_outcome(outcome, layer) for outcome in outcomes],
                "errors": report.errors,
                "warnings": report.warnings,
                "filled": report.filled,
            }
        )


def _changes(body: bytes) -> tuple[Layer, list[Change]]:
    sent = json.loads(body)
    layer: Layer = "own" if sent.get("layer") == "own" else "value"
    changes = [
        Change(
            _place(str(item["place"])),
            str(item["text"])[:200],
            int(item.get("version", 0)),
            str(item.get("unit", "")),
        )
        for item in sent["changes"]
    ]
    if len(changes) > MOST:
        raise ValueError(len(changes))
    return layer, changes


def _place(text: str) -> Place:
    table, row, column = text.split("/")
    return Place(table, row, column)


def _outcome(outcome: Outcome, layer: Layer) -> dict[str, Any]:
    cell = outcome.cell
    value = (cell.own if layer == "own" else cell.value) if cell else None
    return {
        "place": str(outcome.place),
        "result": outcome.result,
        "message": outcome.message,
        "version": cell.version if cell else 0,
        "text": "" if value is None else plain(value),
        "value": cell.text if cell else "",
        "source": cell.source if cell and cell.value is not None else "",
        "by": str(cell.by) if cell and cell.by_id else "",
        "at": f"{cell.at:%H:%M}" if cell else "",
    }


def _visible(reader: Reader, cell: Cell) -> bool:
    return reader.may(policies.VIEW, str(cell.report.organisation.path))


class CellView(ReportScreen):
    """Where one figure comes from; with ``?panel`` only the middle, for the side of the form."""

    template_name = "reports/cell.html"
    tab = "fill"

    def get_template_names(self) -> list[str]:
        """Return the part for the side panel where it was asked for."""
        return ["reports/origin.html" if "panel" in self.request.GET else self.template_name]

    def get_crumbs(self) -> Sequence[Crumb]:
        """Add the report itself."""
        here = Crumb(str(self.report.organisation), self.report.get_absolute_url())
        return [*super().get_crumbs(), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the origin."""
        place = self._place()
        before = last_year(self.report)
        told = origin(self.report, place, rolls_up=self.rolls_up)
        return super().get_context_data(
            origin=told,
            last_year=before.value(place) if before else None,
            panel="panel" in self.request.GET,
            visible={c.report_id for c in told.units if _visible(self.reader, c)},
            may_correct=self.report.is_frozen
            and policies.may(self.reader, "reports.correct", self.report),
            **kwargs,
        )

    def _place(self) -> Place:
        parts = str(self.kwargs["place"]).split("/")
        place = Place(*parts) if len(parts) == 3 else None
        if place is None or place not in self.report.form_facts:
            raise NotThere(what=f"“{UnknownCell(place=self.kwargs['place']).facts['place']}”这一格")
        return place
