"""A letter goes out: numbered, printed, frozen."""

from django.db import transaction

from gongkai.core import chain
from gongkai.core import letters as core
from gongkai.core.letters import letter_number
from gongkai.core.rendering.letter_paper import letter_pdf
from gongkai.core.rendering.letter_word import letter_docx
from gongkai.domain.applications.models import Letter
from gongkai.domain.applications.numbering import advance
from gongkai.domain.letters import policies
from gongkai.domain.letters.errors import AlreadyIssued, NoMark
from gongkai.domain.letters.events import ISSUED
from gongkai.domain.letters.offices import settings_of, template_of
from gongkai.domain.letters.sealing import contents, keep
from gongkai.domain.letters.writing import composed
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def issue(letter: Letter, *, by: Reader) -> Letter:
    """Send *letter* out today: give it its number, print it, and freeze what it says.

    Whoever issues at the same time waits for the number; what fails gives its number back, so that there are
    neither gaps nor duplicates.

    Raises:
        NotAllowed: The post does not allow it.
        AlreadyIssued: It has gone out before.
        NoMark: It needs a number, and the office has no mark.
        Refusal: A fact is missing, or does not fit.
    """
    organisation = letter.application.organisation
    path = str(organisation.path)
    by.must(policies.HANDLE, path)
    day = clock.today()
    told = settings_of(organisation)
    made = template_of(organisation, letter.template)
    with transaction.atomic():
        row = (
            Letter.objects.select_for_update(of=("self",))
            .select_related("application__organisation", "fact__party", "fact__unit")
            .get(pk=letter.pk)
        )
        if row.issued:
            raise AlreadyIssued
        number = _number(organisation.pk, told.mark, day.year) if made.has_number else ""
        said = composed(row, day, number=number)
        seal = contents(told.seal) if told.seal and said.sealed else None
        _freeze(row, said, seal, by)
        record(
            ISSUED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=row,
            after=row.digest,
            facts={
                "application": row.application_id,
                "template": row.template,
                "number": number,
                "digest": row.digest,
            },
        )
    letter.refresh_from_db()
    return letter


def _number(organisation: int, mark: str, year: int) -> str:
    if not mark:
        raise NoMark
    letter_number(mark, year, 1)  # refuses a mark that cannot be one before a number is taken
    return letter_number(mark, year, advance(f"letter-{organisation}-{mark}-{year}"))


def _freeze(row: Letter, said: core.Letter, seal: bytes | None, by: Reader) -> None:
    content = said.as_dict()
    name = f"{said.title}{said.number}"[:80]
    row.title, row.number, row.issued = said.title[:120], said.number, said.day
    row.content = {"letter": content}
    row.digest = chain.digest(content)
    row.pdf = keep(letter_pdf(said, seal=seal), f"{name}.pdf", by)
    row.docx = keep(letter_docx(said, seal=seal), f"{name}.docx", by)
    row.save()
