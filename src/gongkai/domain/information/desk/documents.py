"""The register of rules and normative documents: in force on any day, repealed, about to run out, cleaned up."""

import io
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

import xlsxwriter
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from gongkai.core.reminders import reminder
from gongkai.core.titles import quoted
from gongkai.domain.information import policies
from gongkai.domain.information.desk.filtering import only_documents, with_validity
from gongkai.domain.information.desk.screen import HOME
from gongkai.domain.information.models import Item, Kind, Link, Relation, Validity
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.domain.organisations.desk.fields import OrganisationField
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput
from gongkai.foundation.desk.keyset import capped, slice_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import Reader

EXPIRING = "document-expiring"
"""Key of the span before its end in which a document is looked at again."""
MOST = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENTS = Crumb("规范性文件", "/desk/information/documents/")
LAST_DAY = date(2199, 12, 31)
WORDS = ("继续有效", "修改", "废止", "失效")
KEYS = ("kept", "amended", "repealed", "expired")
TONES = {
    Validity.VALID: "is-good",
    Validity.PENDING: "is-plain",
    Validity.AMENDED: "is-warn",
    Validity.EXPIRED: "is-bad",
    Validity.REPEALED: "is-bad",
}


class DocumentsForm(forms.Form):
    """On what day, whose, of what kind, in what state."""

    use_required_attribute = False

    organisation = OrganisationField(label="制定机关（含下级）", required=False)
    day = forms.DateField(
        label="截至", required=False, widget=DateInput(), validators=[MaxValueValidator(LAST_DAY)]
    )
    kind = forms.ChoiceField(
        label="文件性质",
        required=False,
        choices=[("", "不限"), *((k.value, k.label) for k in (Kind.NORMATIVE, Kind.RULE))],
    )
    validity = forms.ChoiceField(
        label="有效性",
        required=False,
        choices=lambda: [("", "不限"), ("soon", reminder(EXPIRING).shown), *Validity.choices],
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].reader = reader  # type: ignore[attr-defined]  # our own field


