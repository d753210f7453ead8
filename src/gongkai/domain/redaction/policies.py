"""Who may see and cover what."""

from django.db.models import QuerySet

from gongkai.domain.redaction.models import Redaction
from gongkai.domain.redaction.subjects import subject_of
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader

VIEW = "redaction.view"
MARK = "redaction.mark"


def visible_to(reader: Reader) -> QuerySet[Redaction]:
    """The redactions of the units within reach."""
    return Redaction.objects.filter(reader.reach(VIEW).q("organisation__path"))


def fetch(reader: Reader, key: int) -> Redaction:
    """Return one of them, or say that it is not there: what it belongs to must be open to *reader*, too.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    rows = visible_to(reader).select_related("organisation", "source", "output", "job")
    found = rows.filter(pk=key).first()
    if found is None or not subject_of(found).may_see(reader, found.subject_id):
        raise NotThere(what="这份区分处理")
    return found


def may_mark(reader: Reader, redaction: Redaction) -> bool:
    """Tell whether *reader* may change and release it."""
    return reader.may(MARK, str(redaction.organisation.path)) and subject_of(redaction).may_mark(
        reader, redaction.subject_id
    )


def must_mark(reader: Reader, redaction: Redaction) -> None:
    """Refuse whoever may not.

    Raises:
        NotAllowed: The post does not allow it.
    """
    if not may_mark(reader, redaction):
        raise NotAllowed(act="区分处理")
