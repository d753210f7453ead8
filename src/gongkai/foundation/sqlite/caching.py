"""The cache in SQLite files: Django closes its connections after each request, in each thread."""

from pathlib import Path
from threading import Lock
from typing import Any

from diskcache import DjangoCache  # type: ignore[import-untyped]  # it has no types

from gongkai.foundation.sqlite.holding import hold

_one_at_a_time = Lock()


class HeldCache(DjangoCache):  # type: ignore[misc]  # diskcache is untyped
    """The cache of diskcache, whose files are kept open."""

    def __init__(self, directory: str, params: dict[str, Any]) -> None:
        """Open the cache in *directory*."""
        # it makes its files in a way of its own, closing them in between: no other thread may until they are held
        with _one_at_a_time:
            super().__init__(directory, params)
            for path in Path(self.directory).glob("*/cache.db"):
                hold(path)
