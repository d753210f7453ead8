"""All tables of a document, from grids first and from its text where those leave something open."""

from dataclasses import dataclass

from gongkai.core.extraction.document import Document, Span
from gongkai.core.extraction.normal import NormalText
from gongkai.core.extraction.reading import ReadCell
from gongkai.core.extraction.tables import (
    flowing,
    flowing_statistics,
    proactive,
    remedies,
    requests,
    statistics,
)
from gongkai.core.extraction.tables.assigning import Assigner
from gongkai.core.extraction.tables.mesh import Mesh
from gongkai.core.extraction.tables.recognition import STATISTICS, recognise
from gongkai.core.extraction.tables.result import Found
from gongkai.core.extraction.tables.stream import Stream
from gongkai.core.forms import Form

MAX_CELLS = 5_000
"""Cells of a table that is looked at; the largest official one has fewer than three hundred."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a document say.

    Attributes:
        form: The form they follow; ``None`` where there are none of a known form.
        cells: Their cells, in the order of the form.
        regions: Where in the document's text they stand.
    """

    form: Form | None = None
    cells: tuple[ReadCell, ...] = ()
    regions: tuple[Span, ...] = ()


def read_tables(document: Document, normal: NormalText, year: int | None) -> Tables:
    """Return what the tables of a document say.

    Args:
        document: The text and the grids.
        normal: The text, normalised.
        year: The year of the report where it is known.
    """
    stream = Stream(normal)
    form = recognise(stream.letters, year)
    if form is None:
        return Tables()
    found = Found(form, document, normal)
    put = Assigner(found, stream)
    meshes = [Mesh(grid) for grid in document.grids if 1 < len(grid.cells) <= MAX_CELLS]
    if form.key == STATISTICS:
        where: dict[str, int] = {}
        for mesh in meshes:
            where = statistics.read(found, mesh, where)
        if not found.cells:
            flowing_statistics.read(put)
    else:
        _annual(found, put, meshes)
    cells = found.ordered()
    starts = [cell.at.start for cell in cells if cell.at]
    grids = [
        mesh.grid.at
        for mesh in meshes
        if any(mesh.grid.at.start <= start < mesh.grid.at.end for start in starts)
    ]
    return Tables(form, cells, tuple(sorted({*grids, *found.regions})))


def _annual(found: Found, put: Assigner, meshes: list[Mesh]) -> None:
    where: dict[str, int] = {}
    for mesh in meshes:
        proactive.read(found, mesh)
        where = requests.read(found, mesh, where)
        remedies.read(found, mesh)
    for table, read in (
        # first the table whose sums show whether blanks were lost
        (requests.TABLE, flowing.read_requests),
        (proactive.TABLE, flowing.read_proactive),
        (remedies.TABLE, flowing.read_remedies),
    ):
        asked = sum(place.table == table for place in found.form.places)
        own = sum(place.table == table for place in found.cells)
        if own * 2 < asked:
            # the grids hold little of it or nothing: its text may hold more
            apart = Found(found.form, found.document, found.normal, blanks_lost=found.blanks_lost)
            read(Assigner(apart, put.stream))
            found.take_over(apart)
