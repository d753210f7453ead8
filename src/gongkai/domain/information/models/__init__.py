"""The nouns of information."""

from gongkai.domain.information.models.item import (
    Item,
    Kind,
    Publicity,
    Status,
    Validity,
)
from gongkai.domain.information.models.item_file import ItemFile
from gongkai.domain.information.models.link import Link, Relation
from gongkai.domain.information.models.notice import Notice, NoticeKind
from gongkai.domain.information.models.numbering import IndexCounter, IndexRule

__all__ = [
    "IndexCounter",
    "IndexRule",
    "Item",
    "ItemFile",
    "Kind",
    "Link",
    "Notice",
    "NoticeKind",
    "Publicity",
    "Relation",
    "Status",
    "Validity",
]
