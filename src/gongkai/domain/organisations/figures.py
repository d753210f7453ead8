"""What organisations offer to statistics: the people who hold disclosure posts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from gongkai.domain.organisations.models import Post
from gongkai.foundation.figures import Answer, Period, Record, figure
from gongkai.foundation.permissions import roles

COUNTED = ("clerk", "office")
"""Roles whose holders work on disclosure; heads and leaders only sign."""


@figure("institution.staff", title="年末在岗的信息员和公开办人员")
def staff(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count the people, not the posts, on the last day of *period*."""
    posts = Post.objects.held_on(period.last).filter(role__in=COUNTED, organisation__in=units)
    people: dict[int, set[int]] = defaultdict(set)
    for organisation, user in posts.values_list("organisation", "user"):
        people[organisation].add(user)
    rule = f"{period.last:%Y年%-m月%-d日}在任的{'、'.join(roles()[r].title for r in COUNTED)}，一人只计一次"
    return {
        unit: Answer(Decimal(len(found)), rule, partial(_records, unit, period))
        for unit, found in people.items()
    }


def _records(unit: int, period: Period) -> Iterable[Record]:
    posts = (
        Post.objects.held_on(period.last)
        .filter(role__in=COUNTED, organisation=unit)
        .select_related("user", "organisation")
        .order_by("user", "since")
    )
    for post in posts:
        yield Record(
            str(post.user), href=post.organisation.get_absolute_url(), note=post.role_facts.title
        )
