"""A new key for everything, while the platform works."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from gongkai.foundation.sealing.fields import sealed_values
from gongkai.foundation.sealing.keys import Key, add_key, drop_keys, ring
from gongkai.foundation.sealing.registry import marked_models, sealed_models

BATCH = 200
"""Rows in one transaction: few enough that nobody waits for it, enough to spare the disk."""
Tell = Callable[[str, int, int], None]
"""Called with the name of the table, rows looked at and rows in all."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done."""

    newest: str
    rows: int
    left: int
    """Rows that are still under an older key: somebody wrote them meanwhile, and the next run takes them."""


def is_unfinished() -> bool:
    """Tell whether something is still sealed by a key that is not the newest."""
    return bool(keys_in_use() - {ring().newest.id})


def keys_in_use() -> set[str]:
    """Return the ids of all keys that some sealed value or fingerprint is under."""
    return _keys_of((model, [*sealed, *marks]) for model, sealed, marks in sealed_models())


def _keys_of(columns: Iterable[tuple[type[models.Model], list[str]]]) -> set[str]:
    used: set[str] = set()
    for model, names in columns:
        for values in _every(model).values_list(*names).iterator(chunk_size=5000):
            used.update(value.partition(".")[0] for value in values if value)
    return used


def rotate(tell: Tell = lambda *_: None, *, batch: int = BATCH) -> Rotated:
    """Make a new key, unless a rotation was broken off, and seal everything with the newest.

    Each row is written only if nobody has changed it since it was read; who saves meanwhile seals with the new
    key anyway. Broken off at any moment, the next call goes on.
    """
    newest = ring().newest if is_unfinished() else add_key()
    done = 0
    for model, sealed, marks in sealed_models():
        done += _seal_anew(model, [*sealed, *marks], newest, tell, batch)
    left = sum(_behind(model, [*s, *m], newest).count() for model, s, m in sealed_models())
    return Rotated(newest.id, done, left)


def forget() -> list[str]:
    """Take the keys off the ring that no row needs; return their ids.

    Backups of before the rotation cannot be read any more. Secret codes are known by their marks alone, so that
    the keys of these stay.
    """
    used = keys_in_use() | _keys_of(marked_models()) | {ring().newest.id}
    unused = [key.id for key in ring().keys if key.id not in used]
    drop_keys(set(unused))
    return unused


def _seal_anew(
    model: type[models.Model], columns: list[str], newest: Key, tell: Tell, batch: int
) -> int:
    total, looked, done = _every(model).count(), 0, 0
    name = str(model._meta.verbose_name)
    for rows in _batches(model, batch):
        with transaction.atomic():
            done += sum(_renewed(model, row, columns, newest) for row in rows)
        looked += len(rows)
        tell(name, looked, total)
    return done


def _renewed(model: type[models.Model], row: models.Model, columns: list[str], newest: Key) -> int:
    """Seal one row anew if it is not; return how many rows were written."""
    held = {column: row.__dict__[column] for column in columns}
    if all(not value or value.partition(".")[0] == newest.id for value in held.values()):
        return 0
    fresh: dict[str, Any] = {c: v for c, v in sealed_values(row).items() if c in columns}
    return _every(model).filter(pk=row.pk, **held).update(**fresh)


def _batches(model: type[models.Model], batch: int) -> Iterator[list[models.Model]]:
    last: Any = None
    while True:
        found = _every(model).order_by("pk")
        rows = list((found.filter(pk__gt=last) if last is not None else found)[:batch])
        if not rows:
            return
        yield rows
        last = rows[-1].pk


def _behind(
    model: type[models.Model], columns: list[str], newest: Key
) -> models.QuerySet[models.Model]:
    behind = models.Q()
    for column in columns:
        # sealed columns refuse every question but this one, put to the text that stands in the table
        text = models.functions.Cast(models.F(column), models.CharField())
        begins = models.lookups.StartsWith(text, f"{newest.id}.")
        empty = models.Q(**{column: ""}) | models.Q(**{f"{column}__isnull": True})
        behind |= ~models.Q(begins) & ~empty
    return _every(model).filter(behind)


def _every(model: type[models.Model]) -> models.Manager[Any]:
    return model._base_manager  # noqa: SLF001  # documented; a manager of its own may hide rows
