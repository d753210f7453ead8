"""A way back to an account whose password is forgotten: through a mailbox that its owner has confirmed.

An address that nobody has confirmed opens nothing: it may be mistyped, and then somebody else reads the mail. It is
confirmed by a code that is read in the mailbox and typed in by whoever is signed in; a link alone would be followed
by the wrong reader, too. The link to a new password is made by Django's token machinery: it carries no secret of the
account, and it is spent as soon as the password has changed.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import hashers
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.http import base36_to_int, urlsafe_base64_decode, urlsafe_base64_encode

from gongkai.foundation import clock
from gongkai.foundation.challenge.limits import Limit
from gongkai.foundation.citizens.actions import must_be_strong, plain_name
from gongkai.foundation.citizens.errors import (
    AskedTooOften,
    LinkSpent,
    NotByMail,
    WrongMailCode,
)
from gongkai.foundation.citizens.events import CONFIRMED, PASSWORD_RESET, RESET_SENT
from gongkai.foundation.citizens.models import Citizen
from gongkai.foundation.keys import BIGGEST
from gongkai.foundation.sealing import fingerprint, fingerprints
from gongkai.foundation.trail import record

LINK_LASTS = timedelta(hours=2)
CODE_LASTS = timedelta(minutes=30)
LINKS = Limit("citizens.reset", seconds=3600)
MOST_LINKS = 3
"""Links for one name within the time of ``LINKS``, whether there is such an account or not."""
CODES = Limit("citizens.code", seconds=3600)
MOST_CODES = 5
GUESSES = Limit("citizens.code-wrong", seconds=3600)
MOST_GUESSES = 8
CODE = "citizen.code"
"""Where the session keeps the keyed hash of the code that was sent, and when."""


class ResetTokens(PasswordResetTokenGenerator):
    """Django's tokens for a citizen, who is no user: spent when password or confirmation changes, and short-lived."""

    key_salt = "gongkai.foundation.citizens.recovery.ResetTokens"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{user.pk}{user.password}{user.confirmed}{timestamp}"

    def token_of(self, citizen: Citizen) -> str:
        """Return a token for *citizen*; Django asks of a user no more than what is hashed above."""
        user: Any = citizen
        return self.make_token(user)

    def check_token(self, user: Any, token: str | None) -> bool:
        """Tell whether *token* is *user*'s, unspent and not older than ``LINK_LASTS``."""
        if not super().check_token(user, token) or token is None:
            return False
        made = base36_to_int(token.split("-")[0])
        return self._num_seconds(self._now()) - made <= LINK_LASTS.total_seconds()


tokens = ResetTokens()


def is_mailbox(citizen: Citizen) -> bool:
    """Tell whether the account is named by an e-mail address."""
    return "@" in str(citizen.name)


def new_code(citizen: Citizen, session: SessionBase) -> str:
    """Return the code that confirms the mailbox of *citizen*, for the mail; only its keyed hash is kept.

    Raises:
        NotByMail: The account is named by a telephone number.
        AskedTooOften: Too many of them within the hour.
    """
    if not is_mailbox(citizen):
        raise NotByMail
    if CODES.count(str(citizen.pk)) > MOST_CODES:
        raise AskedTooOften(wait=-(-CODES.wait // 60))
    code = f"{secrets.randbelow(10**6):06d}"
    session[CODE] = [_hashed(citizen, code), int(clock.now().timestamp())]
    return code


def confirm(citizen: Citizen, code: str, session: SessionBase) -> None:
    """Note that whoever is signed in as *citizen* has read *code* in the mailbox.

    Raises:
        WrongMailCode: It is not the one that was sent last, too old, or guessed too often.
    """
    caller = str(citizen.pk)
    kept, sent = session.get(CODE, ("", 0))
    is_fresh = clock.now().timestamp() - sent <= CODE_LASTS.total_seconds()
    typed = _hashed(citizen, "".join(code.split()))
    if (
        GUESSES.counted(caller) >= MOST_GUESSES
        or not is_fresh
        or not secrets.compare_digest(kept, typed)
    ):
        GUESSES.count(caller)
        raise WrongMailCode
    session.pop(CODE)
    with transaction.atomic():
        citizen.confirmed = clock.now()
        citizen.save(update_fields=["confirmed"])
        record(CONFIRMED, authority="public", on=citizen)


def asked_for(name: str) -> int | None:
    """Return the key of the account to which a link may be sent; ``None`` where there is none.

    Nobody may be told which of the two it is.

    Raises:
        BadName, NotByMail: What was typed is no e-mail address.
        AskedTooOften: That name was asked for too often.
    """
    told = plain_name(name)
    if "@" not in told:
        raise NotByMail
    if LINKS.count(fingerprint(told)) > MOST_LINKS:
        raise AskedTooOften(wait=-(-LINKS.wait // 60))
    rows = Citizen.objects.filter(mark__in=fingerprints(told)).exclude(confirmed=None)
    return rows.values_list("pk", flat=True).first()


def new_link(citizen: Citizen) -> str:
    """Return the secret part of the link to a new password, and note that it was made."""
    record(RESET_SENT, authority="public", on=citizen)
    return f"{urlsafe_base64_encode(str(citizen.pk).encode())}.{tokens.token_of(citizen)}"


def behind_link(secret: str) -> Citizen:
    """Return whose link holds *secret*.

    Raises:
        LinkSpent: Nobody's, or it was used or has expired.
    """
    place, _, token = secret.partition(".")
    try:
        key = int(urlsafe_base64_decode(place))
    except ValueError:
        raise LinkSpent from None
    found = Citizen.objects.filter(pk=min(key, BIGGEST)).exclude(confirmed=None).first()
    if found is None or not tokens.check_token(found, token):
        raise LinkSpent
    return found


def reset(secret: str, password: str) -> Citizen:
    """Give whoever's link holds *secret* a new password; wherever somebody is signed in, it ends there.

    Raises:
        LinkSpent: Nobody's, or it was used or has expired.
        WeakPassword: The new one does not do.
    """
    with transaction.atomic():
        found = Citizen.objects.select_for_update().get(pk=behind_link(secret).pk)
        if not tokens.check_token(found, secret.partition(".")[2]):  # somebody was quicker
            raise LinkSpent
        must_be_strong(password, str(found.name))
        found.password = hashers.make_password(password)
        found.save(update_fields=["password"])
        record(PASSWORD_RESET, authority="public", on=found)
    return found


def _hashed(citizen: Citizen, code: str) -> str:
    return fingerprint(f"{citizen.pk}:{code}")
