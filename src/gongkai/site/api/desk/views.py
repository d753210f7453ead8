"""Keys: who has one, a new one, the end of one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.site.api.actions import ACT, issue_key, revoke_key
from gongkai.site.api.models import Change, ExchangeKey, Received


class KeysView(DeskView):
    """All keys, and what was exchanged."""

    act = ACT
    title = "数据交换"
    template_name = "api/keys.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the keys and the counts."""
        return super().get_context_data(
            keys=ExchangeKey.objects.select_related("made_by"),
            changes=Change.objects.count(),
            received=Received.objects.filter(is_gone=False).count(),
            **kwargs,
        )


class KeyForm(forms.Form):
    """Who gets it and for what."""

    holder = forms.CharField(label="使用单位", max_length=120)
    purpose = forms.CharField(label="用途", max_length=200, required=False)


class NewKeyView(FormView):
    """A new key; its word is shown on the page that follows, once."""

    act = ACT
    title = "签发交换密钥"
    form_class = KeyForm
    submit = "签发"
    intro = "密钥只让对方每分钟多访问几次、每页多取几条；没有公开的，有密钥也看不到。"

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [Crumb("数据交换", reverse("exchange_keys:index"))]

    def get_back(self) -> str:
        """Return the list."""
        return reverse("exchange_keys:index")

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Make it and show its word; nothing keeps the word, so that there is no address to come back to."""
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        data = form.cleaned_data
        key, word = issue_key(data["holder"], data["purpose"], by=self.reader)
        context = self.get_context_data(form=form, key=key, word=word)
        response = self.response_class(
            request=self.request, template=["api/key.html"], context=context, using=None
        )
        response["Cache-Control"] = "no-store"
        return response


class RevokeView(DeskView):
    """The end of a key."""

    act = ACT
    title = "停用交换密钥"
    http_method_names = ("post",)

    def post(self, *_: Any, key: int, **__: Any) -> HttpResponse:
        """Revoke it."""
        found = get_object_or_404(ExchangeKey, pk=key)
        revoke_key(found, by=self.reader)
        messages.success(self.request, f"已停用{found}。")
        return HttpResponseRedirect(reverse("exchange_keys:index"))
