"""Work that has to be done every so often, whoever's worker happens to run.

``jobs.py`` of an area has functions ::

    @regularly("information.publish-due", minutes=1)
    def publish_due() -> None: ...

A worker looks every few seconds what is due. Whoever moves the due time in the database does the work, so
that with several workers it is done once. What fails is logged and comes again with its next turn.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread
from typing import Final

from django.db import close_old_connections

from gongkai.foundation import clock

logger = logging.getLogger(__name__)
PAUSE = 15
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Regular:
    """A piece of work that comes round."""

    name: str
    minutes: int
    work: Callable[[], object]


_regulars: Final[dict[str, Regular]] = {}


def regularly(name: str, *, minutes: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Have the decorated function called about every *minutes*; *name* is unique and stays."""

    def register(work: Callable[[], object]) -> Callable[[], object]:
        known = _regulars.setdefault(name, Regular(name, minutes, work))
        if known.work.__qualname__ != work.__qualname__ or known.work.__module__ != work.__module__:
            raise ValueError(f"two pieces of regular work are called {name}")
        return work

    return register


def regulars() -> dict[str, Regular]:
    """Return all by name."""
    return dict(_regulars)


def do_due() -> list[str]:
    """Do what is due and was not taken by another worker; return the names."""
    from gongkai.foundation.jobs.models import Turn  # noqa: PLC0415  # registering must not need models

    done = []
    for regular in _regulars.values():
        now = clock.now()
        Turn.objects.get_or_create(name=regular.name, defaults={"due": now})
        following = now + timedelta(minutes=regular.minutes)
        if not Turn.objects.filter(name=regular.name, due__lte=now).update(due=following):
            continue
        try:
            regular.work()
        except Exception:  # the next piece of work must not suffer from it
            logger.exception("regular work %s failed", regular.name)
        done.append(regular.name)
    return done


def keep_time() -> Event:
    """Do what is due beside whatever else this process does, until the returned event is set."""
    over = Event()

    def beat() -> None:
        while not over.wait(PAUSE):
            try:
                do_due()
            except Exception:  # a database that is away for a moment
                logger.exception("looking for regular work failed")
            finally:
                close_old_connections()

    Thread(target=beat, name="gongkai-beat", daemon=True).start()
    return over
