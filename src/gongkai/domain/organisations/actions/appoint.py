"""People take up posts and leave them."""

from datetime import date

from django.db import transaction

from gongkai.domain.organisations import errors, events
from gongkai.domain.organisations.models import Organisation, Post
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "organisations.appoint"


def appoint(
    user: User,
    *,
    organisation: Organisation,
    role: str,
    since: date | None = None,
    by: Reader | None,
) -> Post:
    """Give *user* a role in *organisation* from *since*, today if left out."""
    path = str(organisation.path)
    if by is not None:
        by.must(ACT, path)
    since = since or clock.today()
    with transaction.atomic():
        if organisation.closed and organisation.closed <= since:
            raise errors.AlreadyClosed(name=organisation.name, closed=organisation.closed)
        same = Post.objects.filter(user=user, organisation=organisation, role=role)
        if held := same.held_on(since).first():
            raise errors.PostHeld(user=user, organisation=organisation, role=held.role_facts.title)
        post = Post.objects.create(user=user, organisation=organisation, role=role, since=since)
        record(
            events.APPOINTED,
            by=by,
            act=ACT,
            path=path,
            on=user,
            facts={"organisation": organisation.pk, "role": role, "since": since.isoformat()},
        )
    return post


def relieve(post: Post, *, day: date | None = None, by: Reader | None) -> None:
    """End *post*: from *day*, today if left out, it is held no more."""
    if by is not None:
        by.must(ACT, str(post.organisation.path))
    day = day or clock.today()
    with transaction.atomic():
        fresh = Post.objects.select_for_update().get(pk=post.pk)
        if fresh.until:
            raise errors.PostOver(until=fresh.until)
        if day < fresh.since:
            raise errors.EndsTooEarly(day=day, since=fresh.since)
        fresh.until = day
        fresh.save()
        record(
            events.RELIEVED,
            by=by,
            act=ACT,
            path=str(post.organisation.path),
            on=fresh.user,
            facts={
                "organisation": fresh.organisation_id,
                "role": fresh.role,
                "until": day.isoformat(),
            },
        )
    post.refresh_from_db()
