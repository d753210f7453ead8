"""Counting in memory: who counts, who does not, and no more memory than is set aside."""

import hashlib
import secrets
from collections import Counter
from datetime import date
from threading import Lock
from typing import TypeAlias

from gongkai.foundation.visits.registry import Place

A_VISIT = 30 * 60
"""Seconds within which a page opened again by the same caller is one visit."""
A_MINUTE = 60
PER_MINUTE = 120
"""Pages that one address may open in a minute and be counted: an office behind one address, not a machine."""
REMEMBERED = 200_000
"""Hashes that are held at most, twice; some 30 MB. Beyond it the older half is forgotten early."""
PAGES = 50_000
"""Pages that are held between two writings; only invented ones could be more."""

Counts: TypeAlias = dict[tuple[str, int, date], int]
"""Visits by kind, key and day."""


class Tally:
    """The visits of one process since they were last written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[str, int, date]] = Counter()
        self._forget()

    def _forget(self) -> None:
        self._day: date | None = None
        self._key = b""
        self._seen: set[bytes] = set()
        self._before: set[bytes] = set()
        self._turned = self._minute = float("-inf")
        self._asked: Counter[bytes] = Counter()

    def count(self, place: Place, *, address: str, browser: str, day: date, now: float) -> bool:
        """Count a visit of *place*, unless it is no new one; tell whether it was counted.

        Args:
            place: The page.
            address: The caller's address on the network. Not kept.
            browser: What the browser says of itself, to tell apart people behind one address. Not kept.
            day: Today.
            now: Seconds of a clock that never goes back.
        """
        with self._lock:
            self._turn(day, now)
            caller = self._digest(address)
            self._asked[caller] += 1
            if self._asked[caller] > PER_MINUTE:
                return False
            page = self._digest(f"{address}\0{browser}\0{place[0]}\0{place[1]}")
            known = page in self._seen or page in self._before
            self._seen.add(page)
            place_and_day = (*place, day)
            if known or (len(self._counts) >= PAGES and place_and_day not in self._counts):
                return False
            self._counts[place_and_day] += 1
            return True

    def waiting(self, place: Place) -> int:
        """Return how many visits of *place* are not written yet."""
        with self._lock:
            return sum(n for (kind, key, _), n in self._counts.items() if (kind, key) == place)

    def take(self) -> Counts:
        """Return the counts, which are the caller's to write now."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
            return dict(taken)

    def put_back(self, counts: Counts) -> None:
        """Keep *counts*, which could not be written, for the next time."""
        with self._lock:
            self._counts.update(counts)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._counts.clear()
            self._forget()

    def _turn(self, day: date, now: float) -> None:
        if day != self._day:
            # yesterday's hashes mean nothing any more, to anybody
            self._forget()
            self._day, self._key = day, secrets.token_bytes(32)
        quiet = now - self._turned
        if quiet >= A_VISIT or len(self._seen) >= REMEMBERED:
            self._before = self._seen if quiet < 2 * A_VISIT else set()
            self._seen, self._turned = set(), now
        if now - self._minute >= A_MINUTE or len(self._asked) >= REMEMBERED:
            self._asked, self._minute = Counter(), now

    def _digest(self, text: str) -> bytes:
        text_bytes = text.encode("utf-8", "replace")
        return hashlib.blake2b(text_bytes, key=self._key, digest_size=10).digest()


tally = Tally()
"""That of this process."""
