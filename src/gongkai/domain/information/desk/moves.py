"""What is done to an item as a whole: handed in, taken back, withdrawn, thrown away; each asked once more."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.core.refusal import Refusal
from gongkai.domain.information import actions
from gongkai.domain.information.actions.saving import differs
from gongkai.domain.information.desk.edit import similar
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.differences import compare
from gongkai.domain.information.errors import NothingChanged
from gongkai.domain.information.gates import obstacles
from gongkai.domain.information.models import Publicity, Status
from gongkai.domain.review.queries import chain_for
from gongkai.domain.review.standing import signers_in_words
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="理由", required=False, max_length=1000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, needed: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.help_text = help_text
        if needed:
            field.required = True
            field.error_messages["required"] = needed


class MoveView(ItemScreen, FormView):
    """A verb, asked once more with what follows from it."""

    template_name = "information/move.html"
    form_class = ReasonForm
    verb = ""
    words = ""
    is_grave = False

    def get_title(self) -> str:
        """Return what is about to be done."""
        return self.verb

    def get_crumbs(self) -> Sequence[Crumb]:
        """Add the item itself."""
        return [*super().get_crumbs(), Crumb(self.content.title[:30] or "信息", self.here())]

    def get_back(self) -> str:
        """Lead back to the item."""
        return self.here()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what follows."""
        kwargs.setdefault("words", self.words)
        return super().get_context_data(is_grave=self.is_grave, **kwargs)


class SubmitView(MoveView):
    """Hand it in: what is still missing, who will sign, what the public will see change."""

    act = "information.submit"
    template_name = "information/submit.html"
    verb = "送审"
    submit = "送审"

    def get_form_kwargs(self) -> dict[str, Any]:
        """A change of what is public needs its reason, which the public will read."""
        if not self.item.live:
            return {}
        return {
            "needed": "请写明更正的理由，它会随更正后的信息一起公布。",
            "help_text": "例如：原文附件 2 有误，现予更正。这段话会公布在信息页面上。",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is missing, the steps and the differences."""
        content, item = self.content, self.item
        try:
            chain, missing_chain = chain_for(item.organisation, content.importance), ""
        except Refusal as refusal:
            chain, missing_chain = None, str(refusal)
        context = super().get_context_data(
            obstacles=[
                *([NothingChanged()] if item.live and not differs(content, item) else []),
                *obstacles(content),
                *([missing_chain] if missing_chain else []),
            ],
            steps=signers_in_words(chain, item.organisation, but=self.reader) if chain else [],
            differences=compare(item, content) if item.live else None,
            alike=similar(content),
            is_open=content.publicity == Publicity.OPEN,
            can_go=self.may_edit,
            **kwargs,
        )
        if not item.live:
            del context["form"].fields["reason"]
        return context

    def act_on(self, data: dict[str, Any]) -> str:
        """Hand it in."""
        review = actions.submit(self.item, by=self.reader, reason=data.get("reason", ""))
        first = review.chain.steps[0]
        self.done = f"已送审，现在由“{first.name}”审查。"
        return self.here()


class RecallView(MoveView):
    """Take it back, to change it."""

    act = "information.submit"
    done = "已撤回，可以修改了。"

    @property
    def verb(self) -> str:  # type: ignore[override]  # it depends on the item
        """Return which of the two it is."""
        return "取消定时公开" if self.item.status == Status.SCHEDULED else "撤回送审"

    @property
    def words(self) -> str:  # type: ignore[override]
        """Return what follows."""
        if self.item.status == Status.SCHEDULED:
            return (
                "取消后信息不会到时公开，回到草稿。已有的签署只对原来的内容有效，再公开要重新送审。"
            )
        return "撤回后可以修改；已有的签署只对原来的内容有效，改后要重新送审。"

    @property
    def submit(self) -> str:  # type: ignore[override]
        """Return the button's word."""
        return self.verb

    def act_on(self, data: dict[str, Any]) -> str:
        """Take it back."""
        actions.recall(self.item, by=self.reader, reason=data["reason"])
        return self.here("edit")


class WithdrawView(MoveView):
    """Take it off the portal, openly."""

    act = "information.withdraw"
    verb = "撤回已公开的信息"
    submit = "撤回并公布理由"
    done = "已撤回，公开页面上已换成撤回说明。"
    is_grave = True
    words = (
        "撤回立即生效：信息和附件不能再打开，也搜索不到；原网址仍然打得开，显示索引号、撤回日期和下面写的理由。"
        "正在审查的更正一并退出。"
        "只是内容有误的，请编辑后重新送审，用更正代替撤回。"
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """It needs a reason, which the public will read."""
        return {
            "needed": "请写明撤回的理由，它会向社会公开。",
            "help_text": "这段话会向社会公开，不要写入不宜公开的内容。",
        }

    def act_on(self, data: dict[str, Any]) -> str:
        """Withdraw it."""
        actions.withdraw(self.item, by=self.reader, reason=data["reason"])
        return self.here()


class DiscardView(MoveView):
    """Throw a draft away."""

    act = "information.edit"
    verb = "删除草稿"
    submit = "删除草稿"
    done = "草稿已删除。"
    is_grave = True
    words = "删除后不能恢复；索引号作废，不再使用。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for no reason."""
        context = super().get_context_data(**kwargs)
        context["form"].fields.pop("reason", None)
        return context

    def act_on(self, data: dict[str, Any]) -> str:  # noqa: ARG002  # nothing is asked
        """Delete it."""
        actions.discard(self.item, by=self.reader)
        return "/desk/information/"
