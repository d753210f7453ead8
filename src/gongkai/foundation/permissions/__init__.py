"""What one may see and do follows from unit and role, in one place.

The nouns: a :class:`Role` (data, ``roles.yaml``), an :class:`Act` (data, each app's ``acts.yaml``,
which says what roles may do it and how far), a :class:`Standing` (a role in a unit, held today) and
a :class:`Reader` (somebody with standings, or nobody in particular).

How another app takes part:

1. It puts an ``acts.yaml`` beside its ``apps.py``::

       reports.fill:
         title: 填报年度报告
         roles: {clerk: unit, office: below}

   ``unit`` is the unit of the post, ``below`` that unit and all under it, ``everywhere`` all units.
   The key is also a Django permission: ``user.has_perm("reports.fill")`` and Wagtail's menus work.
2. Its ``policies.py`` has for every noun ``visible_to(reader)``, ``fetch(reader, …)``, which says
   "not there" and never "not yours", and ``may(reader, act, thing)``. They ask
   ``reader.reach("reports.fill").q("organisation__path")`` for a filter and
   ``reader.may("reports.fill", organisation.path)`` for one thing.
3. Its desk views are decorated with :func:`behind` (or derive from
   :class:`gongkai.foundation.desk.DeskView`); a system check refuses one that is not.

Views find the reader as ``request.reader``; elsewhere ``Reader.of(user)``. Posts are kept by
:mod:`gongkai.domain.organisations`, which hands them down with :func:`register_source`.
"""

from gongkai.foundation.permissions.acts import Act, acts, find_act
from gongkai.foundation.permissions.errors import NotAllowed, NotThere
from gongkai.foundation.permissions.guard import behind
from gongkai.foundation.permissions.reader import (
    Reach,
    Reader,
    Standing,
    person,
    register_keys,
    register_source,
)
from gongkai.foundation.permissions.roles import Role, roles

__all__ = [
    "Act",
    "NotAllowed",
    "NotThere",
    "Reach",
    "Reader",
    "Role",
    "Standing",
    "acts",
    "behind",
    "find_act",
    "person",
    "register_keys",
    "register_source",
    "roles",
]
