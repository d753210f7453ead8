"""Django's backend for SQLite, which keeps each file open: see :mod:`gongkai.foundation.sqlite.holding`."""

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base

from gongkai.foundation.sqlite.holding import hold


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection beside the one that is kept."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect, after the file is held."""
        if not self.is_in_memory_db():
            hold(conn_params["database"])
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        return connection
