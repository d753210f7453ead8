"""Who may see which organisations and posts, and act on them."""

from django.db.models import QuerySet

from gongkai.domain.organisations.models import Organisation, Post
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader, find_act


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


def people_visible_to(reader: Reader) -> QuerySet[User]:
    """The people *reader* may know of: whoever holds or held a post within reach."""
    posts = posts_visible_to(reader).values("user")
    return User.objects.filter(pk__in=posts)


def fetch_person(reader: Reader, key: int) -> User:
    """Return one of them, or say that they are not there."""
    found = people_visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个人员")
    return found


def must_look_after(reader: Reader, user: User) -> str:
    """Refuse unless all of *user*'s posts of today are within *reader*'s care; return one's path.

    Whoever keeps the people of one bureau must not get at an account that also serves elsewhere.
    """
    act = "organisations.appoint"
    held = Post.objects.held_on().filter(user=user).select_related("organisation")
    past = Post.objects.filter(user=user).select_related("organisation").order_by("-until")[:1]
    paths = [str(post.organisation.path) for post in held or past]
    if user.is_superuser and not reader.unlimited:
        raise NotAllowed(act=find_act(act).title)
    for path in paths or [""]:
        reader.must(act, path)
    return paths[0] if paths else ""
