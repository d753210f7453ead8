"""How weighty a decision is: ``law/lifecycle/weights.yaml``."""

from collections.abc import Iterable

from gongkai.core import codes
from gongkai.core.lifecycle import weights
from gongkai.domain.review.models import Importance

ORDER = [Importance.GENERAL, Importance.IMPORTANT, Importance.CRITICAL]


def importance_of(
    grounds: Iterable[str], *, at_least: Importance | str | None = None
) -> Importance:
    """Return the highest weight of *grounds*, and no less than *at_least*."""
    known = weights()
    found = [Importance(at_least)] if at_least else []
    for key in grounds:
        weight = known.get(key) or known[codes.ground(key).group]
        found.append(Importance(weight.importance))
    return max(found, key=ORDER.index, default=Importance.GENERAL)
