"""A sheet for the notice board: what is chosen, how it prints, as a page and as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.core.rendering.qr import code_of
from gongkai.core.rendering.sheet import Sheet, sheet_file
from gongkai.domain.channels import policies, printing
from gongkai.domain.channels.desk.board import HOME
from gongkai.domain.channels.errors import NothingChosen
from gongkai.domain.channels.models import State
from gongkai.domain.channels.models.release import BOARD
from gongkai.domain.information.models import Item
from gongkai.domain.information.policies import visible_to
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.keys import keys_of
from gongkai.foundation.permissions import Reader, behind
from gongkai.foundation.permissions.guard import reader_of

MOST = 12
"""Notices of one sheet."""
RECENT = 30


class ChooseView(DeskView):
    """What may be posted: what is planned for the board, and what is new."""

    act = "channels.view"
    title = "公开栏张贴页"
    subtitle = "选好信息，打印 A3 张贴页；张贴后在各条任务里登记照片"
    template_name = "channels/sheet.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add planned and recent items."""
        planned = policies.visible_to(self.reader).filter(
            outlet=BOARD, state=State.PLANNED, item__live=True
        )
        first = [release.item for release in planned.order_by("due", "pk")[:MOST]]
        known = {item.pk for item in first}
        recent = _public(self.reader).order_by("-published_on", "-pk")[: RECENT + len(known)]
        return super().get_context_data(
            planned=first,
            recent=[item for item in recent if item.pk not in known][:RECENT],
            most=MOST,
            **kwargs,
        )


class PrintView(DeskView):
    """The sheet as a page to be printed from the browser."""

    act = "channels.view"
    title = "公开栏张贴页"
    template_name = "channels/sheet_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheet."""
        items = _chosen(self.reader, self.request)
        return super().get_context_data(
            sheet=_sheet(items, self.reader),
            notices=[(item, printing.absolute(item.address), _code(item)) for item in items],
            **kwargs,
        )


@behind("channels.view")
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """Give the sheet as a PDF file of A3 pages."""
    reader = reader_of(request)
    items = _chosen(reader, request)
    response = HttpResponse(sheet_file(_sheet(items, reader)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="notice-board.pdf"'
    return response


def _public(reader: Reader) -> Any:
    return visible_to(reader).public().select_related("organisation")


def _chosen(reader: Reader, request: HttpRequest) -> list[Item]:
    """Return the items that were ticked, in the order of ticking, none that is not public.

    Raises:
        NothingChosen: There are none.
    """
    keys = keys_of(request.GET.getlist("item"))[:MOST]
    found = _public(reader).in_bulk(keys)
    items = [found[key] for key in keys if key in found]
    if not items:
        raise NothingChosen
    return items


def _sheet(items: list[Item], reader: Reader) -> Sheet:
    """Return the sheet in the name of the unit whose items they are, or of one's own where there are several."""
    unit = items[0].organisation
    own = [standing.unit for standing in reader.standings]
    if len({item.organisation_id for item in items}) > 1 and own:
        unit = Organisation.objects.get(pk=own[0])
    return printing.sheet_of(items, unit, day=clock.today())


def _code(item: Item) -> Any:
    return code_of(printing.absolute(item.address))
