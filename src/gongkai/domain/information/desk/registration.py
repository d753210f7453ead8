"""The next registration number of a normative document, taken for one item."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.domain.information.actions import save
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.models import Kind
from gongkai.domain.information.numbering import take_registration


class RegisterView(ItemScreen):
    """Give the document the next number of its organisation's rule."""

    act = "information.edit"

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Take the number and write it into the item."""
        values: dict[str, Any] = {}
        if self.content.kind == Kind.OTHER:
            values["kind"] = Kind.NORMATIVE
        if self.content.registration_number:
            messages.error(request, f"已经有登记号 {self.content.registration_number}，没有另取。")
            return HttpResponseRedirect(self.here("edit"))
        try:
            with transaction.atomic():
                values["registration_number"] = take_registration(self.item.organisation)
                save(self.item, by=self.reader, values=values)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已登记为 {values['registration_number']}。")
        return HttpResponseRedirect(self.here("edit"))

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: registering is a matter of POST."""
        return HttpResponseRedirect(self.here("edit"))
