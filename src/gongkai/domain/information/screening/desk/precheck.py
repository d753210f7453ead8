"""What the pre-check finds in one item, and what one does about it, one press each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.models import Publicity
from gongkai.domain.information.screening import actions
from gongkai.domain.information.screening.findings import Finding, findings
from gongkai.domain.organisations.queries import holders
from gongkai.foundation.notices.actions import settle

MOST = 100
"""Findings on one page; the rest comes when these are answered."""


class PrecheckView(ItemScreen):
    """The findings with their answers."""

    act = "information.view"
    template_name = "screening/precheck.html"
    tab = "screening:precheck"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the findings: what is to be done, what was answered, what is only worth a look."""
        return super().get_context_data(
            **sorted_out(findings(self.content)),
            is_open=self.content.publicity == Publicity.OPEN,
            may_keep=self._is_editable and self.may("screening.keep"),
            may_allow=self._is_editable and self.may("screening.allow"),
            may_submit=self.may_edit and self.may("information.submit"),
            **kwargs,
        )

    @property
    def _is_editable(self) -> bool:
        return self.open_review is None

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it, and show what is left."""
        by_script = request.headers.get("HX-Request") == "true"
        said = refused = ""
        try:
            said = self._do(request.POST)
        except Refusal as refusal:
            refused = str(refusal)
        for name in ("item", "latest", "content"):
            self.__dict__.pop(name, None)
        if by_script:
            self.template_name = "screening/findings.html"
            return self.render_to_response(self.get_context_data(said=said, refused=refused))
        if refused:
            return self.render_to_response(self.get_context_data(refused=refused), status=422)
        messages.success(request, said)
        return HttpResponseRedirect(self.here("screening:precheck"))

    def _do(self, data: Any) -> str:
        finding, how = data.get("finding", ""), data.get("do", "")
        if how == "keep":
            kept = actions.keep(self.item, finding, reason=data.get("reason", ""), by=self.reader)
            self._settle()
            return f"已保留，理由写明“{kept.reason[:40]}”，签批的人会看到。"
        if how == "ask":
            people = actions.ask(self.item, by=self.reader)
            return f"已通知{'、'.join(person.name for person in people)}。"
        inside = next((one for one in findings(self.content) if one.key == finding), None)
        if inside is not None and inside.stored:
            return self._do_in_file(inside, remove=how == "remove")
        count = actions.treat(
            self.item, finding, by=self.reader, remove=how == "remove", alike="alike" in data
        )
        return f"已{'删除' if how == 'remove' else '改好'} {count} 处，并存为新的版本。"

    def _do_in_file(self, found: Finding, *, remove: bool) -> str:
        pages = actions.pages_of(found)
        if pages > actions.PAGES_AT_ONCE:
            actions.treat_in_background(self.item, found.key, by=self.reader, remove=remove)
            return f"{found.place}有 {pages} 页，正在后台重做，完成后附件会自动换好，请过几分钟再来看。"
        count = actions.treat_in_file(self.item, found.key, by=self.reader, remove=remove)
        done = "删除" if remove else "改好"
        return f"已在{found.place}里{done} {count} 处，附件换成了新的文件，重新查过，没有了。"

    def _settle(self) -> None:
        """Take the request off the desks of those who were asked, once nothing is left for them."""
        content = self.item.get_latest_revision_as_object()
        if not any(one.is_open and one.blocks for one in findings(content)):
            organisation = self.item.organisation
            paths = [*organisation.ancestor_paths, str(organisation.path)]
            above = type(organisation).objects.filter(path__in=paths)
            settle(holders(actions.ROLE, of=above), href=self.here("screening:precheck"))


def sorted_out(found: tuple[Finding, ...]) -> dict[str, Any]:
    """Return *found* as a page shows it."""
    open_ones = [one for one in found if one.is_open]
    counts: dict[str, int] = {}
    for one in open_ones:
        if one.field:
            counts[one.rule] = counts.get(one.rule, 0) + 1
    return {
        "open_findings": [(one, counts.get(one.rule, 1)) for one in open_ones[:MOST]],
        "open_count": len(open_ones),
        "more": max(0, len(open_ones) - MOST),
        "answered": [one for one in found if one.kept or one.settled][:MOST],
        "notes": [one for one in found if not one.is_open and not one.kept and not one.settled][
            :MOST
        ],
        "needs_officer": any(one.blocks and one.can_keep for one in open_ones),
    }
