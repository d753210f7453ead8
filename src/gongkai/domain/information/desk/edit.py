"""The form of one item: saved as one writes, nothing lost, two who write at once see both texts."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from gongkai.core.refusal import Refusal
from gongkai.domain.information.actions import ARRANGED, arrange, mark_of, save
from gongkai.domain.information.desk.as_public import pictures_of
from gongkai.domain.information.desk.form import ItemForm, attached, files_of, initial_of
from gongkai.domain.information.desk.proposing import proposals_for
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.differences import compare
from gongkai.domain.information.errors import ChangedMeanwhile
from gongkai.domain.information.gates import obstacles
from gongkai.domain.information.importing.duplicates import Alike, Candidate, alike
from gongkai.domain.information.models import Item
from gongkai.foundation import clock
from gongkai.foundation.permissions import NotAllowed

LARGEST = 6_000_000
"""Bytes of a form that the page's script may send; files go their own way."""
NEXT = {"submit": "submit", "preview": "preview", "precheck": "screening:precheck"}
"""Where a button leads after it has saved."""


class EditView(ItemScreen):
    """Fill in an item."""

    act = "information.edit"
    template_name = "information/edit.html"
    tab = "edit"

    def get_form(self, data: Any = None, files: Any = None) -> ItemForm:
        """Return the form, filled with what was sent or what was saved."""
        told = {"data": data, "files": files} if data is not None else {}
        return ItemForm(
            item=self.item, reader=self.reader, initial=initial_of(self.content), **told
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or lead to the item where nothing can be changed now."""
        if not self.may_edit:
            return HttpResponseRedirect(self.here())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form with all that stands beside it."""
        form = kwargs.pop("form", None) or self.get_form()
        clash = kwargs.pop("clash", None)
        files = files_of(self.content)
        return super().get_context_data(
            form=form,
            files=files,
            seen=mark_of(self.latest),
            clash=clash,
            proposals=proposals_for(
                self.request.GET.get("propose", ""), files, self.item, by=self.reader
            ),
            obstacles=list(obstacles(self.content)),
            alike=similar(self.content),
            may_submit=self.may("information.submit"),
            setup={
                "item": self.item.pk,
                "user": self.request.user.pk,
                "save": self.request.path,
                "pictures": pictures_of(self.item),
                "next": {name: self.here(where) for name, where in NEXT.items()},
            },
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Save what was sent, from the plain form or from the page's script."""
        if request.content_type == "application/json":
            return self._by_script(request)
        form = self.get_form(request.POST, request.FILES)
        is_valid = form.is_valid()
        try:
            self._save(form, request.POST, automatic=False)
        except ChangedMeanwhile as refusal:
            clash = self._clash(form, refusal)
            context = self.get_context_data(form=form, clash=clash)
            return self.render_to_response(context, status=409)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            is_valid = False
        if not is_valid:
            self._forget()
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, "已保存。")
        where = NEXT.get(request.POST.get("next", ""), "edit")
        return HttpResponseRedirect(self.here(where))

    def _by_script(self, request: HttpRequest) -> JsonResponse:
        data = _entries(request.body)
        if data is None:
            message = "提交的内容看不懂，没有保存。请刷新页面后重试。"
            return JsonResponse({"message": message}, status=400)
        form = self.get_form(data, MultiValueDict())
        form.is_valid()
        try:
            self._save(form, data, automatic="explicit" not in data)
        except ChangedMeanwhile as refusal:
            clash = self._clash(form, refusal)
            html = render_to_string("information/clash.html", {"clash": clash}, request=request)
            return JsonResponse({"result": "conflict", "seen": clash["seen"], "html": html})
        except Refusal as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        self._forget()
        parts: dict[str, tuple[str, dict[str, Any]]] = {
            "files": ("information/files_form.html", {"files": files_of(self.content)}),
            "alike": ("information/alike.html", {"alike": similar(self.content)}),
            "obstacles": (
                "information/obstacles.html",
                {"obstacles": list(obstacles(self.content))},
            ),
        }
        return JsonResponse(
            {
                "result": "saved",
                "seen": mark_of(self.latest),
                "at": f"{timezone.localtime(clock.now()):%H:%M}",
                "errors": {name: list(errors) for name, errors in form.errors.items()},
                "parts": {
                    name: render_to_string(template, context, request=request)
                    for name, (template, context) in parts.items()
                },
            }
        )

    def _save(self, form: ItemForm, data: Any, *, automatic: bool) -> None:
        values = form.values
        files = attached(self.content, data, form.cleaned_data.get("uploads") or (), by=self.reader)
        save(
            self.item,
            by=self.reader,
            values=values,
            files=files,
            seen=data.get("seen"),
            automatic=automatic,
        )
        if self.item.live:
            moved = {
                name: values[name]
                for name in ARRANGED
                if name in values and values[name] != getattr(self.item, name)
            }
            if moved:
                arrange([self.item], by=self.reader, values=moved)

    def _forget(self) -> None:
        """Have the item read anew, after it was saved."""
        for name in ("item", "latest", "content"):
            self.__dict__.pop(name, None)

    def _clash(self, form: ItemForm, refusal: ChangedMeanwhile) -> dict[str, Any]:
        """Return both texts: what the reader has, and what somebody saved meanwhile."""
        self._forget()
        theirs = self.content
        mine = _with_values(theirs, form.values)
        return {
            "seen": mark_of(self.latest),
            "who": refusal.facts["who"],
            "when": refusal.facts["when"],
            "differences": compare(theirs, mine, files=False),
        }


def _entries(body: bytes) -> QueryDict | None:
    """Return the form as the script sent it, ``{"entries": [[name, value], …]}``."""
    if len(body) > LARGEST:
        return None
    try:
        sent = json.loads(body)["entries"]
        data = QueryDict(mutable=True)
        for name, value in sent:
            data.appendlist(str(name), str(value))
    except (ValueError, TypeError, KeyError):
        return None
    return data


def _with_values(content: Item, values: dict[str, Any]) -> Item:
    told = Item(pk=content.pk, organisation_id=content.organisation_id)
    for name in (*Item.CONTENT, *ARRANGED):
        setattr(told, name, values.get(name, getattr(content, name)))
    return told


def similar(content: Item) -> Sequence[Alike]:
    """Return the items that *content* seems to be already."""
    if not (content.title.strip() or content.document_number.strip()):
        return []
    candidate = Candidate(
        key=content.pk,
        organisation=content.organisation_id,
        title=content.title,
        number=content.document_number,
        day=content.made_on,
        body=content.body,
    )
    return alike(candidate, but=content.pk)


def at_the_hour(moment: datetime | None) -> str:
    """Return a moment as screens say it."""
    return f"{timezone.localtime(moment):%m-%d %H:%M}" if moment else ""
