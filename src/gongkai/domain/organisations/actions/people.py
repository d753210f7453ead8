"""Accounts: made, suspended, restored, given a new password."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.core.refusal import Refusal
from gongkai.domain.organisations.actions.appoint import ACT
from gongkai.domain.organisations.errors import SignInNameTaken
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.policies import must_look_after
from gongkai.foundation.accounts import events
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


class WeakPassword(Refusal):
    """密码不符合要求：{why}"""


def engage(  # noqa: PLR0913  # the facts of an account, all by name
    *,
    username: str,
    name: str,
    password: str | None,
    organisation: Organisation,
    phone: str = "",
    email: str = "",
    by: Reader | None,
) -> User:
    """Make an account for somebody of *organisation*; a post has to follow.

    Without a password the person signs in through OpenID Connect, or gets one later.
    """
    if by is not None:
        by.must(ACT, str(organisation.path))
    with transaction.atomic():
        if User.objects.filter(username__iexact=username).exists():
            raise SignInNameTaken(username=username)
        user = User(username=username, name=name, phone=phone, email=email)
        if password:
            _must_be_strong(password, user)
        user.set_password(password)
        user.save()
        record(
            events.CREATED,
            by=by,
            act=ACT,
            path=str(organisation.path),
            on=user,
            facts={"organisation": organisation.pk},
        )
    return user


def set_password(user: User, *, password: str, by: Reader) -> None:
    """Give *user* a new password and end all their sessions."""
    path = must_look_after(by, user)
    _must_be_strong(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        record(events.PASSWORD_SET, by=by, act=ACT, path=path, on=user)


def suspend(user: User, *, reason: str = "", by: Reader) -> None:
    """Shut *user* out; the posts stay as they are."""
    _switch(user, active=False, reason=reason, by=by)


def restore(user: User, *, reason: str = "", by: Reader) -> None:
    """Let *user* in again."""
    _switch(user, active=True, reason=reason, by=by)


def _switch(user: User, *, active: bool, reason: str, by: Reader) -> None:
    path = must_look_after(by, user)
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        event = events.RESTORED if active else events.SUSPENDED
        record(event, by=by, act=ACT, path=path, on=user, reason=reason)


def _must_be_strong(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(why="".join(error.messages)) from None
