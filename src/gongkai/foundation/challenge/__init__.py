"""Abuse met without punishing people: counting, and a proof that costs a machine more than a person.

A :class:`~.limits.Limit` counts what a caller does within a time; no address is stored
(:mod:`gongkai.foundation.callers`). A :class:`~.gates.Gate` stands before something that could be done a
thousand times: the first few go through unasked, then a challenge is set, and only far beyond that is
somebody asked to come back later.

A challenge works without any outside host. With script, the browser searches for a number whose SHA-256
with the challenge begins with zeros, while the person goes on reading. Without script, or with a screen reader
that gets there first, there is a question in plain Chinese instead. Nothing is remembered of who answered.

    gate = Gate("apply", free=3, most=60, seconds=3600)
    gate.enter(request)       # before doing it: counts; raises Unsolved with a new challenge, or TooOften
    {% include "challenge/challenge.html" %}   # in the form, with ``challenge`` in the context, None or not
"""

from gongkai.foundation.challenge.errors import TooOften, Unsolved
from gongkai.foundation.challenge.gates import Gate
from gongkai.foundation.challenge.limits import Limit

__all__ = ["Gate", "Limit", "TooOften", "Unsolved"]
