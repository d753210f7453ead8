"""A published report is corrected, openly."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gongkai.core.forms import Place
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.reports.actions.moving import held
from gongkai.oversight.reports.actions.putting import Put, put
from gongkai.oversight.reports.entering import entered
from gongkai.oversight.reports.errors import NoReason, NothingChanged, NotNow, UnknownHeading
from gongkai.oversight.reports.events import CORRECTED
from gongkai.oversight.reports.models import (
    Cell,
    Chapter,
    Correction,
    Edition,
    Report,
    Source,
    Status,
    Step,
)
from gongkai.oversight.reports.models.step import Verb
from gongkai.oversight.reports.publishing import publish


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be put right: a figure in its place, or the text under a heading.

    Attributes:
        place: The cell; nothing where a chapter is amended.
        heading: The chapter; nothing where a cell is amended.
        text: What shall stand there.
    """

    text: str
    place: Place | None = None
    heading: str = ""


def correct(report: Report, amendments: Sequence[Amendment], *, reason: str, by: Reader) -> Edition:
    """Publish a new edition of *report* with a visible note; the old edition stays.

    Raises:
        NoReason: No reason is given.
        NothingChanged: All amendments say what stands there already.
        NotNow: The report was not published.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        fresh = held(report.pk)
        path = str(fresh.organisation.path)
        by.must("reports.correct", path)
        if fresh.status != Status.ISSUED:
            raise NotNow(status=fresh.get_status_display(), verb="更正")
        last = fresh.editions.latest("number")
        # the triggers let nothing else through but a report under correction
        Report.objects.filter(pk=fresh.pk).update(status=Status.CORRECTING)
        fresh.status = Status.CORRECTING
        notes = _amend(fresh, amendments, by)
        if not notes:
            raise NothingChanged
        for note in notes:
            note.reason = reason.strip()
            note.by = by.user  # type: ignore[assignment]  # nobody passes must() without a user
        edition = publish(fresh, number=last.number + 1, user=by.user, corrections=notes)
        Correction.objects.bulk_create(notes)
        Report.objects.filter(pk=fresh.pk).update(status=Status.ISSUED)
        Step.objects.create(
            report=fresh,
            verb=Verb.CORRECTED,
            before=Status.ISSUED,
            after=Status.ISSUED,
            by=by.user,
            comment=reason.strip(),
        )
        record(
            CORRECTED,
            by=by,
            act="reports.correct",
            path=path,
            on=fresh,
            before=last.digest,
            after=edition.digest,
            facts={"edition": edition.number, "what": [n.place or n.heading for n in notes]},
            reason=reason,
        )
    return edition


def _amend(report: Report, amendments: Sequence[Amendment], by: Reader) -> list[Correction]:
    there = {c.place: c for c in report.cells.all()}
    form = report.form_facts
    notes, puts = [], []
    for amendment in amendments:
        if amendment.place is None:
            note = _amend_chapter(report, amendment, by)
        else:
            value = entered(amendment.text, form, amendment.place)
            now = there.get(str(amendment.place), Cell())
            if now.value == value:
                continue
            puts.append(
                Put(
                    amendment.place,
                    value,
                    unit=now.unit,
                    source=Source.DECLARED,
                    ground="发布后更正",
                )
            )
            note = Correction(
                place=str(amendment.place),
                label=form.label(amendment.place),
                before=now.text or "空白",
                after=Cell(value=value).text or "空白",
            )
        if note:
            notes.append(note)
    if puts:
        put(report, puts, there=there, user=by.user, at=clock.now())
    return notes


def _amend_chapter(report: Report, amendment: Amendment, by: Reader) -> Correction | None:
    heading = next((h for h in report.form_facts.headings if h.key == amendment.heading), None)
    if heading is None:
        raise UnknownHeading(heading=amendment.heading)
    text = amendment.text.replace("\r\n", "\n").strip("\n")
    chapter = report.chapters.filter(heading=heading.key).first() or Chapter(
        report=report, heading=heading.key, version=0
    )
    if chapter.text == text:
        return None
    before, chapter.text = chapter.text, text
    chapter.by, chapter.at = by.user, clock.now()
    chapter.version += 1
    chapter.save()
    return Correction(heading=heading.key, label=heading.label, before=before, after=text)
