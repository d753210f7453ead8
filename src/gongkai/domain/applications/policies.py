"""Who may see and do what with applications."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.core import lifecycle
from gongkai.domain.applications.models import (
    Application,
    Decision,
    Document,
    DocumentKind,
    Fact,
    Term,
)
from gongkai.domain.review.queries import waiting_for
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "applications.view"
IDENTITY = "applications.identity"
HANDLE = "applications.handle"
REPORT = "applications.report"
EXTEND = "applications.extend"
REGISTER = "applications.register"
ASSIGN = "applications.assign"
URGE = "applications.urge"
STRIKE = "applications.strike"
RENEW_CODE = "applications.renew-code"
PUBLISH = "applications.publish"
LOG = "applications.log"
LOG_SETTING = "applications.log-setting"
FROM_OUTSIDE = {DocumentKind.REQUEST, DocumentKind.SUPPLEMENT, DocumentKind.PROOF}
"""Files that say who applies."""


def visible_to(reader: Reader) -> QuerySet[Application]:
    """The applications *reader* may know of: those of the units within reach, and those given to them."""
    reach = reader.reach(VIEW)
    given = Fact.objects.filter(
        reach.q("unit__path"), application=OuterRef("pk"), act="dispatch", unit__isnull=False
    )
    return Application.objects.filter(
        reach.q("organisation__path") | (Exists(given) if reach else Q(pk__in=[]))
    )


def terms_visible_to(reader: Reader) -> QuerySet[Term]:
    """What is owed by the units within reach, or in cases of theirs."""
    reach = reader.reach(VIEW)
    if reach.everywhere:
        return Term.objects.all()
    keys = reach.keys()
    return Term.objects.filter(Q(organisation__in=keys) | Q(application__organisation__in=keys))


def documents_visible_to(reader: Reader, application: Application) -> QuerySet[Document]:
    """The files of *application* that *reader* may open: what tells who applies is for few."""
    rows = Document.objects.filter(application=application)
    if may_see_identity(reader, application):
        return rows
    return rows.exclude(kind__in=FROM_OUTSIDE)


def fetch_document(reader: Reader, application: Application, key: int) -> Document:
    """Return one of them, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    rows = documents_visible_to(reader, application).select_related("sealed", "stored")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotThere(what="这份材料")
    return found


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
    if act == "extend":  # whoever agrees to it notes it down, and handles nothing else
        return reader.may(EXTEND, str(application.organisation.path))
    if lifecycle.acts()[act].who == "unit":
        return (bool(unit) and reader.may(REPORT, unit)) or _handles(reader, application)
    return _handles(reader, application)


def may(reader: Reader, act: str, application: Application) -> bool:
    """Tell whether *reader* may do *act*, of ``acts.yaml``, to *application*."""
    return reader.may(act, str(application.organisation.path))


def may_write(reader: Reader, application: Application) -> bool:
    """Tell whether *reader* may put notes and documents into the case: who works on it."""
    if any(may(reader, act, application) for act in (HANDLE, ASSIGN, URGE)):
        return True
    given = Fact.objects.filter(application=application, act="dispatch", unit__isnull=False)
    return given.filter(reader.reach(REPORT).q("unit__path")).exists()


def _handles(reader: Reader, application: Application) -> bool:
    return reader.may(HANDLE, str(application.organisation.path))
