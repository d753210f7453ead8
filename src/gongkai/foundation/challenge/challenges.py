"""A challenge: set, shown, checked once."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache

from gongkai.foundation.challenge.questions import plain, question

FIELD, WORK, ANSWER = "challenge", "challenge-work", "challenge-answer"
EASIEST, HARDEST = 15, 19
"""Zero bits: some 33,000 tries, a blink for a telephone; and half a million."""
HOUR = 3600
_SALT = "challenge"


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a form shows.

    Attributes:
        token: Signed; carries everything that checking needs, so that nothing is stored.
        nonce: What the browser works on.
        bits: With how many zero bits the hash of nonce and number has to begin.
    """

    token: str
    nonce: str
    bits: int
    question: str


def set_challenge(purpose: str, *, bits: int = EASIEST) -> Challenge:
    """Return a new challenge for *purpose*."""
    asked, nonce = question(), secrets.token_hex(12)
    bits = min(max(bits, EASIEST), HARDEST)
    told = {"n": nonce, "b": bits, "a": _digest(nonce, asked.answer)}
    return Challenge(signing.dumps(told, salt=f"{_SALT}:{purpose}"), nonce, bits, asked.text)


def is_solved(purpose: str, told: Mapping[str, str]) -> bool:
    """Tell whether the form *told* answers a challenge of ours for *purpose*; each counts once."""
    try:
        asked = signing.loads(told.get(FIELD, ""), salt=f"{_SALT}:{purpose}", max_age=HOUR)
    except signing.BadSignature:
        return False
    nonce = str(asked["n"])
    given = _digest(nonce, plain(told.get(ANSWER, "")))
    right = hmac.compare_digest(given, str(asked["a"]))
    if not right and not _is_worked(nonce, told.get(WORK, ""), int(asked["b"])):
        return False
    return cache.add(f"challenge.used:{nonce}", 1, HOUR)


def _is_worked(nonce: str, number: str, bits: int) -> bool:
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return False
    digest = hashlib.sha256(f"{nonce}:{number}".encode()).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - bits) == 0


def _digest(nonce: str, answer: str) -> str:
    # keyed, so that the token does not tell the answer to whoever tries all of them
    key = f"{_SALT}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{nonce}:{answer}".encode(), hashlib.sha256).hexdigest()[:32]
