"""What the screens of one redaction share."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from gongkai.domain.redaction import policies
from gongkai.domain.redaction.models import Redaction, RedactionPage, Stage
from gongkai.domain.redaction.subjects import subject_of
from gongkai.foundation.desk.views import Crumb, DeskView

TONES = {
    Stage.BUILT: "is-warn",
    Stage.RELEASED: "is-good",
    Stage.FAILED: "is-bad",
    Stage.MARKING: "is-warn",
}


class RedactionScreen(DeskView):
    """A screen about one redaction."""

    act = policies.VIEW

    @cached_property
    def redaction(self) -> Redaction:
        """Return it."""
        return policies.fetch(self.reader, self.kwargs["key"])

    @cached_property
    def page(self) -> RedactionPage | None:
        """Return the page that is looked at; the first where none is named."""
        asked = self.request.GET.get("page", "") or self.request.POST.get("page", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
        rows = self.redaction.pages.all()
        found = rows.filter(number=number).first()
        if found is None and asked and self.redaction.page_count and rows.exists():
            raise Http404
        return found

    def get_title(self) -> str:
        """Return the heading."""
        return str(self.redaction.title)

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        subject = subject_of(self.redaction)
        key = self.redaction.subject_id
        return [
            Crumb(subject.title(key), subject.href(key)),
            Crumb("区分处理", reverse("redaction:index")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it with its state."""
        return super().get_context_data(
            redaction=self.redaction,
            tone=TONES.get(Stage(self.redaction.stage), ""),
            may=policies.may_mark(self.reader, self.redaction),
            page=self.page,
            **kwargs,
        )
