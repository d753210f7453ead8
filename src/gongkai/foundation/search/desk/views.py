"""What people search for."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.foundation.desk import DeskView
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.search.counting import KEPT_FROM, frequent
from gongkai.foundation.search.engine import engine
from gongkai.foundation.search.events import REBUILT
from gongkai.foundation.search.jobs import rebuild_index
from gongkai.foundation.search.pending import waiting
from gongkai.foundation.trail import record

SPANS = {"7": "近七天", "30": "近三十天", "365": "近一年"}


class WordsView(DeskView):
    """The words typed most often, and those that found nothing."""

    act = "search.words"
    title = "热搜词"
    template_name = "search/words.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both lists and the state of the index."""
        span = self.request.GET.get("days", "30")
        days = span if span in SPANS else "30"
        return super().get_context_data(
            spans=SPANS,
            days=days,
            often=frequent(int(days)),
            missing=frequent(int(days), without_results=True),
            kept_from=KEPT_FROM,
            size=engine().size(),
            waiting=waiting(),
            may_rebuild=self.reader.may("search.rebuild"),
            **kwargs,
        )


class RebuildView(DeskView):
    """The button that has the index built anew."""

    act = "search.rebuild"
    title = "重建检索索引"
    http_method_names = ("post",)

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Start the job."""
        with transaction.atomic():
            made = start(rebuild_index, by=self.reader)
            record(REBUILT, by=self.reader, act="search.rebuild")
        messages.success(self.request, "已开始重建，检索照常可用；进展见后台任务。")
        return HttpResponseRedirect(made.get_absolute_url() or reverse("search_words:index"))
