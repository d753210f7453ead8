"""Fingerprints: whether two sealed values are equal, and nothing else about them."""

import hashlib
import hmac
import unicodedata

from gongkai.foundation.sealing.keys import Key, ring

MARK_LENGTH = 48
"""Characters: the key's id, a dot, and 32 hexadecimal digits, with room."""
_DIGITS = 32


def folded(value: str) -> str:
    """Return *value* as it is compared: without spaces, full-width signs and case."""
    return "".join(unicodedata.normalize("NFKC", value).split()).casefold()


def fingerprint(value: str, *, key: Key | None = None) -> str:
    """Return the keyed hash of *value* under *key*, or under the newest; of nothing, nothing."""
    plain = folded(value)
    if not plain:
        return ""
    key = key or ring().newest
    # half of SHA-256 is plenty to tell people apart
    digest = hmac.new(key.mark, plain.encode(), hashlib.sha256).hexdigest()[:_DIGITS]
    return f"{key.id}.{digest}"


def fingerprints(value: str) -> list[str]:
    """Return the keyed hashes of *value* under every key, fit for ``__in``: also while keys are rotated."""
    if not folded(value):
        return []
    return [fingerprint(value, key=key) for key in ring().keys]
