"""What the trail records of the search."""

from gongkai.foundation.trail import Event

REBUILT = Event("search.rebuilt", "重建检索索引")
