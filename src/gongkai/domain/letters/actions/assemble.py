"""A case is put together at its end."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from django.db import transaction

from gongkai.core.casefile import (
    CaseCover,
    Piece,
    assemble,
    retentions,
    standard_retention,
)
from gongkai.core.days import in_chinese
from gongkai.core.extraction.guarding import Guard
from gongkai.core.letters import Facts, compose
from gongkai.core.rendering.letter_paper import letter_pdf
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.models import Application, Document, Letter
from gongkai.domain.letters import policies
from gongkai.domain.letters.deriving import Case, derived
from gongkai.domain.letters.errors import StillOpen
from gongkai.domain.letters.events import ASSEMBLED
from gongkai.domain.letters.models import CaseFile
from gongkai.domain.letters.offices import office_of, settings_of, template_of
from gongkai.domain.letters.sealing import contents, keep
from gongkai.foundation import clock
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

PDF = "application/pdf"
SHEETS = {"register": "登记表", "approval": "呈批单", "handling": "办理情况"}
"""The sheets that the file has in any case, and what they are in its contents."""
SECONDS = 600
"""Time for putting all pieces together, in the process that opens them."""


def start_assembling(application: Application, *, by: Reader) -> Job:
    """Have *application* put together in the background; return the work, also where it is under way already.

    Raises:
        NotAllowed: The post does not allow it.
        StillOpen: It is not decided yet.
    """
    from gongkai.domain.letters.jobs import assemble_file  # noqa: PLC0415  # it calls assemble_case

    _must_be_done(application, by)
    arguments = {"application": application.pk, "by": by.user.pk if by.user else None}
    with transaction.atomic():
        held(application.pk)  # colleagues who ask at the same moment get the same work
        under_way = last_assembling(application)
        if under_way is not None and under_way.is_active:
            return under_way
        return start(assemble_file, by=by, arguments=arguments, title=f"编成案卷 {application}")


def last_assembling(application: Application) -> Job | None:
    """Return the last work on the file of *application*, whoever asked for it."""
    jobs = Job.objects.filter(kind="letters.assemble", arguments__application=application.pk)
    return jobs.select_related("owner").order_by("-created").first()


def assemble_case(
    application: Application, *, by: Reader, progress: Progress | None = None
) -> CaseFile:
    """Put everything of *application* into one file, in order, with contents and manifest.

    The files come from outside: they are opened in a process of their own. A file and the note that it is there
    are written at once, so that work that is started again does not make a second one.

    Raises:
        NotAllowed: The post does not allow it.
        StillOpen: It is not decided yet.
        Unreadable: It took too long or too much.
    """
    path = str(application.organisation.path)
    _must_be_done(application, by)
    day = clock.today()
    key = settings_of(application.organisation).retention or standard_retention()
    until = retentions()[key].until(application.delivered or application.decided or day)
    cover = _cover(application, key, until)
    with Guard(seconds=SECONDS) as guarded:
        made = guarded.call(assemble, cover, list(_collected(application, progress)), day)
    manifest = made.manifest.as_json()
    with transaction.atomic():
        row = CaseFile.objects.create(
            application=application,
            made=day,
            by=by.user,
            pdf=keep(made.pdf, f"案卷{application.number}.pdf", by),
            manifest={"text": manifest.decode()},
            digest=sha256(manifest).hexdigest(),
            pieces=len(made.manifest.pieces),
            pages=made.manifest.pages,
            retention=key,
            until=until,
        )
        record(
            ASSEMBLED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=row,
            after=row.digest,
            facts={
                "application": application.pk,
                "manifest": row.digest,
                "pieces": row.pieces,
                "pages": row.pages,
            },
        )
        if progress is not None:
            progress.memory["made"] = row.pk
            progress.keep()
    return row


def _must_be_done(application: Application, by: Reader) -> None:
    by.must(policies.HANDLE, str(application.organisation.path))
    if application.decided is None:
        raise StillOpen


def _collected(application: Application, progress: Progress | None) -> Iterator[Piece]:
    """Yield the pieces, telling how far it is; putting them together counts as one more."""
    if progress is not None:
        letters = Letter.objects.filter(application=application).exclude(issued=None)
        progress.start(2 + letters.count() + application.documents.count())
    for number, piece in enumerate(pieces(application), 1):
        yield piece
        if progress is not None:
            progress.step(f"第 {number} 件")


def pieces(application: Application) -> Iterator[Piece]:
    """Yield what belongs into the file: the register, then everything by the day on which it came to be.

    Last comes what was done on which day and by whom.
    """
    case = Case(application)
    yield _sheet(case, "register", case.first)
    dated = [*_approvals(case), *_letters(application), *_documents(application)]
    yield from sorted(dated, key=lambda piece: piece.day)
    yield _sheet(case, "handling", max(fact.day for fact in case.facts))


def _sheet(case: Case, key: str, day: date) -> Piece:
    row = case.application
    office = office_of(row.organisation)
    told = Facts(office=office, values=derived(case), received=case.first)
    made = compose(template_of(row.organisation, key), told, day)
    name = SHEETS[key]
    return Piece(made.title, name, day, f"{name}.pdf", PDF, letter_pdf(made))


def _approvals(case: Case) -> Iterator[Piece]:
    """Yield the approval sheet of each decision, unless somebody has sent one into the file."""
    row = case.application
    if Letter.objects.filter(application=row, template="approval").exclude(issued=None).exists():
        return
    for fact in case.facts:
        if fact.decision_id is not None:
            yield _sheet(Case(row, fact), "approval", fact.day)


def _letters(application: Application) -> Iterator[Piece]:
    rows = Letter.objects.filter(application=application).exclude(issued=None)
    for letter in rows.select_related("pdf"):
        if letter.pdf is not None and letter.issued is not None:
            title = f"{letter.title}{letter.number and f'（{letter.number}）'}"
            yield Piece(
                title, "文书", letter.issued, str(letter.pdf.name), PDF, contents(letter.pdf)
            )


def _documents(application: Application) -> Iterator[Piece]:
    rows = Document.objects.filter(application=application).select_related("sealed", "stored")
    for document in rows:
        file = document.sealed or document.stored
        if file is None:
            continue
        if isinstance(file, StoredFile):
            with file.open_original() as stream:
                data = stream.read()
        else:
            data = contents(file)
        day = document.added_at.astimezone(clock.now().tzinfo).date()
        yield Piece(
            str(document.title),
            document.get_kind_display(),
            day,
            str(file.name),
            file.kind_facts.media_type,
            data,
        )


def _cover(application: Application, retention: str, until: date | None) -> CaseCover:
    kept = retentions()[retention].label
    days = [
        ("收到日期", application.received),
        ("作出决定", application.decided),
        ("送达日期", application.delivered),
    ]
    facts = [(label, in_chinese(day)) for label, day in days if day]
    facts.append(("保管期限", f"{kept}{f'，到{in_chinese(until)}' if until else ''}"))
    return CaseCover(
        number=application.number,
        office=application.organisation.name,
        matter=application.matter,
        facts=tuple(facts),
    )
