"""Search over everything public, with ranking, facets and suggestions.

The nouns: a :class:`Document` (what is found), a search *source* (an area's answer to "what is public
under these keys?"), an engine (an index that can be thrown away: embedded tantivy by default,
PostgreSQL by setting) and a :class:`Query`. The database stays the truth: an index holds only what a
source returned, and a key for which a source returns nothing is taken out.

How another app takes part: its ``searching.py`` says what is public and how it reads ::

    from gongkai.foundation.search import Document, search_source

    @search_source("report", title="年度报告", all_keys=keys)
    def documents(keys: Sequence[str]) -> Iterator[Document]:
        for report in queries.issued().filter(pk__in=keys):
            yield Document(kind="report", key=str(report.pk), title=report.title, url=…)

    def keys(after: str) -> Iterator[str]:      # every public key, ascending, those behind *after*
        …

and whatever changes the public state says so inside its own transaction::

    touch("report", [report.pk])

The note is durable; a job drains it after the commit, and every worker looks now and then for what is left.
``gongkai manage search_index`` builds a new index beside the old one and changes over.
"""

from typing import TYPE_CHECKING

from gongkai.foundation.search.document import Document, Issuer
from gongkai.foundation.search.sources import Source, register_names, search_source

if TYPE_CHECKING:
    from gongkai.foundation.search.pending import touch

__all__ = ["Document", "Issuer", "Source", "register_names", "search_source", "touch"]


def __getattr__(name: str) -> object:
    # models cannot be imported while the apps are loading, and registering a source must not need them
    if name == "touch":
        from gongkai.foundation.search.pending import touch  # noqa: PLC0415

        return touch
    raise AttributeError(name)
