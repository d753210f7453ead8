"""The tree, and looking for an organisation."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.domain.organisations import policies
from gongkai.domain.organisations.kinds import kind_choices, level_choices
from gongkai.domain.organisations.queries import ancestors
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of

VIEW = "organisations.view"
MOST = 10
OPEN_DEPTH = 2
"""How deep the tree is open when one comes to it."""


class TreeView(DeskView):
    """All organisations as a tree, or those that match a search as a list."""

    act = VIEW
    title = "机构"
    template_name = "organisations/tree.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows."""
        query = self.request.GET
        text, kind, level = (query.get(key, "").strip() for key in ("q", "kind", "level"))
        with_closed = bool(query.get("closed"))
        visible = policies.visible_to(self.reader)
        shown = visible if with_closed else visible.in_being()
        is_search = bool(text or kind or level or with_closed)
        if text:
            shown = shown.matching(text)
        if kind:
            shown = shown.filter(kind=kind)
        if level:
            shown = shown.filter(level=level)
        if is_search:
            page = page_of(self.request, shown)
            above = ancestors(page.object_list)
            rows = [
                {"organisation": o, "way": [above[p] for p in o.ancestor_paths if p in above]}
                for o in page.object_list
            ]
            kwargs |= {"page": page, "rows": rows}
        else:
            kwargs |= {"nodes": shown.filter(depth__lte=OPEN_DEPTH)}
        return super().get_context_data(
            is_search=is_search,
            query={"q": text, "kind": kind, "level": level, "closed": with_closed},
            kinds=kind_choices(),
            levels=level_choices(),
            total=visible.in_being().count(),
            open_depth=OPEN_DEPTH,
            may_edit=self.reader.may("organisations.edit"),
            **kwargs,
        )


@behind(VIEW)
def children(request: HttpRequest, key: int) -> HttpResponse:
    """Return the rows right below one organisation."""
    organisation = policies.fetch(reader_of(request), key)
    below = policies.visible_to(reader_of(request)).in_being().below(organisation)
    nodes = below.filter(depth=organisation.depth + 1)
    return render(request, "organisations/rows.html", {"nodes": nodes, "open_depth": 0})


@behind(VIEW)
def suggest(request: HttpRequest) -> HttpResponse:
    """Return proposals for what is being typed, as options."""
    text = request.GET.get("q", "").strip()
    found = []
    if text:
        found = list(
            policies.visible_to(reader_of(request))
            .in_being()
            .filter(Q(name__icontains=text) | Q(short__icontains=text))[:MOST]
        )
    return render(request, "organisations/options.html", {"organisations": found})
