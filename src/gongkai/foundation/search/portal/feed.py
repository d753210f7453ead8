"""A search as an Atom feed: what is new in its results."""

from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.foundation import clock
from gongkai.foundation.feeds import Feed
from gongkai.foundation.search.asking import ask
from gongkai.foundation.search.highlighting import snippet
from gongkai.foundation.search.portal.asked import address_of, query_of
from gongkai.foundation.search.query import Sort

ENTRIES = 50


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Send the newest results of a query; without a query, the newest of everything."""
    query = query_of(request.GET).but(sort=Sort.NEWEST, page=1, size=ENTRIES)
    results = ask(query, literal=True, facets=False)
    root = settings.GONGKAI_PUBLIC_URL
    text = _printable(query.text.strip())
    made = Feed(
        title=f"政府信息公开：{text}" if text else "政府信息公开：最新公开的信息",
        link=f"{root}{reverse('search:search')}?{address_of(query, sort='newest')}",
        description="",
        language="zh-CN",
        feed_url=f"{root}{reverse('search:feed')}?{address_of(query, sort=None)}",
    )
    for each in results.documents:
        day = each.day or clock.today()
        made.add_item(
            title=_printable(each.title),
            link=f"{root}{each.url}",
            description=str(snippet(_printable(each.text[:2000]), None)),
            author_name=_printable(each.issuer.name) if each.issuer else None,
            pubdate=timezone.make_aware(datetime.combine(day, time())),
            updateddate=timezone.make_aware(datetime.combine(day, time())),
            unique_id=f"{root}{each.url}",
            categories=[each.topic] if each.topic else (),
        )
    response = HttpResponse(made.writeString("utf-8"), content_type=f"{made.content_type}")
    response["Cache-Control"] = "max-age=300"
    return response


def _printable(text: str) -> str:
    """Return *text* without characters that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable())
