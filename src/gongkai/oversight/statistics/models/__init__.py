"""The nouns."""

from gongkai.oversight.statistics.models.declaration import Declaration

__all__ = ["Declaration"]
