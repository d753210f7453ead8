"""The list of batches, and one of them: how far it is and what is wrong with which line."""

from collections import Counter
from typing import Any
from urllib.parse import quote

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from gongkai.core.refusal import Refusal
from gongkai.domain.information.importing import policies, report
from gongkai.domain.information.importing.actions.run import importances
from gongkai.domain.information.importing.models import Batch, Line
from gongkai.domain.organisations.queries import holders
from gongkai.domain.review.queries import chain_for
from gongkai.foundation.desk import DeskView
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOME = Crumb("批量导入", "/desk/importing/")
ORDER = (Line.State.REFUSED, Line.State.ALIKE, Line.State.READY, Line.State.KNOWN, Line.State.DONE)
TONES = {
    "refused": "is-bad",
    "alike": "is-warn",
    "ready": "is-plain",
    "known": "is-plain",
    "done": "is-good",
}


class Index(DeskView):
    """All batches that one may see."""

    act = policies.BEGIN
    title = "批量导入"
    template_name = "importing/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list."""
        batches = policies.visible_to(self.reader)
        return super().get_context_data(page=page_of(self.request, batches), **kwargs)


class Page(DeskView):
    """One batch."""

    act = policies.BEGIN
    template_name = "importing/batch.html"
    crumbs = (HOME,)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it."""
        super().setup(request, *args, **kwargs)
        self.batch: Batch = policies.fetch(self.reader, kwargs["pk"])

    def get_title(self) -> str:
        """Return its name."""
        return str(self.batch)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the counts, the lines of one kind, and what is needed to go on."""
        batch = self.batch
        counts = Counter(dict(batch.lines.order_by().values_list("state").annotate(n=Count("pk"))))
        shown = [state for state in ORDER if counts[state.value]]
        wanted = self.request.GET.get("state", "")
        state = wanted if wanted in {s.value for s in shown} else (shown[0].value if shown else "")
        lines = batch.lines.filter(state=state).select_related("item", "alike")
        tabs = [(s.value, s.label, counts[s.value], TONES[s.value]) for s in shown]
        return super().get_context_data(
            batch=batch,
            counts=counts,
            tabs=tabs,
            state=state,
            tone=TONES.get(state, ""),
            page=page_of(self.request, lines),
            unimported=counts["refused"] + counts["alike"],
            can_import=counts["ready"],
            is_open=batch.state in {Batch.State.CHECKED, Batch.State.DONE}
            and not (batch.job and batch.job.is_active),
            is_stuck=batch.is_stuck,
            chains=self._chains() if batch.mode == Batch.Mode.REVIEWED else [],
            **kwargs,
        )

    def _chains(self) -> list[dict[str, Any]]:
        """Return, for each importance among the lines, who could have signed each step."""
        found: list[dict[str, Any]] = []
        for importance in importances(self.batch):
            try:
                chain = chain_for(self.batch.organisation, importance)
            except Refusal as refusal:
                found.append({"importance": importance, "problem": str(refusal), "steps": []})
                continue
            steps = []
            for task in chain.steps:
                people = [*task.signers.all(), *task.deputies.all()]
                people = people or holders(task.role, of=task.place_of(self.batch.organisation))
                # whoever notes a review is none of those who signed
                others = [user for user in people if user != self.reader.user]
                steps.append({"name": task.name, "people": others})
            found.append(
                {"importance": importance, "title": chain.get_importance_display(), "steps": steps}
            )
        return found


@behind(policies.BEGIN)
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Return the empty sheet."""
    return _sheet(report.template(), "政府信息导入模板.xlsx")


@behind(policies.BEGIN)
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the lines that were not imported, to be corrected and brought again."""
    batch = policies.fetch(reader_of(request), pk)
    return _sheet(report.refused(batch), f"没有导入的行-{batch.pk}.xlsx")


def _sheet(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
