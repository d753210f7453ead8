"""The acts on a remedy as small forms: exactly the fields that each one needs."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import transaction

from gongkai.domain.remedies.actions import conclude, defend, file_paper, learn, renew
from gongkai.domain.remedies.actions.conclude import outcomes_for
from gongkai.domain.remedies.desk.rows import first_outcome, upheld_words
from gongkai.domain.remedies.models import Kind, PaperKind, Remedy
from gongkai.foundation import clock
from gongkai.foundation.attachments.scans import ACCEPTED
from gongkai.foundation.desk.forms import DateInput
from gongkai.foundation.permissions import Reader

LONG = forms.Textarea({"rows": 3})


class ActForm(forms.Form):
    """An act on a remedy."""

    title: ClassVar[str] = ""
    done: ClassVar[str] = ""
    paper_kind: ClassVar[PaperKind | None] = None
    """What the paper is that comes with it; nothing where none does."""
    use_required_attribute = False

    def __init__(self, remedy: Remedy, *args: Any) -> None:
        super().__init__(*args)
        self.remedy = remedy
        if self.paper_kind is not None:
            self.fields["paper"] = paper_field(self.paper_kind)
        self.set_up()

    def set_up(self) -> None:
        """Adjust the fields to the remedy."""

    @classmethod
    def fits(cls, remedy: Remedy) -> bool:
        """Tell whether the act can be done now."""
        raise NotImplementedError

    def facts(self) -> dict[str, Any]:
        """Return what was typed, without the paper."""
        return {name: value for name, value in self.cleaned_data.items() if name != "paper"}

    def carry_out(self, by: Reader) -> None:
        """Do it with what was typed."""
        raise NotImplementedError

    def carry_out_with_paper(self, by: Reader) -> None:
        """Do it, and put the paper to it: both or neither."""
        with transaction.atomic():
            # the paper first: where it is not taken, nothing has been done yet
            if self.paper_kind is not None and (upload := self.cleaned_data.get("paper")):
                file_paper(self.remedy, upload, by=by, kind=self.paper_kind)
            self.carry_out(by)


def paper_field(kind: PaperKind) -> forms.FileField:
    """Return the field for a paper of *kind*."""
    return forms.FileField(
        label=kind.label,
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text="扫描件或者文件，加密保存；可以以后再放。",
    )


class DefendForm(ActForm):
    """The agency answered."""

    title = "登记答复、答辩"
    done = "已登记答复、答辩。"
    paper_kind = PaperKind.DEFENCE
    notified = forms.DateField(label="收到副本的日期", required=False, widget=DateInput)
    day = forms.DateField(label="提交答复、答辩的日期", widget=DateInput)

    def set_up(self) -> None:
        """Propose what is known."""
        self.initial = {"notified": self.remedy.notified, "day": clock.today()}

    @classmethod
    def fits(cls, remedy: Remedy) -> bool:
        """Tell whether an answer is still awaited."""
        return remedy.kind != Kind.COMPLAINT and remedy.defended is None and remedy.decided is None

    def carry_out(self, by: Reader) -> None:
        """Do it."""
        defend(self.remedy, by=by, **self.facts())


class ConcludeForm(ActForm):
    """There is a result."""

    title = "登记结果"
    done = "已登记结果。"
    paper_kind = PaperKind.RESULT
    corrects = False
    outcome = forms.ChoiceField(label="结果")
    decided = forms.DateField(label="作出结果的日期", widget=DateInput)
    received = forms.DateField(
        label="收到结果的日期",
        required=False,
        widget=DateInput,
        help_text="起诉、上诉的期限从这一天起算。",
    )
    result = forms.CharField(label="结果说明", required=False, max_length=2000, widget=LONG)

    def set_up(self) -> None:
        """Offer the results of its kind."""
        known = outcomes_for(self.remedy.kind)
        choices = list(known.items())
        if (before := first_outcome(self.remedy)) in known:
            del known[before]
            choices = [(before, upheld_words(before)), *known.items()]
        self.fields["outcome"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]  # a choice field
        if self.corrects:
            names = ("outcome", "decided", "received", "result")
            self.initial = {name: getattr(self.remedy, name) for name in names}

    @classmethod
    def fits(cls, remedy: Remedy) -> bool:
        """Tell whether there is no result yet."""
        return remedy.decided is None

    def carry_out(self, by: Reader) -> None:
        """Do it."""
        conclude(self.remedy, by=by, correct=self.corrects, **self.facts())


class CorrectForm(ConcludeForm):
    """The result was noted down wrongly."""

    title = "更正结果"
    done = "已更正；原来登记的留在操作记录里。"
    corrects = True

    def set_up(self) -> None:
        """Ask why."""
        super().set_up()
        self.fields["result"].required = True
        self.fields["result"].help_text = "请写明更正的原因。"

    @classmethod
    def fits(cls, remedy: Remedy) -> bool:
        """Tell whether there is a result from which nothing has followed yet."""
        return remedy.decided is not None and remedy.renewed_id is None


class RenewForm(ActForm):
    """The application is decided again."""

    title = "重新办理"
    done = "已重新办理，新一轮的期限见公开申请。"
    day = forms.DateField(
        label="从哪一天起", widget=DateInput, help_text="复议决定、判决生效或者收到的日期。"
    )
    until = forms.DateField(
        label="决定书、判决书要求的最后一天",
        required=False,
        widget=DateInput,
        help_text="没有写明期限的不填，按答复申请的期限计算。",
    )

    def set_up(self) -> None:
        """Propose the day on which the result arrived."""
        self.initial = {"day": self.remedy.received or self.remedy.decided}

    @classmethod
    def fits(cls, remedy: Remedy) -> bool:
        """Tell whether the decision was corrected and nothing was begun."""
        return (
            remedy.column == "corrected"
            and remedy.renewed_id is None
            and remedy.against_id is not None
            and not remedy.is_appealed
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        told: dict[str, Any] = super().clean() or {}
        day, until = told.get("day"), told.get("until")
        if isinstance(day, date) and isinstance(until, date) and until < day:
            self.add_error("until", "最后一天不能早于开始的那一天。")
        return told

    def carry_out(self, by: Reader) -> None:
        """Do it."""
        renew(self.remedy, by=by, **self.cleaned_data)


class LearnForm(ActForm):
    """What is learnt from it."""

    title = "记录教训和改进"
    done = "已保存。"
    lessons = forms.CharField(
        label="教训和改进",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text="机关内部看：为什么被纠正，以后怎样答复。",
    )

    def set_up(self) -> None:
        """Show what is there."""
        self.initial = {"lessons": self.remedy.lessons}

    @classmethod
    def fits(cls, remedy: Remedy) -> bool:
        """Tell whether there is something to learn from."""
        return remedy.decided is not None

    def carry_out(self, by: Reader) -> None:
        """Do it."""
        learn(self.remedy, by=by, **self.cleaned_data)


class PaperForm(ActForm):
    """A paper is put to it."""

    title = "放入材料"
    done = "材料已放入。"
    kind = forms.ChoiceField(label="类型", choices=PaperKind, initial=PaperKind.EVIDENCE)
    named = forms.CharField(label="名称", required=False, max_length=200)
    file = forms.FileField(
        label="文件", widget=forms.FileInput({"accept": ACCEPTED}), help_text="加密保存。"
    )

    @classmethod
    def fits(cls, remedy: Remedy) -> bool:  # noqa: ARG003  # always
        """Tell that it always can."""
        return True

    def carry_out(self, by: Reader) -> None:
        """Do it."""
        data = self.cleaned_data
        file_paper(self.remedy, data["file"], by=by, kind=data["kind"], title=data["named"])


FORMS: dict[str, type[ActForm]] = {
    "defend": DefendForm,
    "conclude": ConcludeForm,
    "renew": RenewForm,
    "learn": LearnForm,
    "paper": PaperForm,
    "correct": CorrectForm,
}
"""The acts, in the order in which they usually come."""
