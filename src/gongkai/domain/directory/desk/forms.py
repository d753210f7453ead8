"""What is typed on the screens."""

from typing import Any

from django import forms
from django.utils.functional import lazy

from gongkai.core.directories import fields
from gongkai.domain.directory.kinds import freshness_choices, freshness_help, kind_choices
from gongkai.domain.directory.models import Column
from gongkai.domain.directory.models.column import LINK
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput

INDENT = "\u3000"


class ColumnForm(forms.Form):
    """A column's own facts."""

    title = forms.CharField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类型", choices=kind_choices)
    freshness = forms.ChoiceField(
        label="更新要求",
        choices=freshness_choices,
        required=False,
        help_text=lazy(freshness_help, str)(),
    )
    link = forms.CharField(
        label="链接地址",
        required=False,
        max_length=200,
        validators=[LINK],
        help_text="只有“链接”类型要填。",
    )
    note = forms.CharField(
        label="栏目说明",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="显示在栏目页上方，告诉公众这里有什么。",
    )


class ColumnChoice(forms.TypedChoiceField):
    """One of the open columns of an organisation, drawn as the tree it is."""

    def __init__(self, *, empty: str = "", **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)
        self.empty = empty

    def offer(self, columns: Any) -> None:
        """Offer *columns*, in their order."""
        rows = [
            (column.pk, INDENT * max(column.depth - Column.SECTION_DEPTH, 0) + column.title)
            for column in columns
        ]
        self.choices = [("", self.empty or "请选择"), *rows]


class AddForm(ColumnForm):
    """A new column."""

    parent = ColumnChoice(label="放在哪个栏目组下面")
    field_order = ("parent", "title", "kind", "freshness", "link", "note")


class MoveForm(forms.Form):
    """Elsewhere in the tree."""

    parent = ColumnChoice(label="移到哪个栏目组下面")


class MergeForm(forms.Form):
    """Into another column."""

    into = ColumnChoice(
        label="并入", help_text="原有信息全部移入这个栏目，原栏目的网址自动转到它。"
    )
    reason = forms.CharField(label="理由", required=False, max_length=200)


class CloseForm(forms.Form):
    """No more."""

    successor = ColumnChoice(
        label="原网址转到",
        required=False,
        empty="所在板块",
        help_text="公众收藏的旧网址会转到这里。",
    )
    reason = forms.CharField(label="理由", required=False, max_length=200)


class ImportForm(forms.Form):
    """A published directory."""

    file = forms.FileField(
        label="标准目录文件",
        help_text="XLSX，公布时的原样即可：两行表头、合并单元格、“同上”和 ■□ 都能读。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    default = forms.ChoiceField(
        label="领域",
        required=False,
        help_text="表名或标题里已经写明领域的不必选。",
    )
    title = forms.CharField(label="目录名称", max_length=200)
    effective_from = forms.DateField(label="施行日期", widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["default"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "由文件里的标题决定"),
            *((key, field.title) for key, field in fields().items()),
        ]


class OccasionForm(forms.Form):
    """Something came into being."""

    occasion = forms.CharField(
        label="形成了什么", max_length=200, help_text="如“2026 年第二批危房改造补助名单”。"
    )
    formed = forms.DateField(
        label="形成日期", widget=DateInput, help_text="从这一天起算，当日不计入。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["formed"].initial = clock.today()


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    """Who owes it."""

    unit = forms.TypedChoiceField(label="责任单位", coerce=int)

    def __init__(self, *args: Any, units: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]  # a choice field


def unit_choices(units: Any) -> list[tuple[int, str]]:
    """Return organisations for a filter, indented as in the tree."""
    rows = list(units)
    top = min((unit.depth for unit in rows), default=1)
    return [(unit.pk, INDENT * (unit.depth - top) + str(unit)) for unit in rows]
