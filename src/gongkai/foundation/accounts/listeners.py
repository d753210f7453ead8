"""Signing in and out, into the trail."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from gongkai.foundation.accounts import events
from gongkai.foundation.accounts.models import User
from gongkai.foundation.trail import record
from gongkai.foundation.trail.event import Event


def _of_oneself(event: Event, user: Any, **facts: str) -> None:
    if isinstance(user, User):
        record(event, by=user, on=user, authority="self", facts=facts)


@receiver(user_logged_in)
def _signed_in(user: Any, **_: Any) -> None:
    _of_oneself(events.SIGNED_IN, user)


@receiver(user_logged_out)
def _signed_out(user: Any, **_: Any) -> None:
    _of_oneself(events.SIGNED_OUT, user)


@receiver(user_login_failed)
def _refused(credentials: dict[str, Any], **_: Any) -> None:
    # what was typed may be a password in the wrong field, so only a known name is kept
    name = credentials.get("username") or ""
    user = User.objects.filter(username=name).first()
    record(events.REFUSED, on=user, authority="public")


@receiver((password_changed, password_reset, password_set))
def _password(user: Any, **_: Any) -> None:
    _of_oneself(events.PASSWORD_SET, user)


@receiver(authenticator_added)
def _factor_added(user: Any, authenticator: Any, **_: Any) -> None:
    _of_oneself(events.FACTOR_ADDED, user, factor=str(authenticator.type))


@receiver(authenticator_removed)
def _factor_removed(user: Any, authenticator: Any, **_: Any) -> None:
    _of_oneself(events.FACTOR_REMOVED, user, factor=str(authenticator.type))
