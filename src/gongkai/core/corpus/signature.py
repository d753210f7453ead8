"""A short signature of a report's wording, by which reports worded alike are found among very many.

MinHash: of all runs of letters, hashed in several ways, the least of each way. The share of equal numbers in
two signatures estimates the share of runs that the reports have in common (Broder 1997).
"""

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gongkai.core.checks.examined import Examined
from gongkai.core.checks.wording import Wording
from gongkai.core.extraction.reading import Reading

SIZE = 8
"""Letters in a run."""
WAYS = 32
LEAST = 200
"""Letters below which a wording says nothing."""
PRIME = (1 << 31) - 1


def signature(reading: Reading) -> list[int] | None:
    """Return :data:`WAYS` numbers; ``None`` for a text too short to be anyone's wording."""
    letters = Wording.of(Examined(reading)).letters
    if len(letters) < LEAST:
        return None
    runs = {letters[i : i + SIZE] for i in range(len(letters) - SIZE + 1)}
    digests = b"".join(
        hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=4).digest() for run in runs
    )
    hashed = np.frombuffer(digests, np.uint32).astype(np.uint64) % PRIME
    times, plus = _ways()
    least = ((hashed[None, :] * times[:, None] + plus[:, None]) % PRIME).min(axis=1)
    return [int(value) for value in least]


@cache
def _ways() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    random = np.random.default_rng(492)  # any seed will do, but always the same
    draw = random.integers(1, PRIME, size=(2, WAYS), dtype=np.uint64)
    return draw[0], draw[1]
