"""All tables of a document, from grids first and from its text where those leave something open."""

from gongkai.core.extraction.document import Document
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


def read_tables(
    document: Document, normal: NormalText, year: int | None
) -> tuple[Form | None, tuple[ReadCell, ...]]:
    """Return the form that a document's tables follow, and their cells in its order.

    Args:
        document: The text and the grids.
        normal: The text, normalised.
        year: The year of the report where it is known.
    """
    stream = Stream(normal)
    form = recognise(stream.letters, year)
    if form is None:
        return None, ()
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
    return form, found.ordered()


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
        if not any(place.table == table for place in found.cells):
            read(put)
