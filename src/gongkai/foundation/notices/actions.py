"""Say something to somebody."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.models import Notice

SUBJECT = "政府信息公开平台提醒"


def notify(to: Iterable[User], text: str, *, href: str = "") -> list[Notice]:
    """Leave *text* for everyone in *to*, with a link to *href*; whoever has it unread is spared.

    Who holds a role in a unit is asked of the posts: ``organisations.queries.holders(…)``.
    """
    people = {user.pk: user for user in to}
    have = set(
        Notice.objects.filter(Q(to__in=people) & Q(text=text, href=href, read=None)).values_list(
            "to_id", flat=True
        )
    )
    fresh = Notice.objects.bulk_create(
        Notice(to=user, text=text, href=href) for pk, user in people.items() if pk not in have
    )
    addresses = [notice.to.email for notice in fresh if notice.to.email]
    if addresses and "dummy" not in settings.EMAIL_BACKEND:
        transaction.on_commit(partial(_mail, addresses, text, href))
    return fresh


def mark_read(notices: Iterable[Notice]) -> None:
    """Take *notices* off the first page."""
    Notice.objects.filter(pk__in=[n.pk for n in notices], read=None).update(read=clock.now())


def settle(people: Iterable[User], *, href: str) -> None:
    """Take what points to *href* off the first page of *people*: there is nothing left to do about it."""
    keys = [user.pk for user in people]
    Notice.objects.filter(to__in=keys, read=None, href=href).update(read=clock.now())


def _mail(addresses: list[str], text: str, href: str) -> None:
    body = f"{text}\n\n{settings.WAGTAILADMIN_BASE_URL}{href}" if href else text
    for address in addresses:
        # one by one, so that nobody sees who else was told; a refused mail stops nothing
        send_mail(SUBJECT, body, None, [address], fail_silently=True)
