"""What was built beside what it was built from, and what the verifier says; the last look before release."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.domain.redaction import queries
from gongkai.domain.redaction.actions import release
from gongkai.domain.redaction.desk.screen import RedactionScreen
from gongkai.domain.redaction.models import MarkState, Stage
from gongkai.domain.redaction.working import working_bytes
from gongkai.foundation import clock


class ReleaseForm(forms.Form):
    """The last question."""

    accepts = forms.BooleanField(
        label="我逐处看过，这些地方可以不遮盖", required=False, widget=forms.CheckboxInput
    )


class CompareView(RedactionScreen):
    """Original and result side by side."""

    template_name = "redaction/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both sides, the findings and the grounds by page."""
        redaction = self.redaction
        kwargs.setdefault("form", ReleaseForm())
        left = list(redaction.remainders)
        return super().get_context_data(
            result_text=self._result() if redaction.is_text else "",
            source_text=self._source() if redaction.is_text else "",
            left=left,
            grounds=queries.grounds_of(redaction, clock.today()),
            count=queries.accepted(redaction).count(),
            kept=redaction.marks.filter(state=MarkState.UNDONE).count(),
            numbers=range(1, redaction.page_count + 1),
            left_pages={each["page"] for each in left},
            **kwargs,
        )

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; while marks are being made there is nothing to compare."""
        if self.redaction.stage == Stage.MARKING and not self._just_failed():
            return HttpResponseRedirect(self.redaction.get_absolute_url())
        return super().get(*args, **kwargs)

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Release it."""
        form = ReleaseForm(self.request.POST)
        if form.is_valid():
            try:
                release(
                    self.redaction,
                    by=self.reader,
                    accepts_remainders=form.cleaned_data["accepts"],
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(self.request, "已定稿，遮盖后的文件放进了案卷。")
                return HttpResponseRedirect(reverse("redaction:compare", args=[self.redaction.pk]))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _just_failed(self) -> bool:
        """Whether building went wrong: the reason stands with the job."""
        job = self.redaction.job
        return bool(job and job.kind == "redaction.build" and job.state in {"failed", "stopped"})

    def _result(self) -> str:
        output = self.redaction.output
        if output is None:
            return ""
        with output.open_public() as stream:
            return stream.read().decode("utf-8", "replace")

    def _source(self) -> str:
        if self.redaction.stage == Stage.RELEASED:
            return ""
        return working_bytes(self.redaction).decode("utf-8", "replace")
