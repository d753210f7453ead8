"""The nouns."""

from gongkai.domain.organisations.models.guide import Guide
from gongkai.domain.organisations.models.history import Change, Name
from gongkai.domain.organisations.models.organisation import Organisation
from gongkai.domain.organisations.models.post import Post

__all__ = ["Change", "Guide", "Name", "Organisation", "Post"]
