"""The list: what is due first, what others owe, and all cases; with its file."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from gongkai.core import codes
from gongkai.core.deadlines import receipt
from gongkai.core.lifecycle import duties, states
from gongkai.domain.applications import policies
from gongkai.domain.applications.desk import filtering, publication, queues
from gongkai.domain.applications.desk.filtering import Asked, asked_of
from gongkai.domain.applications.desk.signals import case_signal, signal_of, state_tone
from gongkai.domain.applications.desk.slices import in_order, part_of
from gongkai.domain.applications.models import Application, Term
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import holders
from gongkai.foundation import clock
from gongkai.foundation.desk.keyset import slice_of
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import Reader

MOST_UNITS = 60
"""Units that a list offers; more are narrowed down by clicking on one in the rows."""
LONGEST_FILE = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNREAD = ("name", "contact", "document_number", "telephone", "email", "address", "postcode")
"""Sealed columns that no list needs."""
COLUMNS = (
    "受理编号",
    "受理机关",
    "申请人类型",
    "申请渠道",
    "状态",
    "收到日期",
    "答复期限",
    "现在要办的事",
    "由谁办",
    "这件事的期限",
    "暂估",
    "情况",
    "经办人",
)


class ListScreen(DeskView):
    """Whatever lists cases: the filters, and what they leave."""

    act = policies.VIEW
    title = "依申请公开"

    @cached_property
    def asked(self) -> Asked:
        """Return the filters."""
        return asked_of(self.reader, self.request.GET)

    @cached_property
    def terms(self) -> QuerySet[Term]:
        """Return what is owed within reach, as far as the filters go."""
        running = policies.terms_visible_to(self.reader).filter(ended=None)
        return filtering.terms(running, self.asked)

    @cached_property
    def cases(self) -> QuerySet[Application]:
        """Return the cases within reach, as far as the filters go."""
        return filtering.cases(policies.visible_to(self.reader), self.asked)


class ListView(ListScreen):
    """What is due, the most urgent first."""

    template_name = "applications/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the case where a whole number was typed, or read off a label by a scanner."""
        found = filtering.numbered(policies.visible_to(self.reader), request.GET.get("q", ""))
        if found is not None:
            return HttpResponseRedirect(found.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of rows and what can be asked."""
        asked, today = self.asked, clock.today()
        rows, following, part = self._page()
        number = queues.counts(self.terms, self.reader, today)
        return super().get_context_data(
            rows=rows,
            next=following,
            slice=part,
            asked=asked,
            queues=[(queue, number[queue.key]) for queue in queues.QUEUES],
            more=MoreForm(asked, self.reader),
            day=today,
            is_mine=asked.query.get("person") == filtering.ME,
            may_register=self.reader.may(policies.REGISTER),
            may_assign=self.reader.may(policies.ASSIGN),
            may_word=self.reader.may(policies.HANDLE),
            may_publish=self.reader.may(policies.PUBLISH),
            proposals=publication.waiting(self.reader),
            may_log=self.reader.may(policies.LOG_SETTING),
            **kwargs,
        )

    def _page(self) -> tuple[list[dict[str, Any]], str, Any]:
        today = clock.today()
        if self.asked.is_cases:
            part = slice_of(self.request, self.cases)
            return [case_row(case, today) for case in _cases(part.keys)], "", part
        wanted = queues.in_queue(self.terms, self.asked.when, self.reader, today)
        page = part_of(self.request, wanted)
        return term_rows(page.keys, today), page.next, None


def _terms(keys: Sequence[int]) -> list[Term]:
    rows = Term.objects.select_related(
        "application__organisation", "application__handler", "organisation", "person"
    ).defer(*(f"application__{name}" for name in UNREAD))
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _cases(keys: Sequence[int]) -> list[Application]:
    rows = Application.objects.select_related("organisation", "handler").defer(*UNREAD)
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def term_rows(keys: Sequence[int], today: date) -> list[dict[str, Any]]:
    """Return what the list shows of the terms *keys*, in their order; one query."""
    return [term_row(term, today) for term in _terms(keys)]


def term_row(term: Term, today: date) -> dict[str, Any]:
    """Return what the list shows of a term."""
    application = term.application
    return {
        "case": application,
        "term": term,
        "duty": term.facts.title,
        "signal": signal_of(term.due, today),
        "due": term.due,
        "provisional": term.provisional,
        "person": term.person or application.handler,
        "unit": term.organisation,
        "tone": state_tone(application.state),
    }


def case_row(application: Application, today: date) -> dict[str, Any]:
    """Return what the list shows of a case."""
    return {
        "case": application,
        "term": None,
        "duty": "",
        "signal": case_signal(application, today),
        "due": application.due if application.is_open else None,
        "provisional": application.provisional,
        "person": application.handler,
        "unit": application.organisation,
        "tone": state_tone(application.state),
    }


class MoreForm(forms.Form):
    """The filters behind 更多条件."""

    unit = forms.ChoiceField(label="单位", required=False)
    person = forms.ChoiceField(label="经办人", required=False)
    state = forms.ChoiceField(label="状态", required=False)
    duty = forms.ChoiceField(label="要办的事", required=False)
    kind = forms.ChoiceField(label="申请人类型", required=False)
    channel = forms.ChoiceField(label="申请渠道", required=False)

    def __init__(self, asked: Asked, reader: Reader) -> None:
        super().__init__(initial=dict(asked.query), use_required_attribute=False)
        units = _units(reader, asked.unit)
        people = {p.pk: p for p in holders("clerk", of=[*own(reader), *filter(None, [asked.unit])])}
        if asked.person:
            people[asked.person.pk] = asked.person
        offered: dict[str, list[tuple[str, str]]] = {
            "unit": [(str(unit.pk), str(unit)) for unit in units],
            "person": [
                (filtering.ME, "我"),
                *((str(key), str(person)) for key, person in people.items()),
            ],
            "state": [(key, facts.label) for key, facts in states().items()],
            "duty": [(key, facts.title) for key, facts in duties().items()],
            "kind": [(key, facts.label) for key, facts in codes.applicants().items()],
            "channel": [(key, facts.label) for key, facts in receipt.channels().items()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", "不限"), *choices]  # type: ignore[attr-defined]  # a choice field
        if len(units) < 2 and not asked.unit:
            del self.fields["unit"]


def own(reader: Reader) -> list[Organisation]:
    """Return the units in which the reader holds a post."""
    return list(Organisation.objects.filter(pk__in=queues.own_units(reader)))


def _units(reader: Reader, asked: Organisation | None) -> list[Organisation]:
    """Return units that have something to do, as many as a list can hold."""
    reach = reader.reach(policies.VIEW)
    found = list(
        Organisation.objects.filter(reach.q("path")).order_by("path")[:MOST_UNITS] if reach else []
    )
    if asked and asked not in found:
        found.append(asked)
    return found


class ExportView(ListScreen):
    """What is seen as a file: no matter and no applicant, which may be personal."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Send CSV, or Excel where it is asked for."""
        rows = list(self._rows())
        name = quote(f"依申请公开 {clock.today()}")
        if request.GET.get("format") == "csv":
            answer = HttpResponse(_as_csv(rows), content_type="text/csv; charset=utf-8")
            ending = "csv"
        else:
            answer = HttpResponse(_as_xlsx(rows), content_type=XLSX)
            ending = "xlsx"
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.{ending}"
        return answer

    def _rows(self) -> Iterator[list[str]]:
        today = clock.today()
        if self.asked.is_cases:
            cases = self.cases.select_related("organisation", "handler").defer(*UNREAD)
            for case in cases.order_by("-pk")[:LONGEST_FILE].iterator():
                yield _line(case_row(case, today))
            return
        wanted = queues.in_queue(self.terms, self.asked.when, self.reader, today)
        terms = wanted.select_related(
            "application__organisation", "application__handler", "organisation", "person"
        ).defer(*(f"application__{name}" for name in UNREAD))
        for term in in_order(terms)[:LONGEST_FILE].iterator():
            yield _line(term_row(term, today))


def _line(row: dict[str, Any]) -> list[str]:
    case = row["case"]
    cells = [
        case.number,
        case.organisation,
        case.kind_title,
        receipt.channels()[case.channel].label,
        case.state_facts.label,
        case.received,
        case.due,
        row["duty"],
        row["unit"],
        row["due"],
        "暂估" if row["provisional"] else "",
        row["signal"].words,
        row["person"],
    ]
    return ["" if cell is None else str(cell) for cell in cells]


def _as_csv(rows: list[list[str]]) -> bytes:
    stream = StringIO()
    csv.writer(stream).writerows([COLUMNS, *rows])
    return stream.getvalue().encode("utf-8-sig")  # Excel tells the coding by the mark


def _as_xlsx(rows: list[list[str]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("依申请公开")
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.write_row(0, 0, COLUMNS, head)
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, row)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(COLUMNS) - 1, 14)
    return stream.getvalue()
