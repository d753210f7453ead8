"""Those who are late are reminded."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from gongkai.domain.organisations.models import Post
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.reports.errors import NobodyHears
from gongkai.oversight.reports.events import URGED
from gongkai.oversight.reports.models import Handling, Report, Status
from gongkai.oversight.reports.models.handling import Verb

HEARS = {
    Status.FILLING: ("clerk", "head"),
    Status.CONFIRMED: ("office",),
    Status.REVIEWED: ("leader",),
}
"""Whose turn it is in a state; only 填报 is urged from outside the unit."""


def urge(reports: Sequence[Report], *, by: Reader, comment: str = "") -> int:
    """Remind clerks and heads of *reports* that are still being filled.

    Args:
        reports: With their organisations; those further on are passed over.
        by: Who urges.
        comment: What is said besides.

    Returns:
        How many people were told.

    Raises:
        NobodyHears: Not one unit has anybody to be told.
    """
    late = [r for r in reports if r.status == Status.FILLING]
    with transaction.atomic():
        for report in late:
            by.must("reports.urge", str(report.organisation.path))
        people = _people(late)
        if late and not people:
            raise NobodyHears
        for report in late:
            day = report.round.collect_by or report.due
            until = f"，请于{day:%Y年%-m月%-d日}前完成" if day else ""
            text = f"{report.organisation}{report.year}年度报告尚未确认{until}。{comment.strip()}"
            notify(
                people.get(report.organisation_id, []),
                text[:300],
                href=reverse("reports:report", args=[report.pk]),
            )
        Handling.objects.bulk_create(
            Handling(report=report, verb=Verb.URGED, by=by.user, comment=comment.strip())
            for report in late
        )
        if late:
            record(
                URGED,
                by=by,
                act="reports.urge",
                path=str(late[0].organisation.path),
                on=late[0].round,
                facts={"reports": [report.pk for report in late]},
                reason=comment,
            )
    return len({user.pk for users in people.values() for user in users})


def _people(reports: Sequence[Report]) -> dict[int, list]:  # type: ignore[type-arg]
    posts = (
        Post.objects.held_on()
        .filter(
            role__in=HEARS[Status.FILLING],
            organisation__in=[r.organisation_id for r in reports],
            user__is_active=True,
        )
        .select_related("user")
    )
    people: dict[int, list] = {}  # type: ignore[type-arg]
    for post in posts:
        people.setdefault(post.organisation_id, []).append(post.user)
    return people
