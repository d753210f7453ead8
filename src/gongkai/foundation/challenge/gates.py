"""A gate before something that could be done a thousand times."""

from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.foundation.callers import caller_of
from gongkai.foundation.challenge.challenges import (
    EASIEST,
    Challenge,
    is_solved,
    set_challenge,
)
from gongkai.foundation.challenge.errors import TooOften, Unsolved
from gongkai.foundation.challenge.limits import Limit


@dataclass(frozen=True, slots=True)
class Gate:
    """The first *free* within *seconds* go through, then each has a challenge, and *most* is the end.

    Many people may share one address (a village, a library): *most* is far above what one person does.
    """

    name: str
    free: int
    most: int
    seconds: int

    def challenge(self, request: HttpRequest) -> Challenge | None:
        """Return the challenge that the next form shows, or ``None`` while none is needed."""
        counted = self._limit.counted(caller_of(request))
        if counted < self.free:
            return None
        # it grows harder the more is tried, by one bit each time the free number is used up again
        return set_challenge(self.name, bits=EASIEST + (counted - self.free) // max(self.free, 1))

    def enter(self, request: HttpRequest) -> None:
        """Count *request*, and let it through or not.

        Raises:
            TooOften: Far too many; the sentence says when to come back.
            Unsolved: A challenge is needed, and was not solved.
        """
        caller = caller_of(request)
        counted = self._limit.counted(caller)
        if counted >= self.most:
            raise TooOften(wait=-(-self._limit.wait // 60))
        if counted >= self.free and not is_solved(self.name, request.POST):
            raise Unsolved
        self._limit.count(caller)

    @property
    def _limit(self) -> Limit:
        return Limit(f"gate.{self.name}", self.seconds)
