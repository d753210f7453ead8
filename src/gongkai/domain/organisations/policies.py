"""Who may see which organisations and posts, and act on them."""

from django.db.models import QuerySet

from gongkai.domain.organisations.models import Organisation, Post
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet
from gongkai.foundation.permissions import NotThere, Reader


def visible_to(reader: Reader) -> OrganisationQuerySet:
    """The organisations *reader* may know to exist."""
    visible: OrganisationQuerySet = Organisation.objects.filter(
        reader.reach("organisations.view").q()
    )
    return visible


def fetch(reader: Reader, key: int) -> Organisation:
    """Return one of them, or say that it is not there."""
    found: Organisation | None = visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个机构")
    return found


def may(reader: Reader, act: str, organisation: Organisation) -> bool:
    """Tell whether *reader* may do *act* to *organisation*."""
    return reader.may(act, str(organisation.path))


def posts_visible_to(reader: Reader) -> QuerySet[Post]:
    """The posts *reader* may know of."""
    reach = reader.reach("organisations.people")
    return Post.objects.filter(reach.q("organisation__path")).select_related("organisation", "user")
