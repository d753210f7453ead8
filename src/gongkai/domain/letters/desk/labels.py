"""Labels for envelopes, on sheets of labels."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.core.rendering.label import Envelope, label_file
from gongkai.domain.applications import policies as applications
from gongkai.domain.applications.actions import see_identity
from gongkai.domain.applications.models import Application
from gongkai.domain.letters import policies
from gongkai.domain.letters.errors import NoAddress
from gongkai.foundation import clock
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import NotAllowed, NotThere


def sheet(request: HttpRequest, label: Envelope) -> HttpResponse:
    """Return a sheet with one label; ``?first=5`` begins with the fifth of a begun sheet.

    Raises:
        Refusal: There is no such place on the sheet.
    """
    told = request.GET.get("first", "")
    first = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1
    answer = HttpResponse(label_file([label], clock.today(), first=first))
    answer["Content-Type"] = "application/pdf"
    answer["Cache-Control"] = "no-store"
    return answer


def addressed(row: Application, who: str, address: str, postcode: str) -> Envelope:
    """Return the label of an envelope.

    Raises:
        NoAddress: Nobody has noted one down.
    """
    if not address.strip():
        raise NoAddress
    guide = getattr(row.organisation, "guide", None)
    place = guide.address if guide else ""
    return Envelope(
        row.number, postcode, address, who, f"{row.organisation.name}　{place}".strip("　")
    )


class EnvelopeView(DeskView):
    """The label for whatever is sent to the applicant: looking at the address is on record."""

    act = policies.HANDLE

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Send it."""
        row = applications.fetch(self.reader, self.kwargs["key"])
        try:
            seen = see_identity(row, by=self.reader)
            label = addressed(seen, str(seen.name), str(seen.address), str(seen.postcode))
            return sheet(request, label)
        except NotAllowed:
            raise NotThere(what="这件申请的申请人") from None
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(row.get_absolute_url())
