"""Atom feeds that say nothing of the moment in which they were written."""

from datetime import datetime, time
from functools import cache

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from gongkai.core.rulebook import national


@cache
def beginning() -> datetime:
    """Return when the Regulations first applied: the date of a feed in which nothing stands yet."""
    since = national().reference("regulations-2007").statute.since
    return datetime.combine(since, time(), timezone.get_fixed_timezone(480))


class Feed(Atom1Feed):
    """A feed as old as what is newest in it, so that a reader does not fetch it again for nothing."""

    def latest_post_date(self) -> datetime:
        """Return when something in it changed last."""
        dates = [item["updateddate"] or item["pubdate"] for item in self.items]
        return max(dates, default=beginning())
