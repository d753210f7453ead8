"""Writing the narrative, and seeing it as it will be printed."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.core.indicators import indicators
from gongkai.core.refusal import Refusal
from gongkai.core.rendering import fragment
from gongkai.oversight.reports.actions import write_chapter
from gongkai.oversight.reports.desk.screen import ReportScreen
from gongkai.oversight.reports.models.cell import plain
from gongkai.oversight.reports.narrative import Figures, Piece, pieces
from gongkai.oversight.reports.printing import content, figures, printed


def _paragraphs(text: str, known: Figures) -> list[list[Piece]]:
    """Return *text* in paragraphs, each cut into words and figures."""
    return [list(pieces(line, known)) for line in text.split("\n") if line.strip()]


class TextView(ReportScreen):
    """All chapters, each with its text as written and as printed."""

    template_name = "reports/text.html"
    tab = "text"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the chapters and the figures that may be put in."""
        report = self.report
        known = figures(report)
        tables = {table.key for table in report.form_facts.tables}
        written = {c.heading: c for c in report.chapters.select_related("by")}
        conflict = kwargs.pop("conflict", None)
        return super().get_context_data(
            chapters=[
                {
                    "heading": h,
                    "has_table": h.key in tables,
                    "chapter": (chapter := written.get(h.key)),
                    "text": chapter.text if chapter else "",
                    "paragraphs": _paragraphs(chapter.text if chapter else "", known),
                    "conflict": conflict if conflict and conflict["heading"] == h.key else None,
                }
                for h in report.form_facts.headings
            ],
            choices=_choices(known),
            setup={
                "report": report.pk,
                "user": self.request.user.pk,
                "save": self.request.path,
                "preview": reverse("reports:chapter-preview", args=[report.pk]),
            },
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Save one chapter, from the plain form or from the page's script."""
        script = request.content_type == "application/json"
        try:
            sent = json.loads(request.body) if script else request.POST
            heading, text = str(sent["heading"]), str(sent["text"])
            version = int(sent.get("version", 0) or 0)
        except (ValueError, TypeError, KeyError, AttributeError):
            message = "提交的内容看不懂，没有保存。请刷新页面后重试。"
            return JsonResponse({"message": message}, status=400)
        try:
            written = write_chapter(self.report, heading, text, version=version, by=self.reader)
        except Refusal as refusal:
            if script:
                return JsonResponse({"message": str(refusal)}, status=409)
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
        chapter = written.chapter
        if script:
            return JsonResponse(
                {
                    "result": "conflict" if written.conflict else "saved",
                    "version": chapter.version,
                    "text": chapter.text,
                    "by": str(chapter.by) if chapter.by_id else "",
                    "at": f"{chapter.at:%H:%M}",
                }
            )
        if written.conflict:
            messages.error(
                request, "这一章刚被别人改过，您的文字没有保存。两种文字都在下面，请合并后再保存。"
            )
            context = self.get_context_data(conflict={"heading": heading, "text": text})
            return self.render_to_response(context, status=409)
        messages.success(request, "已保存。")
        return HttpResponseRedirect(f"{request.path}#{heading}")


def _choices(known: Figures) -> list[dict[str, str]]:
    """Return the figures that may be put in, those with a value first."""
    found = []
    for item in indicators():
        value = known.value(item, last_year=False)
        in_form = known.now.form.key in item.places
        if value is not None or in_form:
            told = "" if value is None else plain(value)
            found.append({"title": item.title, "value": told, "unit": item.unit})
    return sorted(found, key=lambda one: not one["value"])


class ChapterPreview(ReportScreen):
    """A chapter as it will be printed, for the page's script."""

    template_name = "reports/chapter_preview.html"

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show what was sent."""
        text = request.POST.get("text", "")[:50_000]
        context = {
            "paragraphs": _paragraphs(text, figures(self.report)),
            "report": self.report,
        }
        return self.render_to_response(context)

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead to the text: there is nothing to show without one."""
        return HttpResponseRedirect(reverse("reports:text", args=[self.report.pk]))


class PreviewView(ReportScreen):
    """The whole report as it will be published."""

    template_name = "reports/preview.html"
    tab = "preview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the document."""
        edition = self.report.editions.order_by("-number").first()
        told = edition.content if edition else content(self.report)
        return super().get_context_data(document=_safe(fragment(printed(told), level=2)), **kwargs)


def _safe(html: str) -> SafeString:
    # the renderer escapes every string that it is given
    return mark_safe(html)  # noqa: S308