class CleanUpForm(DocumentsForm):
    """The same for a clean-up, which also begins on a day; the state is what it finds out."""

    since = forms.DateField(
        label="起", required=False, widget=DateInput(), validators=[MaxValueValidator(LAST_DAY)]
    )
    field_order = ("organisation", "since", "day", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["validity"]


class DocumentScreen(DeskView):
    """A screen about the documents of a unit and all below it on a day."""

    act = "information.view"
    form_class = DocumentsForm

    @cached_property
    def form(self) -> DocumentsForm:
        """Return what is asked for."""
        asked = self.request.GET.copy()
        asked.setdefault("day", clock.today().isoformat())
        asked.setdefault("since", f"{asked['day'][:4]}-01-01")
        form = self.form_class(asked, reader=self.reader)
        form.is_valid()
        return form

    @property
    def told(self) -> Mapping[str, Any]:
        """Return what could be understood of it."""
        found: Mapping[str, Any] = self.form.cleaned_data
        return found

    @cached_property
    def day(self) -> date:
        """Return the day that is asked for, today if none is."""
        return self.told.get("day") or clock.today()

    @cached_property
    def documents(self) -> ItemQuerySet:
        """Return the documents within reach, of the unit and kind asked for, that were made by the day."""
        found = known_on(policies.visible_to(self.reader), self.day)
        organisation = self.told.get("organisation")
        if organisation:
            found = found.filter(organisation__path__startswith=organisation.path)
        if self.told.get("kind"):
            found = found.filter(kind=self.told["kind"])
        return found


def known_on(items: ItemQuerySet, day: date) -> ItemQuerySet:
    """Keep the documents that had been published by *day* and were not withdrawn."""
    return only_documents(items).filter(
        Q(live=True) | Q(status="expired"), published_on__isnull=False, published_on__lte=day
    )


class DocumentsView(DocumentScreen):
    """The register."""

    title = "规范性文件"
    template_name = "information/documents.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of documents, and how many there are in each state on the day."""
        day, documents = self.day, self.documents
        found = _asked_for(documents, self.told.get("validity", ""), day)
        part = slice_of(self.request, found)
        rows = Item.objects.with_amended(day).select_related("organisation").defer("body")
        items = {item.pk: item for item in rows.filter(pk__in=part.keys)}
        year = date(day.year, 1, 1)
        return super().get_context_data(
            form=self.form,
            day=day,
            slice=part,
            rows=[_row(items[key], day) for key in part.keys if key in items],
            figures=[
                ("本年制发", capped(_made_between(documents, year, day), MOST)),
                (
                    "本年废止",
                    capped(documents.filter(repealed_on__gte=year, repealed_on__lte=day), MOST),
                ),
                ("现行有效", capped(documents.valid_on(day), MOST)),
                (reminder(EXPIRING).shown, capped(soon(documents, day), MOST)),
            ],
            **kwargs,
        )


def _asked_for(documents: ItemQuerySet, validity: str, day: date) -> ItemQuerySet:
    if validity == "soon":
        return soon(documents, day)
    return with_validity(documents, validity, day) if validity else documents


def _made_between(documents: ItemQuerySet, first: date, last: date) -> ItemQuerySet:
    return documents.filter(
        Q(made_on__gte=first, made_on__lte=last)
        | Q(made_on=None, published_on__gte=first, published_on__lte=last)
    )


def soon(documents: ItemQuerySet, day: date) -> ItemQuerySet:
    """Keep those in force on *day* that run out soon after it."""
    return documents.valid_on(day).filter(expires_on__lte=day + reminder(EXPIRING).span)


def _row(item: Item, day: date) -> dict[str, Any]:
    validity = item.validity(day)
    return {
        "item": item,
        "validity": validity.label if validity else "",
        "tone": TONES[validity] if validity else "",
        "is_soon": bool(
            item.expires_on
            and validity == Validity.VALID
            and item.expires_on <= day + reminder(EXPIRING).span
        ),
    }


class CleanUpView(DocumentScreen):
    """The lists of a clean-up: what stays in force, what is amended, repealed, has run out.

    What the records say is proposed; the office decides for each. The decision stands in the address, so
    that a list can be kept, printed and exported.
    """

    title = "规范性文件清理"
    template_name = "information/clean_up.html"
    crumbs = (HOME, DOCUMENTS)
    form_class = CleanUpForm

    @cached_property
    def since(self) -> date:
        """Return the day from which what went out of force is listed, that of the last clean-up."""
        return self.told.get("since") or date(self.day.year, 1, 1)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lists."""
        return super().get_context_data(
            form=self.form,
            day=self.day,
            since=self.since,
            lists=self.lists,
            organisation=self.told.get("organisation"),
            words=list(zip(KEYS, WORDS, strict=True)),
            **kwargs,
        )

    @cached_property
    def lists(self) -> list[tuple[str, str, list[dict[str, Any]]]]:
        """Return each list with its documents."""
        # what went out of force before was on the lists of the last clean-up
        documents = (
            self.documents.exclude(repealed_on__lt=self.since)
            .exclude(expires_on__lt=self.since)
            .with_amended(self.day)
            .select_related("organisation")
            .defer("body", "summary")
            .order_by("organisation__path", "made_on", "pk")[:MOST]
        )
        found: dict[str, list[dict[str, Any]]] = {key: [] for key in KEYS}
        rows = [(item, self._decided(item)) for item in documents]
        through = _causes([item.pk for item, _ in rows])
        for item, key in rows:
            found[key].append({"item": item, "key": key, "through": through.get(item.pk, "")})
        return [(key, word, found[key]) for key, word in zip(KEYS, WORDS, strict=True)]

    def _decided(self, item: Item) -> str:
        chosen = self.request.GET.get(f"d{item.pk}", "")
        if chosen in KEYS:
            return chosen
        match item.validity(self.day):
            case Validity.REPEALED:
                return "repealed"
            case Validity.EXPIRED:
                return "expired"
            case Validity.AMENDED:
                return "amended"
        return "kept"


class CleanUpExport(CleanUpView):
    """The lists as a workbook, one sheet each."""

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Write them."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            for _key, word, rows in self.lists:
                sheet = book.add_worksheet(f"{word}目录")
                headings = (
                    "序号",
                    "文件名称",
                    "文号",
                    "统一登记号",
                    "制定机关",
                    "成文日期",
                    "说明",
                )
                sheet.write_row(0, 0, headings, bold)
                sheet.set_column(1, 1, 60)
                sheet.set_column(2, 6, 22)
                for number, row in enumerate(rows, start=1):
                    item = row["item"]
                    cells = (
                        item.title,
                        item.document_number,
                        item.registration_number or "",
                        item.organisation.name,
                        str(item.made_on or ""),
                        row["through"],
                    )
                    sheet.write_number(number, 0, number)
                    for place, text in enumerate(cells, start=1):
                        sheet.write_string(number, place, text)
        response = HttpResponse(stream.getvalue(), content_type=XLSX)
        name = f"clean-up-{self.day:%Y%m%d}.xlsx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _causes(keys: list[int]) -> dict[int, str]:
    """Return by what each of *keys* was amended or repealed, in words; one query."""
    links = (
        Link.objects.in_effect()
        .filter(target__in=keys, relation__in=[Relation.AMENDS, Relation.REPEALS])
        .select_related("source")
        .order_by("day")
    )
    found: dict[int, list[str]] = {}
    for link in links:
        number = link.source.document_number or quoted(link.source.title)
        found.setdefault(link.target_id, []).append(f"{number}{link.get_relation_display()}")
    return {key: "；".join(words) for key, words in found.items()}
