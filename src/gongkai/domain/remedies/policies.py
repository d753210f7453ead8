"""Who may see and do what with remedies."""

from django.db.models import QuerySet

from gongkai.domain.applications.policies import IDENTITY
from gongkai.domain.remedies.models import Paper, Remedy
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "remedies.view"
HANDLE = "remedies.handle"


def visible_to(reader: Reader) -> QuerySet[Remedy]:
    """The remedies *reader* may know of."""
    return Remedy.objects.filter(reader.reach(VIEW).q("organisation__path"))


def fetch(reader: Reader, key: int) -> Remedy:
    """Return one of them with its application, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    rows = visible_to(reader).select_related(
        "application", "organisation", "against", "follows", "renewed"
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotThere(what="这件复议、诉讼或者举报投诉")
    return found


def may_handle(reader: Reader, remedy: Remedy) -> bool:
    """Tell whether *reader* may act in *remedy*."""
    return reader.may(HANDLE, str(remedy.organisation.path))


def papers_visible_to(reader: Reader, remedy: Remedy) -> QuerySet[Paper]:
    """The papers of *remedy*: they name whose claim it is, so that few may open them."""
    rows = remedy.papers.select_related("sealed", "added_by")
    return rows if may_see_claimant(reader, remedy) else rows.none()


def fetch_paper(reader: Reader, remedy: Remedy, key: int) -> Paper:
    """Return one of them, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    found = papers_visible_to(reader, remedy).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这份材料")
    found.remedy = remedy
    return found


def may_see_claimant(reader: Reader, remedy: Remedy) -> bool:
    """Tell whether *reader* may see whose claim it is."""
    return reader.may(IDENTITY, str(remedy.organisation.path))
