"""Whoever has to answer a claim is told before the day, and once more when it is late."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gongkai.core.reminders import reminder
from gongkai.domain.organisations.queries import holders
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.domain.remedies.queries import WAITING
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify

ROLES = {"soon": ("clerk",), "late": ("clerk", "head", "office")}
"""Who is told; whoever handles the application as well."""


def remind(day: date | None = None) -> int:
    """Tell whom it concerns which answers become due soon and which are late; return how many those are.

    Each is told of once before its day and once after it, however often this is done on a day.
    """
    day = day or clock.today()
    found = list(_untold(day))
    for remedy in found:
        with transaction.atomic():
            _tell(remedy, day)
            Remedy.objects.filter(pk=remedy.pk).update(reminded=day)
    return len(found)


def _untold(day: date) -> QuerySet[Remedy]:
    soon = Q(
        defence_due__gte=day,
        defence_due__lte=day + reminder("remedy-defence").span,
        reminded=None,
    )
    late = Q(defence_due__lt=day) & (Q(reminded=None) | Q(reminded__lte=F("defence_due")))
    rows = Remedy.objects.filter(WAITING).filter(soon | late)
    return rows.select_related("organisation", "application__handler").order_by("pk")


def _tell(remedy: Remedy, day: date) -> None:
    due = remedy.defence_due
    when = "late" if due is not None and due < day else "soon"
    paper = "复议答复" if remedy.kind == Kind.RECONSIDERATION else "诉讼答辩"
    said = "已经逾期" if when == "late" else "快到期了"
    number = remedy.number or remedy.application.number
    notify(
        _people(remedy, when), f"{paper}{said}（{number}）：{due}", href=remedy.get_absolute_url()
    )


def _people(remedy: Remedy, when: str) -> Iterable[User]:
    handler = remedy.application.handler
    found = {handler.pk: handler} if handler else {}
    for role in ROLES[when]:
        found |= {person.pk: person for person in holders(role, of=remedy.organisation)}
    return found.values()
