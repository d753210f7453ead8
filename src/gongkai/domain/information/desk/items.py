"""The list of items: what needs oneself first, filters, and what is done to many at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Value, When
from django.utils.functional import cached_property

from gongkai.core import codes
from gongkai.domain.information import policies
from gongkai.domain.information.desk import choices
from gongkai.domain.information.desk.filtering import FIRST_YEAR, Asked, asked_of, filtered
from gongkai.domain.information.desk.screen import tone
from gongkai.domain.information.models import Item, Kind, Publicity, Status, Validity
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.foundation import clock
from gongkai.foundation.desk.keyset import capped, slice_of
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import Reader
from gongkai.foundation.visits.queries import totals

UNFINISHED = (Status.RETURNED, Status.DRAFT, Status.REVIEW, Status.SCHEDULED)
"""Stages that are counted on the chips: of what is finished there is without end."""
MINE = (Status.RETURNED, Status.DRAFT)
MINE_SHOWN = 6
SHOWN = ("organisation", "column", "author")


class ItemsView(DeskView):
    """All items within reach, the newest first; above them what waits for oneself."""

    act = "information.view"
    title = "政府信息"
    template_name = "information/items.html"

    @cached_property
    def asked(self) -> Asked:
        """Return the filters."""
        return asked_of(self.reader, self.request.GET)

    @cached_property
    def reach(self) -> ItemQuerySet:
        """Return the items within reach."""
        return policies.visible_to(self.reader)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of items and what the filters offer."""
        asked = self.asked
        part = slice_of(self.request, filtered(self.reach, asked), by=asked.order)
        read = totals("item", part.keys)
        is_start = not (asked.is_narrow or asked.status or "before" in self.request.GET)
        return super().get_context_data(
            rows=[
                {"item": item, "tone": tone(item), "visits": read.get(item.pk, 0)}
                for item in shown(part.keys)
            ],
            slice=part,
            asked=asked,
            mine=waiting_for_me(self.reader) if is_start else [],
            stages=self._stages(),
            more=MoreForm(asked, self._unit_of_columns()),
            may_draft=self.reader.may("information.edit"),
            may_arrange=self.reader.may("information.arrange"),
            may_arrange_all=bool(self.asked.is_narrow or self.asked.status),
            may_number=self.reader.may("information.number"),
            **kwargs,
        )

    def _unit_of_columns(self) -> int | None:
        asked = self.asked
        if asked.organisation or asked.column:
            return asked.organisation.pk if asked.organisation else asked.column.organisation_id  # type: ignore[union-attr]  # one of them
        units = {standing.unit for standing in self.reader.standings}
        return units.pop() if len(units) == 1 else None

    def _stages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [{"key": "", "title": "全部"}]
        for status in Status:
            stage: dict[str, Any] = {"key": status.value, "title": status.label}
            if status in UNFINISHED:
                rows = self.reach.filter(status=status, live=False)
                stage["count"] = capped(rows)
            found.append(stage)
        return found


class MoreForm(forms.Form):
    """The filters behind 更多条件."""

    column = forms.ChoiceField(label="栏目")
    topic = forms.ChoiceField(label="主题分类", choices=lambda: choices.topics("不限"))
    genre = forms.ChoiceField(label="体裁", choices=lambda: choices.genres("不限"))
    publicity = forms.ChoiceField(label="公开属性", choices=[("", "不限"), *Publicity.choices])
    kind = forms.ChoiceField(
        label="文件性质",
        choices=[("", "不限"), *((k.value, k.label) for k in (Kind.NORMATIVE, Kind.RULE))],
    )
    validity = forms.ChoiceField(label="有效性", choices=[("", "不限"), *Validity.choices])
    year = forms.ChoiceField(label="公开年份")

    def __init__(self, asked: Asked, unit: int | None) -> None:
        super().__init__(initial=dict(asked.query), use_required_attribute=False)
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [("", "不限"), *((str(y), str(y)) for y in years)]  # type: ignore[attr-defined]  # a choice field
        if unit:
            self.fields["column"].choices = choices.column_choices(unit, "不限")  # type: ignore[attr-defined]
        else:
            del self.fields["column"]


def shown(keys: Sequence[int]) -> list[Item]:
    """Return the items of *keys* in their order, without their texts; one query."""
    rows = Item.objects.select_related(*SHOWN).defer("body", "summary", "ground_note")
    found = {item.pk: item for item in rows.filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def waiting_for_me(reader: Reader) -> list[dict[str, Any]]:
    """Return what the reader's own units were sent back or have begun, sent back first."""
    units = own_units(reader)
    if not units:
        return []
    first = Case(
        When(status=Status.RETURNED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = (
        Item.objects.filter(organisation__in=units, status__in=MINE, live=False)
        .annotate(turn=first)
        .select_related("organisation", "author")
        .defer("body", "summary", "ground_note")
        .order_by("turn", "-touched")
    )
    return [{"item": item, "tone": tone(item)} for item in rows[:MINE_SHOWN]]


def own_units(reader: Reader) -> list[int]:
    """Return the units in which the reader holds a post that drafts."""
    path_of = {standing.unit: standing.path for standing in reader.standings}
    return [unit for unit, path in path_of.items() if reader.may("information.edit", path)]


def names(items: Iterable[Item]) -> dict[int, dict[str, str]]:
    """Return the words for the coded fields of *items*."""
    genres = codes.genres()
    return {
        item.pk: {
            "topic": codes.topic_title(item.topic),
            "genre": genres[item.genre].label if item.genre in genres else "",
        }
        for item in items
    }
