"""What is owed: the list, and one obligation with how its day was counted and what fulfils it."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.core.directories import fields
from gongkai.core.refusal import Refusal
from gongkai.core.reminders import reminder
from gongkai.core.titles import quoted
from gongkai.domain.directory import actions, policies
from gongkai.domain.directory.actions.propose import public_items, years_open
from gongkai.domain.directory.desk import forms
from gongkai.domain.directory.desk.columns import own_unit
from gongkai.domain.directory.jobs import propose_items
from gongkai.domain.directory.models import Entry, Fulfilment, Obligation, State
from gongkai.domain.directory.periods import bounds
from gongkai.domain.directory.queries import due_by_unit, tally, waiting_proposals
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.permissions import NotThere

HOME = Crumb("公开义务", "/desk/directory/obligations/")
TONES = {
    State.OVERDUE: "is-bad",
    State.SOON: "is-warn",
    State.OPEN: "is-plain",
    State.LATE: "is-warn",
    State.DONE: "is-good",
    State.WAIVED: "is-plain",
}
FOUND = 12
ALL = "all"
"""In place of a year: what is overdue does not end with it."""


def number(text: str, default: int = 0) -> int:
    """Return the whole number that *text* is, or *default*."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def year_of(request: HttpRequest) -> int:
    """Return the year that the address asks for, this one where it asks for none or nonsense."""
    asked = number(request.GET.get("year", ""))
    return asked if 2008 <= asked <= 2098 else clock.today().year


class ListView(DeskView):
    """The obligations of a unit, or of all within reach."""

    act = policies.VIEW
    title = "公开义务"
    template_name = "directory/obligations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter and tell how they stand."""
        query = self.request.GET
        day = clock.today()
        year: int | str = year_of(self.request)
        units = policies.units_visible_to(self.reader).filter(assignments__isnull=False).distinct()
        mine = own_unit(self.reader)
        asked = query.get("unit", str(mine.pk) if mine and "unit" not in query else "")
        shown = policies.obligations_visible_to(self.reader)
        if query.get("year") == ALL:
            year = ALL
        else:
            shown = shown.filter(year=year)
        unit = units.filter(pk=number(asked)).first()
        if unit:
            shown = shown.filter(unit=unit)
        if (field := query.get("field", "")) in fields():
            shown = shown.filter(field=field)
        counts = tally(shown, day)
        state = query.get("state", "")
        if state in State.values:
            shown = shown.in_state(state, day)
        if text := query.get("q", "").strip():
            shown = shown.filter(entry__in=_matching(text))
        shown = shown.select_related("entry", "unit").order_by(
            F("due").asc(nulls_last=True), "entry__first", "pk"
        )
        page = page_of(self.request, shown)
        return super().get_context_data(
            page=page,
            rows=[(o, (state := o.state_on(day)).label, TONES[state]) for o in page],
            counts=counts,
            soon=reminder("obligation-due").shown,
            unit=unit,
            units=forms.unit_choices(units),
            field_titles=[(key, facts.title) for key, facts in fields().items()],
            states=State.choices,
            years=range(day.year + 1, day.year - 4, -1),
            query={
                "unit": asked,
                "field": field,
                "state": query.get("state", ""),
                "q": text,
                "year": year,
            },
            tab="list",
            today=day,
            **kwargs,
        )


def _matching(text: str) -> Any:
    return Entry.objects.filter(
        Q(first__icontains=text) | Q(second__icontains=text) | Q(content__icontains=text)
    ).values("pk")


class ObligationScreen(DeskView):
    """A screen about one obligation."""

    act = policies.VIEW

    @cached_property
    def obligation(self) -> Obligation:
        """Return it."""
        return policies.fetch_obligation(self.reader, self.kwargs["key"])

    def here(self) -> str:
        """Return the address of its page."""
        return reverse("directory:obligation", args=[self.obligation.pk])

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        unit = self.obligation.unit
        return [HOME, Crumb(str(unit), f"{HOME.href}?unit={unit.pk}")]


