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
    Handling,
    Report,
    Source,
    Status,
)
from gongkai.oversight.reports.models.handling import Verb
from gongkai.oversight.reports.publishing import Papers, publish, to_be_published


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
        MovedMeanwhile: Somebody else corrected it while the files were being written.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        # a rehearsal, of which nothing stays, tells what the new edition will say; its files are
        # then rendered while nobody is kept waiting
        rehearsed = _corrected(report, amendments, reason, by)
        told = to_be_published(
            rehearsed.report, number=rehearsed.number, corrections=rehearsed.notes
        )
        transaction.set_rollback(True)
    papers = Papers.of(told)
    with transaction.atomic():
        going = _corrected(report, amendments, reason, by)
        edition = publish(
            going.report, papers, number=going.number, user=by.user, corrections=going.notes
        )
        Correction.objects.bulk_create(going.notes)
        Report.objects.filter(pk=report.pk).update(status=Status.ISSUED)
        _remember(going, edition, reason, by)
    return edition


@dataclass(frozen=True, slots=True)
class _Going:
    """A report with its amendments made, and not yet published anew."""

    report: Report
    notes: list[Correction]
    number: int
    before: str


def _corrected(report: Report, amendments: Sequence[Amendment], reason: str, by: Reader) -> _Going:
    """Hold *report* and make the amendments; the caller has opened a transaction."""
    fresh = held(report.pk)
    by.must("reports.correct", str(fresh.organisation.path))
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
    return _Going(fresh, notes, last.number + 1, last.digest)


def _remember(going: _Going, edition: Edition, reason: str, by: Reader) -> None:
    Handling.objects.create(
        report=going.report,
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
        path=str(going.report.organisation.path),
        on=going.report,
        before=going.before,
        after=edition.digest,
        facts={"edition": edition.number, "what": [n.place or n.heading for n in going.notes]},
        reason=reason,
    )


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
