"""Who may see and do what with items."""

from django.db.models import Exists, OuterRef

from gongkai.domain.information.lifecycle import EDITABLE
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.models import Review
from gongkai.domain.review.queries import waiting_for
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "information.view"


def visible_to(reader: Reader) -> ItemQuerySet:
    """The items *reader* may know to exist at the desk."""
    reach = reader.reach(VIEW)
    if any(len(tree) == Organisation.steplen for tree in reach.trees):
        # nearly all there are: looked up for each row, so that no database goes through them unit by unit
        within = Organisation.objects.filter(reach.q(), pk=OuterRef("organisation"))
        return Item.objects.filter(Exists(within))
    return Item.objects.filter(reach.q("organisation__path"))


def fetch(reader: Reader, key: int) -> Item:
    """Return one of them with its organisation and column, or say that it is not there."""
    found = (
        visible_to(reader)
        .select_related("organisation", "column", "review", "author", "latest_revision")
        .filter(pk=key)
        .first()
    )
    if (
        found is None
        and waiting_for(reader).filter(subject_type=Item._meta.label_lower, subject_id=key).exists()
    ):
        # somebody who has to sign may read what is to be signed, whatever unit it is of
        found = Item.objects.select_related("organisation", "column", "author").get(pk=key)
    if found is None:
        raise NotThere(what="这条信息")
    return found


def may(reader: Reader, act: str, item: Item) -> bool:
    """Tell whether *reader* may do *act* to *item*, whatever stage it is at."""
    return reader.may(act, str(item.organisation.path))


def may_edit(reader: Reader, item: Item) -> bool:
    """Tell whether *reader* may change *item* now."""
    in_review = Review.objects.open().of(item).exists()
    return item.status in EDITABLE and not in_review and may(reader, "information.edit", item)