class ObligationView(ObligationScreen):
    """One obligation."""

    template_name = "directory/obligation.html"

    def get_title(self) -> str:
        """Return the matter."""
        return str(self.obligation.entry)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how its day was counted, what fulfils it and what may be done."""
        obligation, day = self.obligation, clock.today()
        listing = obligation.listing
        state = obligation.state_on(day)
        path = str(obligation.unit.path)
        text = self.request.GET.get("q", "").strip()
        found = []
        if text:
            found = list(
                public_items()
                .filter(organisation=obligation.unit, title__icontains=text)
                .exclude(
                    pk__in=obligation.fulfilments.exclude(status=Fulfilment.Status.DECLINED).values(
                        "item"
                    )
                )
                .order_by("-published_on", "-pk")[:FOUND]
            )
        return super().get_context_data(
            obligation=obligation,
            entry=obligation.entry,
            listing=listing,
            limit=listing.limit,
            state=state,
            tone=TONES[state],
            deadline=_deadline(obligation),
            fulfilments=obligation.fulfilments.select_related("item", "decided_by").order_by(
                "status", "-score"
            ),
            proposed=obligation.fulfilments.filter(status=Fulfilment.Status.PROPOSED).exists(),
            others=Obligation.objects.filter(
                entry=obligation.entry, unit=obligation.unit, year=obligation.year
            )
            .exclude(pk=obligation.pk)
            .order_by(F("due").asc(nulls_last=True), "pk")[:FOUND],
            text=text,
            found=found,
            may_fulfil=self.reader.may("directory.fulfil", path) and not obligation.waived,
            may_waive=self.reader.may("directory.waive", path),
            may_open=self.reader.may("directory.open", path) and listing.limit_kind == "event",
            today=day,
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Confirm or decline a proposal, or link an item by hand."""
        obligation = self.obligation
        try:
            if "item" in request.POST:
                item = (
                    public_items()
                    .filter(pk=number(request.POST["item"]), organisation=obligation.unit)
                    .first()
                )
                if item is None:
                    raise NotThere(what="这条信息")
                actions.link(obligation, item=item, by=self.reader)
                messages.success(request, "已关联，这项义务记为已履行。")
            else:
                decide(self, obligation.fulfilments.all())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(self.here())


def decide(view: DeskView, among: Any) -> None:
    """Confirm or decline what was ticked on *view*, among those that are shown there."""
    post = view.request.POST
    keys = [number(key) for key in post.getlist("fulfilment")]
    confirm = post.get("decision") == "confirm"
    chosen = among.filter(pk__in=keys, status=Fulfilment.Status.PROPOSED)
    count = (actions.confirm if confirm else actions.decline)(list(chosen), by=view.reader)
    word = "确认" if confirm else "否定"
    if count:
        messages.success(view.request, f"已{word} {count} 条。")
    else:
        messages.warning(view.request, "没有选中待确认的条目。请先勾选。")


def _deadline(obligation: Obligation) -> Any:
    """Return how its day was counted, where it was counted from something."""
    limit = obligation.listing.limit
    if obligation.formed:
        return limit.due(obligation.formed)
    if limit.kind == "regular":
        return limit.due(bounds(obligation.period)[1])
    return None


class ProposalsView(DeskView):
    """All proposals that wait, to be confirmed many at a time."""

    act = policies.VIEW
    title = "待确认的履行建议"
    template_name = "directory/proposals.html"
    crumbs: ClassVar[Sequence[Crumb]] = (HOME,)

    def waiting(self) -> Any:
        """Return them."""
        return waiting_proposals(policies.fulfilments_visible_to(self.reader))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of them."""
        return super().get_context_data(
            page=page_of(self.request, self.waiting()),
            may_fulfil=self.reader.may("directory.fulfil"),
            tab="proposals",
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Decide, or look for more."""
        try:
            if "search" in request.POST:
                self._search()
            else:
                decide(self, policies.fulfilments_visible_to(self.reader))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("directory:proposals")

    def _search(self) -> None:
        self.reader.must("directory.fulfil")
        units = policies.units_visible_to(self.reader, "directory.fulfil")
        start(
            propose_items,
            by=self.reader,
            arguments={
                "units": list(units.values_list("pk", flat=True)),
                "years": years_open(clock.today()),
            },
            title="查找可能已履行义务的信息",
        )
        messages.success(self.request, "正在查找，找到的会列在这里。")


