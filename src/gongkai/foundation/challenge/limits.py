"""Counting what a caller does within a time."""

from dataclasses import dataclass

from django.core.cache import cache

from gongkai.foundation import clock


@dataclass(frozen=True, slots=True)
class Limit:
    """A count that begins anew every *seconds*."""

    name: str
    seconds: int

    def count(self, caller: str) -> int:
        """Count one more for *caller*; return how many there are now."""
        place = self._place(caller)
        cache.add(place, 0, 2 * self.seconds)
        try:
            return int(cache.incr(place))
        except ValueError:  # it ran out between the two
            return 1

    def counted(self, caller: str) -> int:
        """Return how many there are."""
        return int(cache.get(self._place(caller), 0))

    @property
    def wait(self) -> int:
        """Return the seconds until it begins anew."""
        return self.seconds - int(clock.now().timestamp()) % self.seconds

    def _place(self, caller: str) -> str:
        return f"limit.{self.name}:{caller}:{int(clock.now().timestamp()) // self.seconds}"
