"""The columns of an organisation: one table, comfortable with a hundred and thirty of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.core.directories import criteria, days_of, preset
from gongkai.core.refusal import Refusal
from gongkai.domain.directory import actions, policies
from gongkai.domain.directory.desk import forms
from gongkai.domain.directory.kinds import focus_choices
from gongkai.domain.directory.models import Column
from gongkai.domain.directory.queries import Holding, health, holdings, mark_of
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.keys import key_of

HOME = Crumb("栏目", "/desk/directory/columns/")
MARKS = {"blank": "空白", "stale": "未按期更新"}


def own_unit(reader: Any) -> Organisation | None:
    """Return the unit that *reader* begins with: that of the first post."""
    units = policies.units_visible_to(reader)
    for standing in reader.standings:
        found: Organisation | None = units.filter(pk=standing.unit).first()
        if found:
            return found
    first: Organisation | None = units.first()
    return first


class IndexView(DeskView):
    """Lead to the columns of one's own unit, or of the one looked for."""

    act = policies.VIEW
    title = "栏目"
    template_name = "directory/columns.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead there."""
        text = request.GET.get("unit", "").strip()
        units = policies.units_visible_to(self.reader)
        found = units.filter(name=text).first() or (text and units.matching(text).first())
        unit = found or own_unit(self.reader)
        if text and not found:
            messages.error(request, f"您的岗位范围内没有名称含“{text}”的单位。请换个写法再找。")
        if unit is None:
            return super().get(request, *args, **kwargs)
        return redirect("directory:columns", unit.pk)


def rows_of(unit: Organisation, *, live: bool) -> list[dict[str, Any]]:
    """Return the rows of the table, three queries."""
    columns = list(Column.objects.of(unit).filter(live=live).select_related("successor"))
    held = holdings(organisation=unit)
    today = clock.today()
    neighbours: dict[str, list[Column]] = {}
    for column in columns:
        neighbours.setdefault(column.parent_path, []).append(column)
    rows = []
    for column in columns:
        holding = held.get(column.pk, Holding())
        mark = mark_of(column, holding, today)
        beside = neighbours[column.parent_path]
        rows.append(
            {
                "column": column,
                "holding": holding,
                "mark": mark,
                "mark_title": MARKS.get(mark, ""),
                "depth": column.depth - Column.SECTION_DEPTH + 1,
                "fixed": bool(column.key) and column.depth <= Column.SECTION_DEPTH,
                "first": beside[0] is column,
                "last": beside[-1] is column,
                "days": days_of(column.freshness),
                "unconfirmed": _unconfirmed(column),
            }
        )
    return rows


def _unconfirmed(column: Column) -> bool:
    try:
        return bool(column.key) and not preset(column.key).confirmed
    except Refusal:
        return False


class UnitScreen(DeskView):
    """A screen about the columns of one organisation."""

    act = policies.VIEW

    @cached_property
    def unit(self) -> Organisation:
        """Return the organisation."""
        return policies.fetch_unit(self.reader, self.kwargs["unit"])

    @property
    def may_edit(self) -> bool:
        """Tell whether the columns may be changed."""
        return self.reader.may("directory.columns", str(self.unit.path))


