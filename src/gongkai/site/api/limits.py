"""How often one may ask: per caller and minute, no address stored; a key raises it."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from gongkai.core.refusal import Refusal
from gongkai.foundation import callers, clock
from gongkai.foundation.challenge import Limit
from gongkai.site.api.models import ExchangeKey

if TYPE_CHECKING:
    from gongkai.foundation.accounts.models import User

ASKED = Limit("api", 60)
PER_MINUTE = 120
"""Requests of a caller without a key."""
PER_MINUTE_WITH_KEY = 3000
SCHEME = "Bearer "
BEGINNING = "gk"
PREFIX_BYTES, SECRET_BYTES = 4, 32


class TooOften(Refusal):
    """请求过于频繁：每分钟最多 {limit} 次，请 {wait} 秒后再试。需要更快的，请向本级政府信息公开工作机构申请交换密钥。"""


class BadKey(Refusal):
    """密钥不对或已停用。请检查 Authorization 头，或向签发单位申请新的密钥；不带密钥也可以访问。"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a request may still do within the minute."""

    limit: int
    left: int
    has_key: bool


def made(holder: str, purpose: str, by: "User | None") -> tuple[ExchangeKey, str]:
    """Return a new key, not yet saved, and the word that its holder gets; it is told this once."""
    prefix, secret = secrets.token_hex(PREFIX_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    key = ExchangeKey(
        holder=holder, purpose=purpose, prefix=prefix, digest=_digest(secret), made_by=by
    )
    return key, f"{BEGINNING}_{prefix}_{secret}"


def allow(request: HttpRequest) -> Allowance:
    """Count *request*.

    Raises:
        TooOften: The minute is used up.
        BadKey: A key was sent that is none.
    """
    key = _key_of(request)
    caller = f"key:{key.pk}" if key else callers.caller_of(request)
    limit = PER_MINUTE_WITH_KEY if key else PER_MINUTE
    count = ASKED.count(caller)
    if count > limit:
        raise TooOften(limit=limit, wait=ASKED.wait)
    return Allowance(limit, limit - count, has_key=key is not None)


def _key_of(request: HttpRequest) -> ExchangeKey | None:
    told = request.headers.get("Authorization", "")
    if not told:
        return None
    beginning, _, rest = told.removeprefix(SCHEME).partition("_")
    prefix, _, secret = rest.partition("_")
    fits = (
        told.startswith(SCHEME) and beginning == BEGINNING and prefix.isascii() and secret.isascii()
    )
    key = ExchangeKey.objects.filter(prefix=prefix[:12], revoked=None).first() if fits else None
    if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
        raise BadKey
    if key.used_on != clock.today():
        ExchangeKey.objects.filter(pk=key.pk).update(used_on=clock.today())
    return key


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
