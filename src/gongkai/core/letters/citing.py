"""Articles as a letter cites them: titles in full, several articles of one document together."""

from collections.abc import Iterable

from gongkai.core.rulebook import Reference
from gongkai.core.titles import quoted


def cited(references: Iterable[Reference]) -> str:
    """Return *references* in a phrase, each document and each article once.

    >>> from gongkai.core.rulebook import national
    >>> book = national()
    >>> cited([book.reference("regulations-2019/14"), book.reference("regulations-2019/36(3)")])
    '《中华人民共和国政府信息公开条例》第十四条、第三十六条第（三）项'
    """
    documents: dict[str, list[str]] = {}
    for reference in references:
        statute = reference.statute
        places = documents.setdefault(quoted(statute.title), [])
        place = str(reference).removeprefix(str(statute)) if reference.article else ""
        if place and place not in places:
            places.append(place)
    *others, last = (title + "、".join(places) for title, places in documents.items())
    return f"{'、'.join(others)}和{last}" if others else last
