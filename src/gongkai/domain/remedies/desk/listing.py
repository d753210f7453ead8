"""The list: what waits for an answer first; with its file."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.parse import quote

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from gongkai.core import codes
from gongkai.core.rendering.cleaning import harmless
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.remedies import policies
from gongkai.domain.remedies.desk import filtering
from gongkai.domain.remedies.desk.filtering import Asked
from gongkai.domain.remedies.desk.rows import outcome_words, row_of, rows_of
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.domain.remedies.queries import NEXT, often_among
from gongkai.foundation import clock
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import DeskView

MOST_UNITS = 60
"""Units that a list offers."""
SHOWN_OFTEN = 5
LONGEST_FILE = 50_000
UNREAD = ("claimant", "claims", "result", "lessons")
HEADS = (
    "种类",
    "案号",
    "复议机关、法院",
    "被申请人、被告",
    "公开申请",
    "所针对的处理结果",
    "受理、立案日期",
    "收到副本日期",
    "答复、答辩期限",
    "提交答复、答辩日期",
    "审理期限",
    "结果",
    "结果日期",
    "情况",
)


class ListScreen(DeskView):
    """Whatever lists remedies: the filters, and what they leave."""

    act = policies.VIEW
    title = "复议、诉讼和举报投诉"

    @cached_property
    def asked(self) -> Asked:
        """Return the filters."""
        return filtering.asked_of(self.request.GET)

    @cached_property
    def kept(self) -> QuerySet[Remedy]:
        """Return what is within reach, of any queue."""
        return self.asked.keep(policies.visible_to(self.reader))

    @cached_property
    def rows(self) -> QuerySet[Remedy]:
        """Return the rows of the queue, the most urgent first."""
        wanted = self.kept.filter(filtering.conditions(clock.today())[self.asked.when])
        related = wanted.select_related("application", "organisation", "follows").prefetch_related(
            NEXT
        )
        hidden = [
            *UNREAD,
            *(f"follows__{name}" for name in UNREAD),
            *(f"application__{name}" for name in SEALED),
        ]
        return filtering.in_order(related.defer(*hidden))


SEALED = ("name", "contact", "document_number", "telephone", "email", "address", "postcode")
"""Sealed columns of the application that no list needs."""


class ListView(ListScreen):
    """What waits for an answer first."""

    template_name = "remedies/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of rows, the queues and what is corrected often."""
        asked, today = self.asked, clock.today()
        page = page_of(self.request, self.rows)
        number = filtering.counts(self.kept, today)
        scope = policies.visible_to(self.reader)
        if asked.unit:
            scope = scope.filter(organisation=asked.unit)
        return super().get_context_data(
            page=page,
            rows=rows_of(list(page), today),
            asked=asked,
            queues=[(queue, number[queue.key]) for queue in filtering.QUEUES],
            more=MoreForm(asked, self.units()),
            often=often_among(scope, today)[:SHOWN_OFTEN],
            may_lodge=self.reader.may(policies.HANDLE),
            **kwargs,
        )

    def units(self) -> list[Organisation]:
        """Return units within reach that have a remedy, as many as a list can hold."""
        keys = policies.visible_to(self.reader).order_by().values("organisation").distinct()
        found = list(Organisation.objects.filter(pk__in=keys).order_by("path")[:MOST_UNITS])
        if self.asked.unit and self.asked.unit not in found:
            found.append(self.asked.unit)
        return found


class MoreForm(forms.Form):
    """The filters behind 更多条件."""

    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "不限"), *Kind.choices])
    column = forms.ChoiceField(
        label="结果", required=False, choices=[("", "不限"), *filtering.COLUMNS.items()]
    )
    ground = forms.ChoiceField(label="所针对的处理结果", required=False)
    unit = forms.ChoiceField(label="单位", required=False)

    def __init__(self, asked: Asked, units: list[Organisation]) -> None:
        super().__init__(initial=dict(asked.query), use_required_attribute=False)
        offered = {
            "ground": [(key, facts.label) for key, facts in codes.grounds().items()],
            "unit": [(str(unit.pk), str(unit)) for unit in units],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", "不限"), *choices]  # type: ignore[attr-defined]  # a choice field
        if len(units) < 2 and not asked.unit:
            del self.fields["unit"]


class ExportView(ListScreen):
    """What is seen as a file: nobody's name and no reasons, which may be personal."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Send it."""
        stream = StringIO()
        csv.writer(stream).writerows([HEADS, *self._lines()])
        answer = HttpResponse(
            stream.getvalue().encode("utf-8-sig"),  # Excel tells the coding by the mark
            content_type="text/csv; charset=utf-8",
        )
        name = quote(f"复议诉讼 {clock.today()}.csv")
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer

    def _lines(self) -> Iterator[list[str]]:
        today = clock.today()
        for remedy in self.rows[:LONGEST_FILE]:
            row = row_of(remedy, today)
            cells = (
                row.kind,
                remedy.number,
                remedy.body,
                remedy.organisation,
                remedy.application.number,
                row.ground,
                remedy.filed,
                remedy.notified,
                remedy.defence_due,
                remedy.defended,
                remedy.decision_due,
                outcome_words(remedy),
                remedy.decided,
                row.signal.words,
            )
            yield ["" if cell is None else harmless(str(cell)) for cell in cells]