class ColumnsView(UnitScreen):
    """The table."""

    title = "栏目"
    template_name = "directory/columns.html"

    def get_title(self) -> str:
        """Return whose."""
        return f"{self.unit}的栏目"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows and how they stand."""
        rows = rows_of(self.unit, live=True)
        closed = Column.objects.of(self.unit).filter(live=False).select_related("successor")
        here = health([self.unit.pk]).get(self.unit.pk)
        known = criteria()
        kwargs["unit"] = self.unit  # in place of its key, which stands in the address
        return super().get_context_data(
            rows=rows,
            closed=closed,
            health=here,
            failed=[known[key] for key in here.fails] if here else [],
            blank_limit=known["blank"].limit,
            late=sum(here.late.values()) if here else 0,
            late_limit=known["dynamic"].limit,
            items=sum(row["holding"].count for row in rows),
            may_edit=self.may_edit,
            focuses=focus_choices(),
            several=not self.reader.reach(policies.VIEW).units
            or self.reader.reach(policies.VIEW).trees,
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Set the section up, or put a column in another place."""
        here = reverse("directory:columns", args=[self.unit.pk])
        try:
            if "preset" in request.POST:
                made = [c for c in actions.set_up(self.unit, by=self.reader) if not c.is_top]
                messages.success(
                    request,
                    f"已建立 {len(made)} 个栏目。" if made else "预设的栏目都已经有了。",
                )
                return HttpResponseRedirect(here)
            if "focus" in request.POST:
                made = list(
                    actions.set_up_focus(self.unit, which=request.POST["focus"], by=self.reader)
                )
                messages.success(request, f"已建立 {len(made)} 个重点领域栏目。")
                return HttpResponseRedirect(here)
            column = self._place(request.POST)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(here)
        if request.headers.get("HX-Request"):
            context = {"rows": rows_of(self.unit, live=True), "may_edit": True, "unit": self.unit}
            return render(request, "directory/column_rows.html", context)
        return HttpResponseRedirect(f"{here}#column-{column.pk}")

    def _place(self, sent: QueryDict) -> Column:
        """Put a column one place up or down, or where it was dragged to; return it."""

        def named(name: str) -> Column:
            return policies.fetch_column(self.reader, key_of(sent.get(name, "")))

        if "dragged" in sent:
            column = named("dragged")
            place: Literal["before", "after"] = "after" if "after" in sent else "before"
            actions.move(column, target=named(place), place=place, by=self.reader)
            return column
        column = named("down" if "down" in sent else "up")
        actions.step(column, down="down" in sent, by=self.reader)
        return column


class ColumnScreen(FormView):
    """A form that does one thing to one column."""

    act = "directory.columns"

    @cached_property
    def column(self) -> Column:
        """Return the column."""
        return policies.fetch_column(self.reader, self.kwargs["key"])

    @property
    def unit(self) -> Organisation:
        """Return whose it is."""
        return self.column.organisation

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME, Crumb(str(self.unit), self.get_back())]

    def get_back(self) -> str:
        """Lead back to the table, at the column."""
        return reverse("directory:columns", args=[self.unit.pk])

    def back_at(self) -> str:
        """Lead back to the column in the table."""
        return f"{self.get_back()}#column-{self.column.pk}"

    def others(self) -> Any:
        """Return the other open columns of the same organisation, without those below this one."""
        return Column.objects.of(self.unit).open().exclude(path__startswith=self.column.path)


