"""Marking a page: proposals to decide on, boxes to draw, words to choose."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.codes import grounds
from gongkai.core.codes import marks as mark_labels
from gongkai.core.redaction import Box
from gongkai.core.refusal import Refusal
from gongkai.core.screening import rule
from gongkai.domain.redaction import policies
from gongkai.domain.redaction.actions import add_mark
from gongkai.domain.redaction.desk.screen import RedactionScreen
from gongkai.domain.redaction.errors import NothingChosen
from gongkai.domain.redaction.models import MarkState, RedactionMark, RedactionPage, Stage
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import DeskView

MILLIMETRE = 72 / 25.4
MOST_WORDS = 2000
FIRST = "privacy"


def ground_choices() -> list[tuple[str, str]]:
    """Return the grounds on which something may be covered, with their names."""
    known = grounds()
    return [(key, known[key].label) for key in mark_labels()]


class AddForm(forms.Form):
    """A new mark: drawn, chosen from the words, or placed by the ruler."""

    ground = forms.ChoiceField(label="依据", choices=ground_choices, initial=FIRST)
    note = forms.CharField(label="备注", max_length=200, required=False)
    left = forms.FloatField(label="距左边", min_value=0, required=False)
    top = forms.FloatField(label="距上边", min_value=0, required=False)
    width = forms.FloatField(label="宽", min_value=0, required=False)
    height = forms.FloatField(label="高", min_value=0, required=False)


class IndexView(DeskView):
    """Everything that is being redacted, and was."""

    act = policies.VIEW
    title = "区分处理"
    subtitle = "逐处遮盖不予公开的内容，其余的提供出去"
    template_name = "redaction/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows."""
        rows = (
            policies.visible_to(self.reader)
            .exclude(stage=Stage.DISCARDED)
            .select_related("organisation", "source")
            .annotate(
                open_marks=Count("marks", Q(marks__state=MarkState.PROPOSED)),
                made_marks=Count("marks", Q(marks__state=MarkState.ACCEPTED)),
            )
            .order_by("-pk")
        )
        return super().get_context_data(
            rows=page_of(self.request, rows),
            **kwargs,
        )


class MarkingView(RedactionScreen):
    """One page with its marks."""

    template_name = "redaction/marking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page, its marks and its words."""
        kwargs.setdefault("form", AddForm())
        marks = list(self.redaction.marks.filter(page=self.page.number)) if self.page else []
        counts = {
            row["page"]: row
            for row in self.redaction.marks.order_by("page")
            .values("page")
            .annotate(
                proposed=Count("pk", Q(state=MarkState.PROPOSED)),
                made=Count("pk", Q(state=MarkState.ACCEPTED)),
            )
        }
        return super().get_context_data(
            marks=[_shown(mark) for mark in marks],
            lines=_numbered(self.page) if self.page else [],
            stretches=_stretches(self.page, marks) if self.page and self.redaction.is_text else [],
            choices=[(key, entry.label) for key, entry in mark_labels().items()],
            proposed=sum(mark.state == MarkState.PROPOSED for mark in marks),
            all_proposed=sum(row["proposed"] for row in counts.values()),
            all_made=sum(row["made"] for row in counts.values()),
            numbers=[
                (number, counts[number]["proposed"] if number in counts else 0)
                for number in range(1, self.redaction.page_count + 1)
            ],
            **kwargs,
        )

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Draw a mark."""
        form = AddForm(self.request.POST)
        where = reverse("redaction:redaction", args=[self.redaction.pk])
        if form.is_valid() and self.page is not None:
            try:
                mark = self._add(form.cleaned_data, self.page)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(self.request, f"已遮盖：第 {mark.page} 页，{mark.label}。")
                return HttpResponseRedirect(f"{where}?page={mark.page}#mark-{mark.pk}")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _add(self, data: dict[str, Any], page: RedactionPage) -> RedactionMark:
        common = {
            "by": self.reader,
            "page": page.number,
            "ground": data["ground"],
            "note": data["note"],
        }
        chosen = self._chosen(page)
        if chosen and self.redaction.is_text:
            span = (int(min(word[1] for word in chosen)), int(max(word[2] for word in chosen)))
            return add_mark(
                self.redaction, span=span, text=" ".join(str(w[0]) for w in chosen), **common
            )
        if chosen:
            words = "".join(str(word[0]) for word in chosen)
            return add_mark(self.redaction, boxes=_boxes_around(chosen), text=words, **common)
        edges = [data[name] for name in ("left", "top", "width", "height")]
        if any(edge is None for edge in edges):
            raise NothingChosen
        left, top, width, height = (edge * MILLIMETRE for edge in edges)
        box = Box(left, top, left + width, top + height)
        return add_mark(self.redaction, boxes=[box], text=_words_under(page, box), **common)

    def _chosen(self, page: RedactionPage) -> list[list[Any]]:
        """Return the words that were ticked, each named by its line and place."""
        found = []
        for name in self.request.POST.getlist("word")[:MOST_WORDS]:
            line, _, place = name.partition("-")
            if line.isdecimal() and place.isdecimal() and max(len(line), len(place)) < 6:
                try:
                    found.append(page.lines[int(line)][int(place)])
                except IndexError:
                    continue
        return found


def _numbered(page: RedactionPage) -> list[list[tuple[str, str]]]:
    """Return the words of each line with the name of each; spaces are not offered."""
    return [
        [(f"{at}-{place}", str(word[0])) for place, word in enumerate(line) if str(word[0]).strip()]
        for at, line in enumerate(page.lines)
    ]


def _boxes_around(words: list[list[Any]]) -> list[Box]:
    """Return a box for each stretch of words beside each other."""
    boxes: list[Box] = []
    for _, *edges in words:
        box = Box(*map(float, edges))
        last = boxes[-1] if boxes else None
        beside = (
            last is not None
            and last.top < (box.top + box.bottom) / 2 < last.bottom
            and box.left - last.left >= 0
            and box.left - last.right < 2 * max(box.height, 1)
        )
        if beside and last is not None:
            boxes[-1] = Box.around((last, box))
        else:
            boxes.append(box)
    return [box.grown(0.3, 0.8) for box in boxes]


def _words_under(page: RedactionPage, box: Box) -> str:
    return "".join(
        str(word)
        for line in page.lines
        for word, *edges in line
        if Box(*map(float, edges)).overlap(box) > 0
    )


def _shown(mark: RedactionMark) -> dict[str, Any]:
    """Return a mark as the template shows it."""
    return {
        "row": mark,
        "boxes": [
            {"x": left, "y": top, "width": right - left, "height": bottom - top}
            for left, top, right, bottom in mark.boxes
        ],
        "why": rule(mark.rule).title if mark.rule else "",
    }


def _stretches(page: RedactionPage, marks: list[RedactionMark]) -> list[dict[str, Any]]:
    """Return a plain text in stretches, the marked ones with their mark."""
    spans = [(m.start, m.end, m) for m in marks if m.start is not None and m.end is not None]
    result: list[dict[str, Any]] = []
    for line in page.lines:
        for word, start, end in line:
            mark = next((m for low, high, m in spans if low < end and start < high), None)
            if result and result[-1]["mark"] == mark:
                result[-1]["text"] += word
            else:
                result.append({"text": str(word), "mark": mark})
    return result
