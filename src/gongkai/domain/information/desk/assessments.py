"""What was withheld, to be looked at again: article 18, and secrets whose term is over."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongkai.core import codes
from gongkai.core.reminders import reminder
from gongkai.domain.information import policies
from gongkai.domain.information.desk.screen import HOME
from gongkai.domain.information.models import Item, Status
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.foundation import clock
from gongkai.foundation.desk.keyset import slice_of
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import Reader

SECRET = "secret"  # noqa: S105  # a ground in law/codes/exemptions.yaml


def choices() -> tuple[tuple[str, str], ...]:
    """Return what the list can show."""
    return (
        ("", "已到评估日期"),
        ("soon", reminder("assessment-due").shown),
        ("declassify", reminder("declassification").shown),
        ("secret", "全部国家秘密"),
        ("none", "没有定评估日期"),
        ("all", "全部不公开信息"),
    )


class AssessmentsView(DeskView):
    """Items that are not open, by the day on which they are to be assessed."""

    act = "information.view"
    title = "不公开信息定期评估"
    template_name = "information/assessments.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the items."""
        which = self.request.GET.get("which", "")
        today = clock.today()
        kept = policies.visible_to(self.reader).filter(status=Status.KEPT, live=False)
        part = slice_of(self.request, _asked_for(kept, which, today))
        return super().get_context_data(
            which=which,
            choices=choices(),
            slice=part,
            rows=rows_of(Item.objects.filter(pk__in=part.keys), today),
            **kwargs,
        )


def _asked_for(kept: ItemQuerySet, which: str, today: date) -> ItemQuerySet:
    match which:
        case "soon":
            return kept.filter(
                assess_on__gt=today, assess_on__lte=today + reminder("assessment-due").span
            )
        case "declassify":
            return _declassified_by(kept, today + reminder("declassification").span)
        case "secret":
            return kept.filter(ground=SECRET)
        case "none":
            return kept.filter(assess_on=None)
        case "all":
            return kept
    return kept.filter(assess_on__lte=today)


def _declassified_by(kept: ItemQuerySet, day: date) -> ItemQuerySet:
    return kept.filter(ground=SECRET, declassify_on__lte=day)


def rows_of(items: ItemQuerySet, today: date) -> list[dict[str, Any]]:
    """Return *items* with their grounds in words, the longest due first."""
    known = codes.exemptions()
    found = (
        items.select_related("organisation").defer("body", "summary").order_by("assess_on", "pk")
    )
    return [
        {
            "item": item,
            "ground": known[item.ground].label if item.ground in known else "",
            "days_late": (today - item.assess_on).days if item.assess_on else 0,
            "is_secret": item.ground == SECRET,
            "days_secret": (item.declassify_on - today).days if item.declassify_on else None,
        }
        for item in found
    ]


def due_for(reader: Reader, units: Sequence[int], today: date) -> ItemQuerySet:
    """Return what the reader's own *units* withheld and are to assess by *today*."""
    return policies.visible_to(reader).filter(
        organisation__in=units, status=Status.KEPT, live=False, assess_on__lte=today
    )


def declassified_soon(reader: Reader, units: Sequence[int], today: date) -> ItemQuerySet:
    """Return the secrets of the reader's own *units* whose term is over, or soon will be."""
    own = policies.visible_to(reader).filter(organisation__in=units, status=Status.KEPT, live=False)
    return _declassified_by(own, today + reminder("declassification").span)
