"""Whoever owes something is told before it is late, and once more when it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format

from gongkai.core.reminders import reminder
from gongkai.domain.applications.models import Term
from gongkai.domain.organisations.models import Post
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify

BITE = 500
DAY = "Y年n月j日"
LIST = "/desk/applications/"
ROLES = {"soon": ("clerk",), "late": ("clerk", "head", "office")}
"""Who is told where a term has no person, and besides the person where it is late."""


def remind(day: date | None = None) -> int:
    """Tell whom it concerns what becomes due soon and what is late; return how many terms that was.

    Each term is told of once before its day and once after it, however often this is done on a day. It works
    through what is left in bites, each a transaction.
    """
    day = day or clock.today()
    count = 0
    while bite := list(_untold(day)[:BITE]):
        with transaction.atomic():
            _tell(bite, day)
            Term.objects.filter(pk__in=[term.pk for term in bite]).update(reminded=day)
        count += len(bite)
    return count


def _untold(day: date) -> QuerySet[Term]:
    inside = Term.objects.running().filter(who__in=("office", "unit"))
    soon = Q(due__gte=day, due__lte=day + reminder("application-due").span, reminded=None)
    late = Q(due__lt=day) & (Q(reminded=None) | Q(reminded__lte=F("due")))
    rows = inside.filter(soon | late).select_related("application", "person")
    return rows.order_by("due", "pk")


def _tell(terms: Sequence[Term], day: date) -> None:
    holders = _holders({term.organisation_id for term in terms})
    told: dict[tuple[int, str], list[Term]] = defaultdict(list)
    people: dict[int, User] = {}
    for term in terms:
        when = "late" if term.due and term.due < day else "soon"
        for person in _people(term, when, holders):
            people[person.pk] = person
            told[person.pk, when].append(term)
    for (key, when), theirs in told.items():
        text, href = _said(theirs, when)
        notify([people[key]], text, href=href)


def _people(term: Term, when: str, holders: dict[tuple[int, str], list[User]]) -> Iterable[User]:
    if term.person and when == "soon":
        return [term.person]
    own = [term.person] if term.person else []
    roles = ROLES[when] if not own else [r for r in ROLES[when] if r != "clerk"]
    found = {p.pk: p for p in own}
    for role in roles:
        found |= {p.pk: p for p in holders.get((term.organisation_id, role), [])}
    return found.values()


def _holders(units: set[int]) -> dict[tuple[int, str], list[User]]:
    posts = Post.objects.held_on().filter(organisation__in=units, user__is_active=True)
    found: dict[tuple[int, str], list[User]] = defaultdict(list)
    for post in posts.select_related("user"):
        found[post.organisation_id, post.role].append(post.user)
    return found


def _said(terms: Sequence[Term], when: str) -> tuple[str, str]:
    first = terms[0]
    due = date_format(first.due, DAY) if first.due else ""
    if len(terms) == 1:
        said = "已经逾期" if when == "late" else "快到期了"
        text = f"公开申请 {first.application.number}“{first.facts.title}”{said}：{due}"
        return text, first.application.get_absolute_url()
    if when == "late":
        return (
            f"有 {len(terms)} 项公开申请的办理逾期，最早的期限是{due}",
            f"{LIST}?when=late",
        )
    return f"有 {len(terms)} 项公开申请的办理快到期了，最近的是{due}", LIST
