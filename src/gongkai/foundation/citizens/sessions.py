"""Who is signed in, in a place of the session that the desk never looks at."""

import hashlib

from django.contrib.sessions.backends.base import SessionBase

from gongkai.foundation import clock
from gongkai.foundation.citizens.models import Citizen

SESSION = "citizen"
MINUTES = 60
"""After that long without a click one signs in again."""


def enter(session: SessionBase, citizen: Citizen) -> None:
    """Let the session be *citizen*'s; it gets a new name, so that nobody else shares it."""
    session.cycle_key()
    session[SESSION] = [citizen.pk, _now(), _seal_of(citizen)]


def leave(session: SessionBase) -> None:
    """Sign out."""
    session.pop(SESSION, None)


def signed_in(session: SessionBase) -> Citizen | None:
    """Return who is signed in, if somebody was there within the hour and the password is still the same."""
    key, seen, seal = session.get(SESSION, (None, 0, ""))
    if key is None or not 0 <= _now() - seen <= MINUTES * 60:
        return None
    found = Citizen.objects.filter(pk=key).first()
    if found is None or _seal_of(found) != seal:
        return None
    session[SESSION] = [key, _now(), seal]
    return found


def _seal_of(citizen: Citizen) -> str:
    return hashlib.sha256(citizen.password.encode()).hexdigest()[:16]


def _now() -> int:
    return int(clock.now().timestamp())
