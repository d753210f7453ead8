"""What a case says of people goes when it has been kept long enough; what was counted stays."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.core import chain, forms
from gongkai.core.casefile import retentions, standard_retention
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.models import Application, PublicationProposal
from gongkai.domain.letters.errors import FiguresChanged, ForEver, KeptLonger, NotArchived
from gongkai.domain.letters.events import FORGOTTEN, forgetting
from gongkai.domain.letters.offices import settings_of
from gongkai.domain.redaction.actions import forget as forget_redactions
from gongkai.foundation import clock
from gongkai.foundation.figures import Period, cell_sources
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "letters.forget"
GONE = "（保管期满，已经删除）"
"""What stands where a name or a request stood."""
PERSONAL = (
    "contact",
    "document_kind",
    "document_number",
    "telephone",
    "email",
    "address",
    "postcode",
)


def kept_until(application: Application) -> date | None:
    """Return the last day on which the case of *application* is kept; nothing where it is for ever."""
    made = application.case_files.order_by("-pk").first()
    if made is not None:
        return made.until
    key = settings_of(application.organisation).retention or standard_retention()
    return retentions()[key].until(application.delivered or application.decided or clock.today())


def forget(application: Application, *, by: Reader | None) -> str:
    """Delete everything personal of *application*; return the digest of the figures, before as after.

    What it counts as stays: organisation, channel, kind of applicant, days, outcome. That no published figure
    moves is not hoped for but compared, every cell of every year that the case touches, in the same transaction.

    Args:
        application: An archived case.
        by: Who does it; nobody for the command that is run by whoever keeps the machine.

    Raises:
        NotAllowed: The post does not allow it.
        NotArchived: It is still worked on.
        KeptLonger, ForEver: It has not been kept long enough.
        FiguresChanged: A figure would change; nothing is deleted.
    """
    with transaction.atomic():
        row = held(application.pk)
        path = str(row.organisation.path)
        if by is not None:
            by.must(ACT, path)
        _must_be_over(row)
        before = _figures(row)
        _blank(row)
        after = _figures(row)
        if after != before:
            raise FiguresChanged
        record(
            FORGOTTEN,
            by=by,
            act=ACT if by else None,
            path=path,
            on=row,
            facts={"number": row.number, "figures": after},
        )
    application.refresh_from_db()
    return after


def _must_be_over(row: Application) -> None:
    if row.state != "archived":
        raise NotArchived(state=row.state_facts.label)
    until = kept_until(row)
    if until is None:
        raise ForEver
    if clock.today() <= until:
        raise KeptLonger(until=until)


def _figures(row: Application) -> str:
    """Return the digest of every cell of the years that *row* touches, for its organisation."""
    years = {day.year for day in (row.received, row.decided, row.delivered) if day}
    told: dict[str, Any] = {}
    for year in sorted(years):
        for form in forms.forms_of_year(year):
            for key, source in cell_sources().items():
                filled = source.ask([row.organisation_id], Period(year), form.key)
                cells = filled.get(row.organisation_id, {})
                values = {place: str(answer.value) for place, answer in sorted(cells.items())}
                told[f"{year}/{form.key}/{key}"] = values
    return chain.digest(told)


def _blank(row: Application) -> None:
    row.name, row.identity, row.account = GONE, None, None
    for name in PERSONAL:
        setattr(row, name, "")
    row.matter, row.erased_at = GONE, clock.now()
    row.save()
    for fact in row.facts.exclude(text="", tracking=""):
        fact.text = fact.tracking = ""
        fact.save(update_fields=["text", "tracking"])
    for party in row.parties.all():
        party.name, party.address, party.telephone = GONE, "", ""
        party.save()
    for letter in row.letters.all():
        letter.content, letter.tracking, letter.docx, letter.pdf = {}, "", None, None
        letter.save()
    row.notes.all().delete()
    row.code_renewals.all().delete()
    # what stands in the public log is an official's words and names nobody: it stays
    for proposal in PublicationProposal.objects.filter(application=row):
        proposal.suggestion, proposal.reason = "", ""
        proposal.save(update_fields=["suggestion", "reason"])
    row.documents.all().delete()
    row.case_files.all().delete()
    for decision in row.decisions.all():
        decision.parts.update(matter="", reasons="")
        decision.revisions.all().update(content={})
    forget_redactions("applications.application", row.pk)
    forgetting.send(sender=Application, application=row)
