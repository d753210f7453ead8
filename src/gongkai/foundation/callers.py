"""Telling callers apart for a day without knowing who they are.

An address is never stored: what is kept, in the cache and for a day at most, is a keyed hash of it. The key is
random, made anew every day and kept nowhere else, so that nobody can go back from hash to address later.
"""

import hashlib
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from gongkai.foundation import clock

A_DAY = 26 * 3600


def salt() -> bytes:
    """Return the key of the day."""
    place = f"callers.salt:{clock.today()}"
    return bytes(cache.get_or_set(place, lambda: secrets.token_bytes(32), A_DAY) or b"")


def caller_of(request: HttpRequest) -> str:
    """Return a name for whoever sent *request*, the same for the rest of the day."""
    return hashlib.blake2b(address_of(request).encode(), key=salt(), digest_size=16).hexdigest()


def address_of(request: HttpRequest) -> str:
    """Return the address that *request* comes from, as the proxy in front saw it; not to be kept."""
    header = settings.GONGKAI_CLIENT_ADDRESS_HEADER
    told = request.META.get(header, "") if header else ""
    # the proxy in front appends what it saw itself; what stands before that anybody could have written
    return str(told.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", ""))
