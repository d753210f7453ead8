"""A chapter of the narrative is written."""

from dataclasses import dataclass

from django.db import transaction

from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.reports.actions.moving import held
from gongkai.oversight.reports.errors import UnknownHeading
from gongkai.oversight.reports.events import WRITTEN
from gongkai.oversight.reports.lifecycle import must_be_open
from gongkai.oversight.reports.models import Chapter, Report


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a text.

    Attributes:
        conflict: Somebody else wrote since; ``chapter`` is theirs and nothing was saved.
    """

    chapter: Chapter
    conflict: bool = False


def write_chapter(report: Report, heading: str, text: str, *, version: int, by: Reader) -> Written:
    """Save *text* under *heading*.

    Args:
        report: The report.
        heading: Key of the heading in the form.
        text: The whole chapter.
        version: The version that *text* was made from; 0 where there was none.
        by: Who writes.

    Raises:
        UnknownHeading: The form has none of that key.
        NotNow: The report is not being filled.
    """
    text = text.replace("\r\n", "\n").strip("\n")
    with transaction.atomic():
        fresh = held(report.pk)
        path = str(fresh.organisation.path)
        by.must("reports.fill", path)
        must_be_open(fresh, "撰写正文")
        if heading not in {h.key for h in fresh.form_facts.headings}:
            raise UnknownHeading(heading=heading)
        chapter = fresh.chapters.filter(heading=heading).select_related("by").first()
        before = chapter.text if chapter else ""
        if chapter and chapter.text == text:
            return Written(chapter)
        if (chapter.version if chapter else 0) != version:
            return Written(
                chapter or Chapter(report=fresh, heading=heading, version=0), conflict=True
            )
        chapter = chapter or Chapter(report=fresh, heading=heading, version=0)
        chapter.text, chapter.by, chapter.at = text, by.user, clock.now()
        chapter.version += 1
        chapter.save()
        Report.objects.filter(pk=fresh.pk).update(touched=chapter.at)
        record(
            WRITTEN,
            by=by,
            act="reports.fill",
            path=path,
            on=fresh,
            before=before,
            after=text,
            facts={"heading": heading, "version": chapter.version},
        )
    return Written(chapter)
