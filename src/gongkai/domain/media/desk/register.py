"""The list, and one site or account with its history."""

from typing import Any
from urllib.parse import quote

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse

from gongkai.domain.media import policies, sheets
from gongkai.domain.media.actions.open import others_on
from gongkai.domain.media.models import Account, Inspection, Site
from gongkai.domain.media.platforms import platform_choices
from gongkai.domain.media.surveying import reachability
from gongkai.foundation import clock
from gongkai.foundation.desk import DeskView
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOME = Crumb("网站和新媒体名录", "/desk/media/")
SHOWS = {"sites": "网站", "accounts": "新媒体账号"}
STATES = {"open": "在用", "closed": "已关停", "all": "全部"}
CONCLUSIONS = dict(Inspection.Conclusion.choices)


def listed(found: QuerySet[Any], query: dict[str, str]) -> QuerySet[Any]:
    """Return what *query* asks for, with the last conclusion of each."""
    if text := query.get("q", "").strip()[:60]:
        found = found.filter(name__icontains=text) | found.filter(
            organisation__name__icontains=text
        )
    if (platform := query.get("platform", "")) and found.model is Account:
        found = found.filter(platform=platform)
    state = query.get("state", "open")
    if state == "open":
        found = found.open_on()  # type: ignore[attr-defined]  # of RegisteredQuerySet
    elif state == "closed":
        found = found.filter(closed__lte=clock.today())
    field = "site" if found.model is Site else "account"
    last = Inspection.objects.filter(**{field: OuterRef("pk")}).order_by("-pk")
    narrowed: QuerySet[Any] = found.annotate(
        conclusion=Subquery(last.values("conclusion")[:1]),
        inspected=Subquery(last.values("day")[:1]),
    )
    return narrowed


class Index(DeskView):
    """Sites or accounts that one may know of."""

    act = policies.VIEW
    title = "网站和新媒体名录"
    template_name = "media/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list and the filters."""
        query = {key: str(value) for key, value in self.request.GET.items()}
        show = query.get("show") if query.get("show") in SHOWS else "sites"
        model = policies.sites if show == "sites" else policies.accounts
        page = page_of(self.request, listed(model(self.reader), query))
        for thing in page:
            thing.conclusion_in_words = CONCLUSIONS.get(thing.conclusion or "", "")
        return super().get_context_data(
            show=show,
            shows=SHOWS.items(),
            states=STATES.items(),
            state=query.get("state", "open"),
            q=query.get("q", ""),
            platform=query.get("platform", ""),
            platforms=platform_choices(),
            page=page,
            may_keep=self.reader.may(policies.KEEP),
            is_narrowed=bool(
                query.get("q") or query.get("platform") or query.get("state", "open") != "open"
            ),
            **kwargs,
        )


class ThingPage(DeskView):
    """What a page of either has."""

    act = policies.VIEW
    crumbs = (HOME,)
    model: type[Site] | type[Account]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it."""
        super().setup(request, *args, **kwargs)
        self.thing = policies.fetch(self.reader, self.model, kwargs["key"])

    def get_title(self) -> str:
        """Return its name."""
        return str(self.thing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its history and what may be done."""
        thing, path = self.thing, str(self.thing.organisation.path)
        is_open = thing.closed is None
        return super().get_context_data(
            thing=thing,
            alterations=thing.alterations.order_by("-day", "-pk"),
            inspections=thing.inspections.select_related("by")[:20],
            may_keep=is_open and self.reader.may(policies.KEEP, path),
            may_inspect=is_open and self.reader.may(policies.INSPECT, path),
            **kwargs,
        )


class SitePage(ThingPage):
    """One website."""

    model = Site
    template_name = "media/site.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the columns and how well it can be reached."""
        share, probes = reachability(self.thing)
        return super().get_context_data(
            columns=self.thing.columns.all(),
            probes=probes,
            unreachable=share,
            last_probe=self.thing.probes.first(),
            **kwargs,
        )


class AccountPage(ThingPage):
    """One account."""

    model = Account
    template_name = "media/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what else the unit has there."""
        account = self.thing
        others = (
            others_on(account.platform, account.organisation, but=account.pk)
            if account.is_open()
            else 0
        )
        return super().get_context_data(others=others, **kwargs)


@behind(policies.VIEW)
def export(request: HttpRequest) -> HttpResponse:
    """Return the register as a workbook."""
    reader = reader_of(request)
    content = sheets.register(policies.sites(reader), policies.accounts(reader))
    return workbook(content, f"网站和新媒体名录-{clock.today():%Y%m%d}.xlsx")


def workbook(content: bytes, name: str) -> HttpResponse:
    """Return *content* as a download."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
