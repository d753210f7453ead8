"""The nouns of information."""

from gongkai.domain.information.models.change_note import ChangeNote, NoteKind
from gongkai.domain.information.models.item import (
    Item,
    Kind,
    Publicity,
    Status,
    Validity,
)
from gongkai.domain.information.models.item_file import ItemFile
from gongkai.domain.information.models.link import Link, Relation
from gongkai.domain.information.models.numbering import IndexCounter, IndexRule
from gongkai.domain.information.models.turned_day import TurnedDay

__all__ = [
    "ChangeNote",
    "IndexCounter",
    "IndexRule",
    "Item",
    "ItemFile",
    "Kind",
    "Link",
    "NoteKind",
    "Publicity",
    "Relation",
    "Status",
    "TurnedDay",
    "Validity",
]
