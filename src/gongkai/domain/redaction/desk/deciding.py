"""Buttons: accept, undo, build, go back, give up."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.domain.redaction.actions import decide, decide_many, discard, reopen, start_building
from gongkai.domain.redaction.desk.screen import RedactionScreen
from gongkai.domain.redaction.models import MarkState
from gongkai.domain.redaction.subjects import subject_of

STATES = {"accept": MarkState.ACCEPTED, "undo": MarkState.UNDONE}


class _Button(RedactionScreen):
    """Something that is done and leads back to a page; what is refused is said there."""

    http_method_names = ("post",)

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Refuse: a link does nothing here."""
        return HttpResponseNotAllowed(["POST"])

    def do(self) -> str:
        """Do it; return where to go."""
        raise NotImplementedError

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Do it, or say why not."""
        try:
            where = self.do()
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            where = self.back()
        return HttpResponseRedirect(where)

    def back(self, anchor: str = "") -> str:
        """Return the address of the page that was looked at."""
        where = reverse("redaction:redaction", args=[self.redaction.pk])
        page = self.request.POST.get("page", "")
        query = f"?page={int(page)}" if page.isdecimal() and len(page) < 7 else ""
        return f"{where}{query}{anchor}"


class DecideView(_Button):
    """Cover something, or leave it readable."""

    def do(self) -> str:
        """Do it; another ground comes with it."""
        key = self.kwargs["mark"]
        state = STATES.get(self.request.POST.get("state", ""), MarkState.UNDONE)
        ground = self.request.POST.get("ground", "")
        decide(self.redaction, key, state, by=self.reader, ground=ground)
        return self.back(f"#mark-{key}")


class DecideManyView(_Button):
    """Cover or leave all proposals of a page, or of the whole document."""

    def do(self) -> str:
        """Do it and say how many there were."""
        state = STATES.get(self.request.POST.get("state", ""), MarkState.UNDONE)
        whole = self.request.POST.get("all") == "yes"
        page = self.page.number if self.page and not whole else None
        count = decide_many(self.redaction, state, by=self.reader, page=page)
        done = "遮盖" if state == MarkState.ACCEPTED else "不遮盖"
        messages.success(self.request, f"{count} 处提议已{done}，每一处都可以再改。")
        return self.back()


class BuildView(_Button):
    """Have the output built."""

    def do(self) -> str:
        """Start it."""
        start_building(self.redaction, by=self.reader)
        return reverse("redaction:compare", args=[self.redaction.pk])


class ReopenView(_Button):
    """Go back to the marks."""

    def do(self) -> str:
        """Go back."""
        reopen(self.redaction, by=self.reader)
        return self.back()


class DiscardView(_Button):
    """Give it up."""

    def do(self) -> str:
        """Give it up."""
        discard(self.redaction, by=self.reader)
        messages.success(self.request, "已放弃这次区分处理，原文件没有改动。")
        return subject_of(self.redaction).href(self.redaction.subject_id)
