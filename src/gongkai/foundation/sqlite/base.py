"""Django's backend for SQLite, which keeps each file open: see :mod:`gongkai.foundation.sqlite.holding`."""

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base, features

from gongkai.foundation.sqlite.holding import hold


class DatabaseFeatures(features.DatabaseFeatures):
    """What this database can do."""

    can_use_chunked_reads = False
    """Rows are read to the end before the first is given out. While an answer is half read, the connection keeps its
    view of the data; if somebody else writes meanwhile, the next write of ours fails at once ("database is locked"),
    however long it would be ready to wait."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection beside the one that is kept."""

    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect, after the file is held."""
        if not self.is_in_memory_db():
            hold(conn_params["database"])
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        return connection
