"""Who may see reviews and chains."""

from gongkai.domain.review.models import Chain, Review
from gongkai.domain.review.models.chain import ChainQuerySet
from gongkai.domain.review.models.review import ReviewQuerySet
from gongkai.domain.review.queries import waiting_for
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "review.view"


def visible_to(reader: Reader) -> ReviewQuerySet:
    """The reviews *reader* may know to exist: of the units in reach, and those that wait for them."""
    reach = Review.objects.filter(reader.reach(VIEW).q("organisation__path"))
    return reach | Review.objects.filter(pk__in=waiting_for(reader).order_by().values("pk"))


def fetch(reader: Reader, key: int) -> Review:
    """Return one of them, or say that it is not there."""
    found = (
        visible_to(reader)
        .select_related("organisation", "chain", "opened_by", "revision")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotThere(what="这次审查")
    return found


def chains_visible_to(reader: Reader) -> ChainQuerySet:
    """The chains of the units that *reader* may set them for."""
    return Chain.objects.filter(reader.reach("review.chain").q("organisation__path"))


def fetch_chain(reader: Reader, key: int) -> Chain:
    """Return one of them, or say that it is not there."""
    found = chains_visible_to(reader).select_related("organisation").filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个审批流程")
    return found
