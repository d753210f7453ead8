"""Counting what people search for, without knowing who they are.

A query is written down only when :data:`KEPT_FROM` different callers have typed it on the same day; until
then nothing but keyed hashes stands in the cache, with a salt that is thrown away after the day. What looks
like a person's data is never counted.
"""

import hashlib
import re
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Max, Sum

from gongkai.foundation import callers, clock
from gongkai.foundation.search.models import CountedQuery

KEPT_FROM = 5
"""Callers who must have typed the same before it is written down."""
LONGEST = 40
A_DAY = 26 * 3600
PERSONAL = re.compile(
    r"\d{6,}"  # telephones, identity cards, bank cards
    r"|@"  # mail addresses
    r"|[\d-]{7,}"
    r"|身份证号|手机号|银行卡|电话号码"
    r"|\d+[号室栋幢]\d*[号室单]"  # addresses
)


def looks_personal(text: str) -> bool:
    """Tell whether *text* may say something about a person."""
    return bool(PERSONAL.search(text))


def count(folded: str, results: int, *, caller: str) -> None:
    """Count that *caller* (a keyed hash of the day) typed *folded* and got that many *results*."""
    if not folded or len(folded) > LONGEST or looks_personal(folded):
        return
    day = clock.today()
    if not cache.add(f"search.typed:{caller}:{_digest(folded)}", 1, A_DAY):
        return  # turning pages and choosing facets is one search
    known = CountedQuery.objects.filter(text=folded, day=day)
    if known.update(count=F("count") + 1, results=results):
        return
    place = f"search.callers:{day}:{_digest(folded)}"
    cache.add(place, 0, A_DAY)
    try:
        so_far = cache.incr(place)
    except ValueError:  # it ran out between the two
        return
    if so_far >= KEPT_FROM:
        with transaction.atomic():
            CountedQuery.objects.get_or_create(
                text=folded, day=day, defaults={"count": so_far, "results": results}
            )


def _digest(folded: str) -> str:
    return hashlib.blake2b(folded.encode(), key=callers.salt(), digest_size=12).hexdigest()


def often_asked(beginning: str, limit: int) -> list[str]:
    """Return queries that begin so, had results and were typed often, the most frequent first."""
    rows = (
        CountedQuery.objects.filter(text__startswith=beginning, results__gt=0)
        .values("text")
        .annotate(times=Sum("count"))
        .order_by("-times", "text")[:limit]
    )
    return [row["text"] for row in rows]


def frequent(
    days: int, *, without_results: bool = False, limit: int = 50
) -> list[dict[str, object]]:
    """Return what was typed most often in the last *days*: ``text``, ``times``, ``last``, ``results``."""
    rows = CountedQuery.objects.filter(day__gt=clock.today() - timedelta(days=days))
    if without_results:
        rows = rows.filter(results=0)
    told = rows.values("text").annotate(times=Sum("count"), last=Max("day"), results=Max("results"))
    return [dict(row) for row in told.order_by("-times", "text")[:limit]]
