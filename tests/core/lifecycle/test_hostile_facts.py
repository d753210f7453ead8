"""Facts that nobody could mean are refused with a sentence, and quickly."""

from datetime import date

import pytest

from gongkai.core.lifecycle import Fact, acts, follow
from gongkai.core.refusal import Refusal

DAY = date(2024, 6, 4)
RECEIVED = Fact("receive", date(2024, 6, 3), 1)
OLD = Fact("receive", date(2017, 6, 1), 1)
FACTS = {
    "nothing at all": [],
    "an act that there is not": [RECEIVED, Fact("fly", DAY, 2)],
    "received twice": [RECEIVED, RECEIVED],
    "received before there was a law": [Fact("receive", date.min, 1)],
    "received after all calendars": [Fact("receive", date.max, 1)],
    "an opinion that may come after all calendars": [
        OLD,
        Fact("consult", date(2017, 6, 5), 2, whom="third-party", until=date.max),
    ],
    "served after all calendars": [
        RECEIVED,
        Fact("consult", DAY, 2, whom="third-party"),
        Fact("serve", date.max, 3, about=2),
    ],
    "the opinion of nobody": [RECEIVED, Fact("consult", DAY, 2, whom="x")],
    "an extension by less than nothing": [RECEIVED, Fact("extend", DAY, 2, working_days=-3)],
    "an extension by more than a life": [RECEIVED, Fact("extend", DAY, 2, working_days=10**9)],
    "a ground that there is not": [RECEIVED, Fact("decide", DAY, 2, grounds=("granted", "x"))],
    "an answer to what was never asked": [RECEIVED, Fact("opinion", DAY, 2, about=99)],
    "everything at once, three times": [
        RECEIVED,
        *(Fact(act, DAY, n + 2, until=DAY) for n, act in enumerate([*acts()] * 3)),
    ],
    "three hundred handings out and one thing more": [
        RECEIVED,
        *(Fact("dispatch", DAY, n + 2, until=DAY) for n in range(300)),
        Fact("fly", DAY, 999),
    ],
}


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS)
def test_it_is_refused_with_a_sentence(facts):
    with pytest.raises(Refusal) as refusal:
        follow(facts)
    assert str(refusal.value).endswith("。")
    assert "{" not in str(refusal.value)
