"""Ranges of keys in which something is public: the parts of the site map and of the dumps."""

from django.db import connection

from gongkai.domain.information.models import Item

STEPS = """
WITH RECURSIVE step(number) AS (
  SELECT (SELECT id / %s FROM {table} WHERE live ORDER BY id LIMIT 1)
  UNION ALL
  SELECT (SELECT id / %s FROM {table} WHERE live AND id >= (step.number + 1) * %s ORDER BY id LIMIT 1)
  FROM step WHERE step.number IS NOT NULL
)
SELECT number FROM step WHERE number IS NOT NULL
"""


def public_ranges(size: int) -> list[int]:
    """Return the numbers of the ranges of *size* keys in which an item is public, in order.

    Steps along the primary key from range to range: a few hundred looks among a million items, where
    ``DISTINCT`` would read each. Asked on every publication.
    """
    table = connection.ops.quote_name(Item._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(STEPS.format(table=table), [size, size, size])
        return [int(number) for (number,) in cursor.fetchall()]
