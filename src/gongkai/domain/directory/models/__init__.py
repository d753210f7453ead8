"""The nouns."""

from gongkai.domain.directory.models.column import Column

__all__ = ["Column"]
