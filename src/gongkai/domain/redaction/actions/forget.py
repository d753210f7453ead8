"""Personal data of redactions goes when that of their case goes; what was counted and recorded stays."""

from django.db import transaction

from gongkai.domain.redaction.models import Redaction


def forget(model: str, key: int) -> int:
    """Blank every sealed word of the redactions of one thing; return how many redactions there are.

    Places, grounds and digests stay: they say how much was covered and why, and of whom nothing.

    Args:
        model: ``app.model`` of what they belong to.
        key: Which one.
    """
    with transaction.atomic():
        found = list(Redaction.objects.filter(subject_type=model, subject_id=key))
        for redaction in found:
            redaction.pages.all().delete()
            redaction.title, redaction.remainders, redaction.working = "", [], None
            redaction.save(update_fields=["title", "remainders", "working"])
            for mark in redaction.marks.all():
                mark.text = mark.note = ""
                mark.save(update_fields=["text", "note"])
    return len(found)
