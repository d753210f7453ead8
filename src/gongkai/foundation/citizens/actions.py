"""The verbs: register, recognise, change the password, close."""

import re

from django.contrib.auth import hashers, password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from gongkai.foundation.challenge.limits import Limit
from gongkai.foundation.citizens.errors import (
    BadName,
    LockedOut,
    NameTaken,
    WeakPassword,
    WrongPassword,
)
from gongkai.foundation.citizens.events import CLOSED, PASSWORD_CHANGED, REGISTERED
from gongkai.foundation.citizens.models import Citizen
from gongkai.foundation.sealing import fingerprint, fingerprints
from gongkai.foundation.sealing.marking import folded
from gongkai.foundation.trail import record

TRIES = Limit("citizens.wrong", seconds=900)
MOST_WRONG = 8
"""Wrong passwords for one name within the time of ``TRIES``."""
_PHONE = re.compile(r"(?:\+?86)?(1\d{10})")
_LONGEST = 120


def plain_name(typed: str) -> str:
    """Return the e-mail address or telephone number *typed*, as it is kept.

    Raises:
        BadName: It is neither.
    """
    told = folded(typed)[:_LONGEST]
    if phone := _PHONE.fullmatch(told.replace("-", "")):
        return phone[1]
    try:
        validate_email(told)
    except ValidationError:
        raise BadName from None
    return told


def register(name: str, password: str) -> Citizen:
    """Make an account.

    Raises:
        BadName, WeakPassword: What was typed does not do.
        NameTaken: There is one of that name.
    """
    told = plain_name(name)
    must_be_strong(password, told)
    if Citizen.objects.filter(mark__in=fingerprints(told)).exists():
        raise NameTaken
    try:
        with transaction.atomic():
            made = Citizen.objects.create(name=told, password=hashers.make_password(password))
            record(REGISTERED, authority="public", on=made)
    except IntegrityError:  # somebody was quicker
        raise NameTaken from None
    return made


def recognise(name: str, password: str) -> Citizen:
    """Return whose name and password these are; an unknown name costs the same work as a wrong password.

    Raises:
        WrongPassword: Nobody's; which of the two is wrong is not said.
        LockedOut: Too many wrong ones for that name.
    """
    try:
        told = plain_name(name)
    except BadName:
        raise WrongPassword from None
    caller = fingerprint(told)
    if TRIES.counted(caller) >= MOST_WRONG:
        raise LockedOut(wait=-(-TRIES.wait // 60))
    found = Citizen.objects.filter(mark__in=fingerprints(told)).first()
    if found is None:
        hashers.make_password(password)
        TRIES.count(caller)
        raise WrongPassword
    _must_be_right(found, password, caller)
    return found


def change_password(citizen: Citizen, old: str, new: str) -> None:
    """Give *citizen* a new password; wherever else somebody is signed in, it ends there.

    Raises:
        WrongPassword, LockedOut: The old one is not right.
        WeakPassword: The new one does not do.
    """
    _must_be_right(citizen, old, fingerprint(str(citizen.name)))
    must_be_strong(new, str(citizen.name))
    with transaction.atomic():
        citizen.password = hashers.make_password(new)
        citizen.save(update_fields=["password"])
        record(PASSWORD_CHANGED, authority="public", on=citizen)


def close(citizen: Citizen, password: str) -> None:
    """Delete the account; what was hung on it stays where it is, with number and code.

    Raises:
        WrongPassword, LockedOut: The password is not right.
    """
    _must_be_right(citizen, password, fingerprint(str(citizen.name)))
    with transaction.atomic():
        record(CLOSED, authority="public", on=citizen)
        citizen.delete()


def _must_be_right(citizen: Citizen, password: str, caller: str) -> None:
    if TRIES.counted(caller) >= MOST_WRONG:
        raise LockedOut(wait=-(-TRIES.wait // 60))
    if not hashers.check_password(password, citizen.password):
        TRIES.count(caller)
        raise WrongPassword


def must_be_strong(password: str, name: str) -> None:
    """Refuse a *password* that Django's validators refuse, or that is the *name* itself.

    Raises:
        WeakPassword: With what is wrong.
    """
    try:
        password_validation.validate_password(password)
    except ValidationError as error:
        raise WeakPassword(why="".join(error.messages)) from None
    if folded(password) == name:
        raise WeakPassword(why="密码不能和登录名一样，请换一个。")
