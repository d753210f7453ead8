"""Moving a report on, or back, with a comment."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import Http404

from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb
from gongkai.oversight.reports import actions, policies
from gongkai.oversight.reports.checking import check
from gongkai.oversight.reports.desk.screen import ReportScreen
from gongkai.oversight.reports.lifecycle import MOVES

VERBS: dict[str, Callable[..., Any]] = {
    "confirm": actions.confirm,
    "review": actions.review,
    "approve": actions.approve,
    "issue": actions.issue,
    "return": actions.return_,
}
WORDS = {
    "confirm": "确认后，本单位对数据负责，不能再改；需要改动时由公开办退回。",
    "review": "审核通过后报领导批准。",
    "approve": "批准后可以发布。",
    "issue": "发布后内容锁定，生成网页、Word、PDF、Excel、JSON、CSV 文件供公众下载。之后只能公开更正。",
    "return": "退回后由填报单位修改，再重新确认。请写清楚要改什么。",
}
DONE = {
    "confirm": "已确认，等待公开办审核。",
    "review": "已审核通过，等待领导批准。",
    "approve": "已批准，可以发布。",
    "issue": "已发布，文件已生成。",
    "return": "已退回，并提醒了填报人。",
}


class CommentForm(forms.Form):
    """A few words that go with the act."""

    comment = forms.CharField(
        label="意见", required=False, max_length=1000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needed:
            field = self.fields["comment"]
            field.required, field.label = True, "要改什么"
            field.error_messages["required"] = "请写明要改什么，填报人要靠它修改。"


class MoveView(ReportScreen, FormView):
    """One verb, asked once more with what follows from it."""

    template_name = "reports/move.html"
    form_class = CommentForm

    def setup(self, *args: Any, **kwargs: Any) -> None:
        """Refuse verbs that there are not."""
        super().setup(*args, **kwargs)
        if self.kwargs["verb"] not in VERBS:
            raise Http404

    @property
    def verb(self) -> str:
        """Return which verb."""
        return str(self.kwargs["verb"])

    def get_title(self) -> str:
        """Return what is about to be done."""
        return f"{MOVES[self.verb].title}：{self.report.organisation}{self.report.year}年度报告"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Add the report itself."""
        here = Crumb(str(self.report.organisation), self.report.get_absolute_url())
        return [*super().get_crumbs(), here]

    def get_back(self) -> str:
        """Lead back to the report."""
        return self.report.get_absolute_url()

    def get_done(self) -> str:
        """Return the sentence afterwards."""
        return DONE[self.verb]

    def get_form_kwargs(self) -> dict[str, Any]:
        """A return needs its reason."""
        return {"needed": self.verb == "return"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what follows, and what is wrong."""
        self.reader.must(MOVES[self.verb].act, str(self.report.organisation.path))
        context = super().get_context_data(**kwargs | {"words": WORDS[self.verb]})
        context["submit"] = MOVES[self.verb].title
        context["possible"] = self.verb in policies.moves_open_to(self.reader, self.report)
        if self.verb != "return":
            context["checked"] = check(self.report)
        return context

    def act_on(self, data: dict[str, Any]) -> str:
        """Do it."""
        VERBS[self.verb](self.report, by=self.reader, comment=data["comment"])
        return self.report.get_absolute_url()
