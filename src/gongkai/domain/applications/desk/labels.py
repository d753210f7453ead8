"""The label for a paper file: its number as bars, which a scanner types into the search field."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.days import in_chinese
from gongkai.core.refusal import Refusal
from gongkai.core.rendering.label import Label, label_file
from gongkai.domain.applications import policies
from gongkai.domain.applications.desk.case import PartOfCase
from gongkai.foundation import clock


class LabelView(PartOfCase):
    """A sheet with one label; nothing on it tells who applied."""

    act = policies.VIEW

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Send it; ``?first=5`` begins with the fifth label of a begun sheet."""
        row = self.application
        told = request.GET.get("first", "")
        first = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1
        day = row.received or clock.today()
        label = Label(row.number, row.organisation.name, (f"{in_chinese(day)}收到",))
        try:
            made = label_file([label], clock.today(), first=first)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(row.get_absolute_url())
        return HttpResponse(made, content_type="application/pdf")
