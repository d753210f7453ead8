"""Questions about organisations and their people."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from gongkai.domain.organisations.models import Organisation, Post
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Standing


def standings(user: User) -> Iterator[Standing]:
    """Yield what *user* is today, one query."""
    posts = Post.objects.held_on().filter(user=user).select_related("organisation")
    for post in posts:
        unit = post.organisation
        yield Standing(role=post.role, unit=unit.pk, path=str(unit.path), name=str(unit))


def keys(condition: Q) -> QuerySet[Organisation, int]:
    """Return the keys of the organisations that meet *condition*, for use in another query."""
    found: QuerySet[Organisation, int] = Organisation.objects.filter(condition).values_list(
        "pk", flat=True
    )
    return found


def holders(role: str, *, of: Organisation | Iterable[Organisation]) -> list[User]:
    """Return who holds *role* in one or several organisations today, in order of sign-in name."""
    units = [of] if isinstance(of, Organisation) else list(of)
    posts = Post.objects.held_on().filter(role=role, organisation__in=units)
    return list(User.objects.filter(is_active=True, pk__in=posts.values("user")))


def heir_of(unit: Organisation) -> Organisation | None:
    """Return who takes the place of *unit*, which is no more, today, over several reforms."""
    today, heir = clock.today(), unit.successor
    while heir and heir.closed and heir.closed <= today:
        heir = heir.successor
    return heir


def top() -> Organisation | None:
    """Return the first organisation at the top of the tree: whose platform this is."""
    found: Organisation | None = Organisation.objects.filter(depth=1).first()
    return found


def ancestors(of: Iterable[Organisation]) -> dict[str, Organisation]:
    """Return all organisations above those in *of* by path, in one query."""
    paths = {path for organisation in of for path in organisation.ancestor_paths}
    return {str(o.path): o for o in Organisation.objects.filter(path__in=paths)}
