"""``POST /visits/<address>``: a page says that it was opened. Answered at once, whatever it says."""

import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gongkai.foundation import clock
from gongkai.foundation.callers import address_of
from gongkai.foundation.visits import writing
from gongkai.foundation.visits.counting import tally
from gongkai.foundation.visits.registry import place_of

PREFIX = "/visits"
MACHINES = re.compile(
    r"bot|spider|crawl|slurp|archive|monitor|headless|python|curl|wget|java/|go-http|okhttp|scrapy"
    r"|lighthouse|preview|transcoder|phantom|selenium|httpclient",
    re.IGNORECASE,
)
LONGEST = 400


class VisitsMiddleware:
    """Take visits in before anything asks for a session or the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Count, or go on."""
        if request.method != "POST" or not request.path_info.startswith(f"{PREFIX}/"):
            return self.get_response(request)
        take_in(request)
        # the same answer to all: nobody learns here which pages there are
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def take_in(request: HttpRequest) -> bool:
    """Count the visit that *request* tells of; tell whether it counted."""
    place = place_of(request.path_info.removeprefix(PREFIX))
    browser = request.headers.get("User-Agent", "")[:LONGEST]
    if place is None or not browser or MACHINES.search(browser) or not _wants_to_count(request):
        return False
    language = request.headers.get("Accept-Language", "")[:LONGEST]
    writing.begin()
    return tally.count(
        place,
        address=address_of(request),
        browser=f"{browser}\0{language}",
        day=clock.today(),
        now=time.monotonic(),
    )


def _wants_to_count(request: HttpRequest) -> bool:
    asked = request.headers
    followed = asked.get("Sec-GPC") != "1" and asked.get("DNT") != "1"
    # browsers say where a request comes from; another site could have its readers count for us
    return followed and asked.get("Sec-Fetch-Site", "same-origin") == "same-origin"