class AddView(UnitScreen, FormView):
    """A column of one's own."""

    act = "directory.columns"
    title = "新建栏目"
    form_class = forms.AddForm
    submit = "新建"
    done = "已新建栏目。"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME, Crumb(str(self.unit), self.get_back())]

    def get_back(self) -> str:
        """Lead back to the table."""
        return reverse("directory:columns", args=[self.unit.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin below the group one came from, as a list."""
        return {"initial": {"kind": "list", "parent": self.request.GET.get("parent", "")}}

    def get_form(self) -> forms.AddForm:
        """Offer the groups."""
        form = super().get_form()
        form.fields["parent"].offer(Column.objects.of(self.unit).open().filter(kind="group"))  # type: ignore[attr-defined]  # our own field
        return form  # type: ignore[return-value]  # its class is set above

    def act_on(self, data: dict[str, Any]) -> str:
        """Add it."""
        parent = policies.fetch_column(self.reader, data.pop("parent"))
        made = actions.add(parent, by=self.reader, **data)
        return f"{self.get_back()}#column-{made.pk}"


class AmendView(ColumnScreen):
    """Name, kind, rule of update."""

    title = "修改栏目"
    form_class = forms.ColumnForm
    template_name = "directory/column.html"

    def get_title(self) -> str:
        """Return its name."""
        return str(self.column.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what stands."""
        names = forms.ColumnForm.base_fields
        return {"initial": {name: getattr(self.column, name) for name in names}}

    @property
    def is_fixed(self) -> bool:
        """Tell whether it is a part of the section, whose name and kind are the same everywhere."""
        return bool(self.column.key) and self.column.depth <= Column.SECTION_DEPTH

    def get_form(self) -> Any:
        """Close what cannot be changed."""
        form = super().get_form()
        for name in ("title", "kind") if self.is_fixed else ():
            form.fields[name].disabled = True
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what else can be done."""
        column = self.column
        return super().get_context_data(
            column=column,
            fixed=self.is_fixed,
            unconfirmed=_unconfirmed(column),
            holding=holdings([column.pk]).get(column.pk, Holding()),
            **kwargs,
        )

    def act_on(self, data: dict[str, Any]) -> str:
        """Amend."""
        actions.amend(self.column, facts=data, by=self.reader)
        return self.back_at()


class MoveView(ColumnScreen):
    """Below another group."""

    title = "移动栏目"
    form_class = forms.MoveForm
    submit = "移动"
    done = "已移动，网址不变。"

    def get_form(self) -> forms.MoveForm:
        """Offer the groups."""
        form = super().get_form()
        form.fields["parent"].offer(self.others().filter(kind="group"))  # type: ignore[attr-defined]  # our own field
        return form  # type: ignore[return-value]  # its class is set above

    def act_on(self, data: dict[str, Any]) -> str:
        """Move."""
        target = policies.fetch_column(self.reader, data["parent"])
        actions.move(self.column, target=target, place="below", by=self.reader)
        return self.back_at()


class MergeView(ColumnScreen):
    """Into another."""

    title = "合并栏目"
    form_class = forms.MergeForm
    submit = "合并"
    done = "已合并，原网址自动转到承接的栏目。"

    def get_form(self) -> forms.MergeForm:
        """Offer columns that can hold items."""
        form = super().get_form()
        form.fields["into"].offer(self.others().holding_items())  # type: ignore[attr-defined]  # our own field
        return form  # type: ignore[return-value]  # its class is set above

    def act_on(self, data: dict[str, Any]) -> str:
        """Merge."""
        into = policies.fetch_column(self.reader, data["into"])
        actions.merge(self.column, into=into, reason=data["reason"], by=self.reader)
        return f"{self.get_back()}#column-{into.pk}"


class CloseView(ColumnScreen):
    """No more."""

    title = "关闭栏目"
    form_class = forms.CloseForm
    submit = "关闭栏目"
    done = "已关闭。需要时可以在“已关闭的栏目”里重新启用。"

    def get_form(self) -> forms.CloseForm:
        """Offer every other column."""
        form = super().get_form()
        form.fields["successor"].offer(self.others())  # type: ignore[attr-defined]  # our own field
        return form  # type: ignore[return-value]  # its class is set above

    def act_on(self, data: dict[str, Any]) -> str:
        """Close."""
        key = data["successor"]
        successor = policies.fetch_column(self.reader, key) if key else None
        actions.close(self.column, successor=successor, reason=data["reason"], by=self.reader)
        return self.get_back()


class ReopenView(ColumnScreen):
    """Open again."""

    title = "重新启用栏目"

    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Do it."""
        actions.reopen(self.column, by=self.reader)
        messages.success(request, f"已重新启用“{self.column}”。")
        return HttpResponseRedirect(self.back_at())

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: that is a matter of POST."""
        return HttpResponseRedirect(self.get_back())


def today_panel(reader: Any) -> Mapping[str, Any] | None:
    """Return the units within reach whose columns fail the inspection, for the first page."""
    if not reader.may(policies.VIEW):
        return None
    units = policies.units_visible_to(reader)
    found = {
        key: state
        for key, state in health(units.values_list("pk", flat=True)).items()
        if state.fails
    }
    if not found:
        return None
    known = criteria()
    worst = sorted(found, key=lambda key: (-len(found[key].fails), -found[key].blank))[:6]
    named = {unit.pk: unit for unit in Organisation.objects.filter(pk__in=worst)}
    return {
        "count": len(found),
        "rows": [
            {
                "unit": named[key],
                "health": found[key],
                "why": [known[name].title for name in found[key].fails],
            }
            for key in worst
        ],
        "more": reverse("directory:watched"),
    }
