"""What an item amends, repeals, explains or goes with, in both directions."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.core.titles import quoted
from gongkai.domain.information import policies
from gongkai.domain.information.actions import link, unlink
from gongkai.domain.information.desk.filtering import keys_of
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.models import Item, Link, Relation
from gongkai.foundation.desk.forms import DateInput
from gongkai.foundation.keys import key_of
from gongkai.foundation.permissions import Reader

FEW = 8


class LinkForm(forms.Form):
    """The other item, and what this one does to it."""

    use_required_attribute = False

    relation = forms.ChoiceField(label="这条信息", choices=Relation.choices)
    target = forms.CharField(
        label="哪一条信息",
        max_length=300,
        help_text="填写它的文号、索引号，或标题中连续的几个字。",
        error_messages={"required": "请填写文号、索引号或标题。"},
    )
    day = forms.DateField(
        label="修改或废止从哪天起",
        required=False,
        widget=DateInput(),
        help_text="不填的，从这份文件的生效日期起。",
    )

    def __init__(self, *args: Any, item: Item, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.reader = item, reader

    def clean_target(self) -> Item:
        """Return the one item meant, or say why it is none or several."""
        text = self.cleaned_data["target"].strip()
        # documents of other units are amended, too, as far as they are public
        known = Item.objects.filter(
            Q(live=True) | Q(pk__in=policies.visible_to(self.reader).values("pk"))
        )
        known = known.exclude(pk=self.item.pk).only("title", "document_number", "status")
        numbers = {text, text.translate(str.maketrans("[]【】", "〔〕〔〕"))}
        found: list[Item] = list(known.filter(pk__in=keys_of(numbers))[:FEW])
        if not found:
            near = known.filter(organisation__path__startswith=str(self.item.organisation.path)[:4])
            found = list(near.filter(title__contains=text).order_by("-pk")[:FEW])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(f"没有找到“{text}”。请核对文号或索引号。")
        titles = "；".join(f"{quoted(one.title)}{one.document_number}" for one in found)
        raise forms.ValidationError(f"“{text}”对应多条信息：{titles}。请填写文号或索引号。")


class LinksView(ItemScreen):
    """See the links of an item, add one, take one away."""

    template_name = "information/links.html"
    tab = "links"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the links in both directions and the form."""
        kwargs.setdefault("form", LinkForm(item=self.item, reader=self.reader))
        links = Link.objects.select_related("source", "target").order_by("relation", "pk")
        return super().get_context_data(
            forwards=links.filter(source=self.item),
            backwards=links.filter(target=self.item),
            may_link=self.may("information.arrange"),
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Add the link, or take it away."""
        if remove := request.POST.get("remove", ""):
            return self._remove(remove)
        form = LinkForm(request.POST, item=self.item, reader=self.reader)
        if form.is_valid():
            told = form.cleaned_data
            try:
                link(self.item, told["target"], told["relation"], by=self.reader, day=told["day"])
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "已关联，两边的页面都会显示。")
                return HttpResponseRedirect(request.path)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _remove(self, key: str) -> HttpResponse:
        made = Link.objects.filter(source=self.item, pk=key_of(key)).first()
        if made is not None:
            try:
                unlink(made, by=self.reader)
            except Refusal as refusal:
                messages.error(self.request, str(refusal))
            else:
                messages.success(self.request, "已取消关联。")
        return HttpResponseRedirect(self.request.path)
