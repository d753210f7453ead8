"""What the verbs of a release do alike."""

from gongkai.core.codes import Outlet, outlets
from gongkai.domain.channels.errors import NoSuchOutlet, WrongState
from gongkai.domain.channels.models import Release, State
from gongkai.domain.channels.models.release import WEBSITE
from gongkai.foundation.permissions import Reader

ACT = "channels.plan"


def held(key: int) -> Release:
    """Return the release *key* with what belongs to it, held until the transaction is over."""
    return (
        Release.objects.select_for_update(of=("self",))
        .select_related("item", "item__organisation", "organisation", "responsible")
        .get(pk=key)
    )


def must_reach(by: Reader, release: Release) -> str:
    """Refuse unless *by* may act for the unit that does it or for the one whose item it is; return the path used."""
    responsible = str(release.responsible.path)
    if by.may(ACT, responsible):
        return responsible
    path = str(release.organisation.path)
    by.must(ACT, path)
    return path


def must_be(release: Release, *states: State, verb: str) -> None:
    """Refuse where *release* is in none of *states*.

    Raises:
        WrongState: With what it is.
    """
    if release.state not in states:
        raise WrongState(state=release.get_state_display(), verb=verb)


def outside(key: str) -> Outlet:
    """Return the outlet *key*, which is not the website.

    Raises:
        NoSuchOutlet: There is none, or it is the website, where publication is the release.
    """
    found = outlets().get(key)
    if found is None or key == WEBSITE:
        raise NoSuchOutlet(outlet=key)
    return found
