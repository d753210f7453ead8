"""The law as it stood on a day.

A :class:`Rulebook` reads :mod:`gongkai.law` and hands out typed entries. A legal value is a
:class:`Timeline` of :class:`Provision`; asking for a day returns the provision, not the number, so
that whoever asks also learns since when and by what article.

    >>> book = national()
    >>> str(book.reference("regulations-2019/33"))
    '《政府信息公开条例》第三十三条'
"""

from gongkai.core.rulebook.book import Rulebook, national
from gongkai.core.rulebook.entries import Entry, LawError, read
from gongkai.core.rulebook.references import Reference, Statute, UnknownReference
from gongkai.core.rulebook.structure import structure
from gongkai.core.rulebook.timeline import NoLongerInForce, NotYetInForce, Provision, Timeline

__all__ = [
    "Entry",
    "LawError",
    "NoLongerInForce",
    "NotYetInForce",
    "Provision",
    "Reference",
    "Rulebook",
    "Statute",
    "Timeline",
    "UnknownReference",
    "national",
    "read",
    "structure",
]
