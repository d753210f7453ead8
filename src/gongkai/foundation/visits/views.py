"""``GET /visits/<address>``: how often a page was opened, for the page itself to show."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gongkai.foundation.permissions import NotThere
from gongkai.foundation.visits.counting import tally
from gongkai.foundation.visits.queries import total
from gongkai.foundation.visits.registry import place_of, sources


@require_safe
def visits(request: HttpRequest, address: str) -> JsonResponse:  # noqa: ARG001  # Django's signature
    """Tell the number of a page that is public now; of others not even that there are some."""
    place = place_of(f"/{address}")
    if place is None or place[1] not in sources()[place[0]].pages([place[1]]):
        raise NotThere(what="这个页面")
    response = JsonResponse({"visits": total(place) + tally.waiting(place)})
    response["Cache-Control"] = "public, max-age=60"
    return response
