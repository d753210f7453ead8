"""Questions about redactions."""

import hashlib
import json
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.core.redaction import GroundOnPages, grounds_by_page
from gongkai.domain.redaction.models import MarkState, Redaction, RedactionMark, Stage


def of_subject(model: str, key: int) -> QuerySet[Redaction]:
    """Return the redactions of one thing, those given up left out, with how much is to be decided."""
    return (
        Redaction.objects.filter(subject_type=model, subject_id=key)
        .exclude(stage=Stage.DISCARDED)
        .select_related("output", "source")
        .annotate(
            open_marks=Count("marks", Q(marks__state=MarkState.PROPOSED)),
            made_marks=Count("marks", Q(marks__state=MarkState.ACCEPTED)),
        )
        .order_by("-pk")
    )


def accepted(redaction: Redaction) -> QuerySet[RedactionMark]:
    """Return the marks that count."""
    return redaction.marks.filter(state=MarkState.ACCEPTED)


def undecided(redaction: Redaction) -> int:
    """Return how many proposals nobody has decided on."""
    return redaction.marks.filter(state=MarkState.PROPOSED).count()


def grounds_of(redaction: Redaction, day: date) -> tuple[GroundOnPages, ...]:
    """Return the grounds by page for the letter of *day*."""
    marks = [mark.as_core(is_text=redaction.is_text) for mark in accepted(redaction)]
    return grounds_by_page(marks, day)


def grounds_of_output(stored: int, day: date) -> tuple[GroundOnPages, ...]:
    """Return the grounds by page of the redacted file kept under the key *stored*; none if it is not one."""
    found = Redaction.objects.filter(output=stored, stage=Stage.RELEASED).first()
    return grounds_of(found, day) if found else ()


def digest_of_marks(redaction: Redaction) -> str:
    """Return the SHA-256 of the marks that count, for the record."""
    marks = [mark.as_core(is_text=redaction.is_text).as_json() for mark in accepted(redaction)]
    return hashlib.sha256(json.dumps(marks, sort_keys=True).encode()).hexdigest()
