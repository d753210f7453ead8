"""Who is asking, and how far their posts reach."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from gongkai.foundation.permissions.acts import find_act
from gongkai.foundation.permissions.errors import NotAllowed
from gongkai.foundation.permissions.roles import roles, wants_second_factor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from gongkai.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """A role in a unit, held today."""

    role: str
    unit: int
    """The key of the unit."""
    path: str
    """The place of the unit in the tree: whatever begins with it lies below."""
    name: str
    """The unit's name, for screens."""

    @property
    def authority(self) -> str:
        """Return the standing as the trail notes it: ``office@12``."""
        return f"{self.role}@{self.unit}"

    def __str__(self) -> str:
        return f"{self.name} · {roles()[self.role].title}"


Keys = Callable[[Q], Any]
_keys: list[Keys] = []


def register_keys(keys: Keys) -> Keys:
    """Have *keys* turn a filter on ``path`` into the keys of the units; for what stores keys only."""
    _keys[:] = [keys]
    return keys


Source = Callable[["User"], Iterable[Standing]]
_sources: list[Source] = []


def register_source(source: Source) -> Source:
    """Have *source* asked for the standings of a user; called in ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)
    return source


@dataclass(frozen=True, slots=True)
class Reach:
    """The units that an act may touch."""

    everywhere: bool = False
    units: frozenset[str] = frozenset()
    """Paths of single units."""
    trees: frozenset[str] = frozenset()
    """Paths of units with everything below them."""

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.units or self.trees)

    def covers(self, path: str) -> bool:
        """Tell whether the unit at *path* is within reach."""
        return self.everywhere or path in self.units or path.startswith(tuple(self.trees))

    def q(self, field: str = "path") -> Q:
        """Return the filter on *field*, the lookup of a unit's path."""
        if self.everywhere:
            return Q()
        condition = Q(pk__in=[])
        if self.units:
            condition |= Q(**{f"{field}__in": sorted(self.units)})
        for tree in sorted(self.trees):
            condition |= Q(**{f"{field}__startswith": tree})
        return condition

    def keys(self) -> Any:
        """Return the keys of the units within reach, fit for ``__in``."""
        return _keys[0](self.q()) if _keys else []


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who wants to see or do something; without a user, the public."""

    user: "User | None" = None
    standings: tuple[Standing, ...] = ()
    unlimited: bool = False
    """The emergency account made on the command line; no role gives this."""
    _reaches: dict[str, Reach] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, user: "User | AnonymousUser | None") -> "Reader":
        """Return the reader that *user* is today."""
        if user is None or user.is_anonymous or not user.is_active:
            return cls()
        standings = (standing for source in _sources for standing in source(user))
        return cls(user=user, standings=tuple(standings), unlimited=user.is_superuser)

    def reach(self, act: str) -> Reach:
        """Return the units that *act* may touch."""
        if act not in self._reaches:
            self._reaches[act] = self._find_reach(act)
        return self._reaches[act]

    def _find_reach(self, act: str) -> Reach:
        granted = find_act(act).roles
        if self.unlimited:
            return Reach(everywhere=True)
        held = [(granted.get(s.role), s.path) for s in self.standings]
        return Reach(
            everywhere=any(extent == "everywhere" for extent, _ in held),
            units=frozenset(path for extent, path in held if extent == "unit"),
            trees=frozenset(path for extent, path in held if extent == "below"),
        )

    def may(self, act: str, path: str | None = None) -> bool:
        """Tell whether *act* is allowed on the unit at *path*, or anywhere at all."""
        reach = self.reach(act)
        return bool(reach) if path is None else reach.covers(path)

    def must(self, act: str, path: str | None = None) -> None:
        """Refuse unless *act* is allowed.

        Raises:
            NotAllowed: With the act's title and whom to ask.
        """
        if not self.may(act, path):
            raise NotAllowed(act=find_act(act).title)

    def authority(self, act: str, path: str | None = None) -> str:
        """Return under what standing *act* is done, as the trail notes it."""
        if self.user is None:
            return "public"
        standing = self.standing_for(act, path)
        if standing is not None:
            return standing.authority
        return "unlimited" if self.unlimited else "none"

    def standing_for(self, act: str, path: str | None = None) -> Standing | None:
        """Return the first standing that allows *act* on the unit at *path*."""
        for standing in self.standings:
            extent = find_act(act).roles.get(standing.role)
            if extent and (path is None or self._alone(standing, extent).covers(path)):
                return standing
        return None

    @staticmethod
    def _alone(standing: Standing, extent: str) -> Reach:
        return Reach(
            everywhere=extent == "everywhere",
            units=frozenset({standing.path} if extent == "unit" else ()),
            trees=frozenset({standing.path} if extent == "below" else ()),
        )

    def holds(self, role: str) -> bool:
        """Tell whether one of the standings is of *role*."""
        return any(standing.role == role for standing in self.standings)

    @property
    def is_official(self) -> bool:
        """Tell whether the desk is open to this reader."""
        return self.unlimited or bool(self.standings)

    @property
    def needs_second_factor(self) -> bool:
        """Tell whether one of the roles must not be used with a password alone."""
        return any(wants_second_factor(standing.role) for standing in self.standings)


def person(reader: Reader) -> "User":
    """Return who *reader* is; for acts that somebody must answer for by name.

    Raises:
        NotAllowed: Nobody is signed in.
    """
    if reader.user is None:
        raise NotAllowed(act="办理")
    return reader.user
