"""Acts as Django permissions, so that Wagtail's menus and views follow them."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from gongkai.foundation.permissions.acts import acts
from gongkai.foundation.permissions.reader import Reader

DESK = "wagtailadmin.access_admin"


def reader_for(user: Any) -> Reader:
    """Return the reader that *user* is, worked out once for one loaded user object."""
    if not getattr(user, "is_authenticated", False):
        return Reader()
    known = user.__dict__.get("_reader")
    if not isinstance(known, Reader):
        known = user.__dict__["_reader"] = Reader.of(user)
    return known


class PostsBackend(BaseBackend):
    """Answers ``has_perm`` from posts and roles; it signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Tell whether *perm*, an act or the door of the desk, is open to *user_obj*."""
        if obj is not None:
            return False
        reader = reader_for(user_obj)
        if perm == DESK:
            return reader.is_official
        return perm in acts() and reader.may(perm)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Tell whether any act of *app_label* is open to *user_obj*."""
        return any(
            key.startswith(f"{app_label}.") and reader_for(user_obj).may(key) for key in acts()
        )
