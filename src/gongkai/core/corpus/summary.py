"""What a corpus holds, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.core.corpus.store import Store


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over everything in a store.

    Attributes:
        statuses: Documents by what became of them.
        forms: Documents that were read, by form (``None``: tables of no known form) and year.
        cells: Cells by state.
        findings: Findings by level and rule, most frequent first.
        sound: Documents that were read and have no error.
        troubled: File and problem of documents that could not be read, a few.
    """

    statuses: Mapping[str, int]
    forms: Mapping[tuple[str | None, int | None], int]
    cells: Mapping[str, int]
    statements: int
    findings: Mapping[tuple[str, str], int]
    sound: int
    troubled: tuple[tuple[str, str], ...]

    @property
    def documents(self) -> int:
        """All documents."""
        return sum(self.statuses.values())


FEW = 10

STATUSES = "SELECT status, count(*) FROM documents GROUP BY status ORDER BY status"
FORMS = """
    SELECT form, year, count(*) FROM documents WHERE status = 'read'
    GROUP BY form, year ORDER BY form NULLS LAST, year NULLS LAST
"""
CELLS = "SELECT state, count(*) FROM cells GROUP BY state ORDER BY state"
STATEMENTS = "SELECT count(*) FROM statements"
FINDINGS = """
    SELECT level, rule, count(*) FROM findings GROUP BY level, rule
    ORDER BY list_position(['error', 'warning', 'note'], level), count(*) DESC, rule
"""
SOUND = """
    SELECT count(*) FROM documents WHERE status = 'read'
    AND document NOT IN (SELECT document FROM findings WHERE level = 'error')
"""
TROUBLED = f"""
    SELECT file, coalesce(problem, '') FROM documents WHERE status <> 'read' ORDER BY file LIMIT {FEW}
"""  # noqa: S608  # a number of ours


def summary(store: Store) -> Summary:
    """Return what *store* holds."""
    return Summary(
        statuses=dict(store.rows(STATUSES)),
        forms={(form, year): count for form, year, count in store.rows(FORMS)},
        cells=dict(store.rows(CELLS)),
        statements=next(store.rows(STATEMENTS))[0],
        findings={(level, rule): count for level, rule, count in store.rows(FINDINGS)},
        sound=next(store.rows(SOUND))[0],
        troubled=tuple((file, problem) for file, problem in store.rows(TROUBLED)),
    )
