"""What is to be released, by outlet, and what was."""

from typing import Any

from gongkai.core.codes import outlets
from gongkai.domain.channels import policies, queries
from gongkai.domain.channels.models import Release, State
from gongkai.domain.channels.models.release import OPEN
from gongkai.domain.channels.texts import text_of
from gongkai.foundation import clock
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView

HOME = Crumb("公开渠道", "/desk/channels/")
STATES = {
    "open": ("待办", OPEN),
    "done": ("已发布", (State.DONE,)),
    "over": ("不发布、已撤下", (State.GIVEN_UP, State.TAKEN_DOWN)),
}
TONES = {
    State.PLANNED: "",
    State.DONE: "is-good",
    State.GIVEN_UP: "is-plain",
    State.TAKE_DOWN: "is-warn",
    State.TAKEN_DOWN: "is-plain",
}
SIZE = 20
MOST = 2000
"""Releases that can be paged through; what lies further back is found at its item."""


class BoardView(DeskView):
    """The board: outlets with what waits in each, the text of each release ready to copy."""

    act = "channels.view"
    title = "公开渠道"
    subtitle = "门户网站以外的渠道：发什么、谁来发、凭证在哪里"
    template_name = "channels/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add one page of releases with their texts."""
        outlet = self.request.GET.get("outlet", "")
        state = self.request.GET.get("state", "open")
        state = state if state in STATES else "open"
        counts = queries.counts_to_do(self.reader)
        page = page_of(self.request, self._keys(outlet, state), size=SIZE)
        found = policies.visible_to(self.reader).in_bulk(page.object_list)
        releases = [found[key] for key in page.object_list if key in found]
        return super().get_context_data(
            page=page,
            rows=[(release, row_of(release)) for release in releases],
            chips=[(key, outlets()[key].label, count) for key, count in counts.items()],
            total=sum(counts.values()),
            outlet=outlet,
            outlet_label=outlets()[outlet].label if outlet in outlets() else "",
            state=state,
            states=[(key, title) for key, (title, _) in STATES.items()],
            today=clock.today(),
            may_gazette=self.reader.may("channels.gazette"),
            may_screen=self.reader.may("channels.screen"),
            **kwargs,
        )

    def _keys(self, outlet: str, state: str) -> list[int]:
        """Return the keys of what is listed, the most urgent or the newest :data:`MOST`."""
        found = policies.visible_to(self.reader).filter(state__in=STATES[state][1])
        if outlet in outlets():
            found = found.filter(outlet=outlet)
        ordered = found.order_by("due", "pk") if state == "open" else found.order_by("-pk")
        return list(ordered.values_list("pk", flat=True)[:MOST])


def row_of(release: Release) -> dict[str, Any]:
    """Return what a release shows of itself in a list."""
    item = release.item
    return {
        "tone": TONES[State(release.state)],
        "text": text_of(release) if release.state == State.PLANNED and item.live else "",
        "is_waiting": release.state == State.PLANNED and not item.live,
    }
