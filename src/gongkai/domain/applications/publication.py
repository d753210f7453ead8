"""What was asked for and might be published of the office's own accord (article 44): when, and what of it.

A proposal is opened when a decision gives information out, when several applicants asked for the same, or when the
applicant suggests it. What may be published is what went out, file by file: of a document that was redacted only the
redacted version, never the original, and never a word of the application.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from gongkai.core.fingerprints import share
from gongkai.core.lifecycle import occasions
from gongkai.domain.applications.events import happened
from gongkai.domain.applications.likeness import LOOKED_AT
from gongkai.domain.applications.models import (
    Application,
    Decision,
    Document,
    DocumentKind,
    Fact,
    PublicationProposal,
)
from gongkai.domain.applications.models.decision import DecisionStatus
from gongkai.domain.redaction.models import RedactedFor, Redaction, Stage
from gongkai.foundation import clock
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.sealing.marking import folded

GIVEN = {"granted", "partial"}
"""Grounds that give information out; what was public already needs no publishing."""
SUBJECT = "applications.application"
RECENT = timedelta(days=2)
WORDS = ("name", "contact", "document_number", "telephone", "email", "address")
SHORTEST = 2
"""Letters of a word that is looked for; a single one stands everywhere."""


@dataclass(frozen=True, slots=True)
class Released:
    """A file that went out and may go with what is published.

    Attributes:
        for_public: Whether it was redacted for everybody; else for this applicant, who may see more than others.
        named: Whether something that tells who applied stands in its text.
    """

    document: Document
    stored: StoredFile
    for_public: bool
    named: bool


def released_by(application: Application) -> list[Released]:
    """Return what of *application* may be published, what was redacted for everybody first."""
    decision = _made(application)
    if decision is None or not GIVEN & set(decision.grounds):
        return []
    worked = Redaction.objects.filter(subject_type=SUBJECT, subject_id=application.pk)
    covered = set(worked.exclude(stage=Stage.DISCARDED).values_list("source_digest", flat=True))
    public = set(
        worked.filter(stage=Stage.RELEASED, audience=RedactedFor.PUBLIC).values_list(
            "output", flat=True
        )
    )
    third = set(worked.filter(audience=RedactedFor.PARTY).values_list("output", flat=True))
    rows = Document.objects.filter(
        application=application,
        kind__in=(DocumentKind.SOURCE, DocumentKind.REDACTED),
        stored__isnull=False,
    ).select_related("stored")
    words = words_of(application)
    found = []
    for document in rows.order_by("pk"):
        stored = document.stored
        went_out = document.pk in decision.documents or document.stored_id in public
        if stored is None or not went_out or not stored.is_ready or stored.pk in third:
            continue
        if document.kind == DocumentKind.SOURCE and stored.digest in covered:
            continue  # the original of something that was redacted
        named = bool(words_in(words, f"{stored.text}{stored.name}"))
        found.append(Released(document, stored, document.stored_id in public, named))
    return sorted(found, key=lambda each: not each.for_public)


def words_of(application: Application) -> set[str]:
    """Return what tells who applied, as it is looked for."""
    told = {folded(str(getattr(application, name))) for name in WORDS}
    return {word for word in told if len(word) >= SHORTEST}


def words_in(words: set[str], text: str) -> set[str]:
    """Return those of *words* that stand in *text*."""
    plain = folded(text)
    return {word for word in words if word in plain}


def people_asking(application: Application) -> int:
    """Return how many different applicants have asked the same office for the same, this one among them."""
    enough = occasions()["several"].alike / 100
    columns = ("pk", "matter", "document_mark", "telephone_mark")
    rows = Application.objects.filter(
        organisation=application.organisation_id, erased_at=None
    ).exclude(pk=application.pk)
    people = {_person(application.pk, application.document_mark, application.telephone_mark)}
    for key, matter, document, telephone in rows.order_by("-pk").values_list(*columns)[:LOOKED_AT]:
        person = _person(key, document, telephone)
        if person not in people and share(application.matter, matter) >= enough:
            people.add(person)
    return len(people)


def opened_for(application: Application, **told: Any) -> PublicationProposal:
    """Return the proposal of *application*, opened if there is none, with what is *told*."""
    made, _ = PublicationProposal.objects.get_or_create(
        application=application, defaults={"organisation_id": application.organisation_id}
    )
    for name, value in told.items():
        setattr(made, name, value)
    if told:
        made.save(update_fields=list(told))
    return made


def look_for_several() -> int:
    """Open a proposal where several applicants asked for the same of late; return how many were opened."""
    least = occasions()["several"].people
    fresh = Application.objects.filter(
        created__gte=clock.now() - RECENT, publication=None, erased_at=None
    )
    opened = 0
    for application in fresh.select_related("organisation").order_by("pk").iterator():
        people = people_asking(application)
        if people >= least:
            with transaction.atomic():
                opened_for(application, people=people)
            opened += 1
    return opened


def _made(application: Application) -> Decision | None:
    rows = Decision.objects.filter(application=application, status=DecisionStatus.MADE)
    return rows.prefetch_related("parts").order_by("-round", "-pk").first()


def _person(key: int, document: str, telephone: str) -> str:
    return document or telephone or f"#{key}"


def _happened(application: Application, fact: Fact, **_: Any) -> None:
    """Open a proposal when a decision gives information out."""
    if fact.act != "decide" or not GIVEN & set(fact.grounds):
        return
    opened_for(application, released=True, people=people_asking(application))


def register() -> None:
    """Listen."""
    happened.connect(_happened, dispatch_uid="applications-publication")
