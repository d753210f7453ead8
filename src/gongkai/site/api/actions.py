"""Giving out keys, and taking them back."""

from django.db import transaction

from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.site.api import limits
from gongkai.site.api.events import ISSUED, REVOKED
from gongkai.site.api.models import ExchangeKey

ACT = "api.keys"


def issue_key(holder: str, purpose: str, *, by: Reader) -> tuple[ExchangeKey, str]:
    """Make a key for *holder*; the word that it is used with is returned this once and kept nowhere."""
    by.must(ACT)
    key, word = limits.made(holder, purpose, by.user)
    with transaction.atomic():
        key.save()
        record(ISSUED, by=by, act=ACT, on=key, facts={"holder": holder, "prefix": key.prefix})
    return key, word


def revoke_key(key: ExchangeKey, *, by: Reader) -> None:
    """Let *key* open nothing from now on."""
    by.must(ACT)
    with transaction.atomic():
        if ExchangeKey.objects.filter(pk=key.pk, revoked=None).update(revoked=clock.now()):
            record(REVOKED, by=by, act=ACT, on=key, facts={"prefix": key.prefix})
