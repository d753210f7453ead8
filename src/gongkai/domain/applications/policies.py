"""Who may see and do what with applications."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.core import lifecycle
from gongkai.domain.applications.models import Application, Decision, Fact
from gongkai.domain.review.queries import waiting_for
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "applications.view"
IDENTITY = "applications.identity"
HANDLE = "applications.handle"
REPORT = "applications.report"


def visible_to(reader: Reader) -> QuerySet[Application]:
    """The applications *reader* may know of: those of the units within reach, and those given to them."""
    reach = reader.reach(VIEW)
    given = Fact.objects.filter(
        reach.q("unit__path"), application=OuterRef("pk"), act="dispatch", unit__isnull=False
    )
    return Application.objects.filter(
        reach.q("organisation__path") | (Exists(given) if reach else Q(pk__in=[]))
    )


def fetch(reader: Reader, key: int) -> Application:
    """Return one of them with its organisation, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    rows = Application.objects.select_related("organisation", "unit", "handler")
    found = visible_to(reader).filter(pk=key).exists()
    if not found:
        decisions = Decision.objects.filter(application=key).values_list("pk", flat=True)
        label = Decision._meta.label_lower
        # whoever has to sign may read what is to be signed, whatever unit it is of
        found = (
            waiting_for(reader).filter(subject_type=label, subject_id__in=list(decisions)).exists()
        )
    if not found:
        raise NotThere(what="这件申请")
    return rows.get(pk=key)


def may_see_identity(reader: Reader, application: Application) -> bool:
    """Tell whether *reader* may see who applies."""
    return reader.may(IDENTITY, str(application.organisation.path))


def may_proceed(reader: Reader, application: Application, act: str, *, unit: str = "") -> bool:
    """Tell whether *reader* may do *act* of the life cycle; *unit* is the path of the unit that was asked."""
    if lifecycle.acts()[act].who == "unit":
        return (bool(unit) and reader.may(REPORT, unit)) or _handles(reader, application)
    return _handles(reader, application)


def _handles(reader: Reader, application: Application) -> bool:
    return reader.may(HANDLE, str(application.organisation.path))
