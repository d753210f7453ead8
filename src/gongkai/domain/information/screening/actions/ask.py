"""Those who answer for secrecy are asked to look."""

from django.urls import reverse

from gongkai.core.titles import quoted
from gongkai.domain.information.models import Item
from gongkai.domain.information.screening.errors import NobodyToAsk
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import holders
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader

ROLE = "secrecy"


def ask(item: Item, *, by: Reader) -> list[User]:
    """Ask the secrecy officers of the item's organisation, or of the nearest one above; return them.

    Raises:
        NotAllowed: The post does not allow it.
        NobodyToAsk: There is none.
    """
    organisation: Organisation = item.organisation
    by.must("screening.keep", str(organisation.path))
    above = Organisation.objects.filter(path__in=organisation.ancestor_paths)
    nearest = [organisation, *sorted(above, key=lambda one: -len(str(one.path)))]
    for place in nearest:
        people = holders(ROLE, of=place)
        if people:
            title = item.title[:40] or "没有标题的草稿"
            notify(
                people,
                f"请对{quoted(title)}的预检发现作保密审查。",
                href=reverse("screening:precheck", args=[item.pk]),
            )
            return people
    raise NobodyToAsk
