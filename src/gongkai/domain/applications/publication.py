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
OWN = (DocumentKind.SOURCE, DocumentKind.REDACTED)
"""What the office has of its own; all else in a case came from somebody or is its own working."""
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


def given_out(application: Application) -> list[Document]:
    """Return the files that went out with the last decision of *application*, as it was signed.

    Of a document that was redacted the original is never among them, whatever was ticked.
    """
    decision = _made(application)
    if decision is None:
        return []
    worked = Redaction.objects.filter(subject_type=SUBJECT, subject_id=application.pk)
    covered = set(worked.exclude(stage=Stage.DISCARDED).values_list("source_digest", flat=True))
    third = set(worked.filter(audience=RedactedFor.PARTY).values_list("output", flat=True))
    rows = Document.objects.filter(
        application=application, pk__in=decision.documents, kind__in=OWN, stored__isnull=False
    )
    return [
        document
        for document in rows.select_related("stored", "sealed").order_by("pk")
        if document.stored is not None
        and document.stored_id not in third
        and not (document.kind == DocumentKind.SOURCE and document.stored.digest in covered)
    ]


def released_by(application: Application) -> list[Released]:
    """Return what of *application* may be published, what was redacted for everybody first."""
    decision = _made(application)
    if decision is None or not GIVEN & set(decision.grounds):
        return []
    outputs = Redaction.objects.filter(
        subject_type=SUBJECT,
        subject_id=application.pk,
        stage=Stage.RELEASED,
        audience=RedactedFor.PUBLIC,
    ).values("output")
    public = Document.objects.filter(
        application=application, kind=DocumentKind.REDACTED, stored__in=outputs
    )
    for_all = list(public.select_related("stored", "sealed").order_by("pk"))
    keys = {document.pk for document in for_all}
    others = [document for document in given_out(application) if document.pk not in keys]
    words = words_of(application)
    return [
        Released(
            document=document,
            stored=document.stored,
            for_public=document.pk in keys,
            named=bool(words_in(words, f"{document.stored.text}{document.stored.name}")),
        )
        for document in [*for_all, *others]
        if document.stored is not None and document.stored.is_ready
    ]


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