class OccasionView(ObligationScreen, FormView):
    """Something came into being."""

    act = "directory.open"
    title = "登记形成的信息"
    form_class = forms.OccasionForm
    submit = "登记"
    done = "已登记，应公开日期已算好。"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Add the obligation."""
        return [*super().get_crumbs(), Crumb(str(self.obligation.entry), self.here())]

    def get_back(self) -> str:
        """Lead back to the obligation."""
        return self.here()

    def act_on(self, data: dict[str, Any]) -> str:
        """Open the obligation that follows."""
        obligation = self.obligation
        made = actions.open_occasion(obligation.entry, unit=obligation.unit, by=self.reader, **data)
        return reverse("directory:obligation", args=[made.pk])


class RevokeView(ObligationScreen, FormView):
    """An item was confirmed that does not fulfil it."""

    act = "directory.fulfil"
    title = "撤销履行确认"
    form_class = forms.ReasonForm
    submit = "撤销确认"
    done = "已撤销，已重新计算是否履行。"

    @cached_property
    def fulfilment(self) -> Fulfilment:
        """Return what was confirmed."""
        found = self.obligation.fulfilments.select_related("item", "obligation__unit")
        row = found.filter(pk=self.kwargs["fulfilment"], status=Fulfilment.Status.CONFIRMED).first()
        if row is None:
            raise NotThere(what="这条履行确认")
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which item."""
        self.intro = (
            f"{quoted(self.fulfilment.item.title)}不是“{self.obligation.entry}”要公开的内容。"
            "撤销后按其余确认的信息重新计算，系统不再提议这一条。"
        )
        return super().get_context_data(**kwargs)

    def get_back(self) -> str:
        """Lead back to the obligation."""
        return self.here()

    def act_on(self, data: dict[str, Any]) -> str:
        """Take it back."""
        actions.revoke(self.fulfilment, by=self.reader, **data)
        return self.here()


class WaiveView(ObligationScreen, FormView):
    """There is nothing to publish."""

    act = "directory.waive"
    title = "免除这项义务"
    form_class = forms.ReasonForm
    submit = "免除"
    done = "已免除，理由已留痕。"
    intro = "用于当期确实没有可公开的信息，或者法律不允许公开。免除的义务不计入覆盖率。"

    def get_back(self) -> str:
        """Lead back to the obligation."""
        return self.here()

    def act_on(self, data: dict[str, Any]) -> str:
        """Waive, or take the waiver back."""
        if self.obligation.waived:
            actions.restore(self.obligation, by=self.reader, **data)
        else:
            actions.waive(self.obligation, by=self.reader, **data)
        return self.here()

    def get_title(self) -> str:
        """Say which."""
        return "恢复这项义务" if self.obligation.waived else self.title

    def get_done(self) -> str:
        """Say what was done."""
        return self.done if self.obligation.waived else "已恢复。"


def due_panel(reader: Any) -> dict[str, Any] | None:
    """Return what is overdue, due today and due this week, for the first page."""
    if not reader.may(policies.VIEW):
        return None
    day = clock.today()
    owed = policies.obligations_visible_to(reader).owed()
    own = owed.filter(unit__in={standing.unit for standing in reader.standings})
    week: date = day + timedelta(days=6 - day.weekday())
    rows = list(
        own.filter(due__lte=week)
        .select_related("entry", "unit")
        .order_by("due", "pk")[: FOUND // 2]
    )
    units = [row for row in due_by_unit(owed, day) if row["overdue"]][: FOUND // 2]
    if not rows and not units:
        return None
    overdue = owed.filter(due__lt=day).count()
    return {
        "count": overdue,
        "rows": [(o, (state := o.state_on(day)).label, TONES[state]) for o in rows],
        "units": units if len({row["key"] for row in units}) > 1 else [],
        "more": f"{HOME.href}?state=overdue&year={ALL}&unit=",
    }
