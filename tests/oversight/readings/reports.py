"""Reports of a city that does not exist, written as real ones are, with what is planted in them."""

import io
from collections.abc import Iterable

from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.rendering import Chapter, IssuedReport, render
from gongkai.foundation.permissions import Reader
from gongkai.oversight.readings import actions
from gongkai.oversight.readings.models import Reading

COLUMNS = ("natural", "biz", "research", "ngo", "legal", "other_org")


def filled(*, received: int, granted: int, year: int = 2023, **more: int) -> FilledForm:
    """Return requests of natural persons only; totals as given, so that a contradiction can be planted."""
    rows = {
        "new": received,
        "carried_in": 0,
        "granted": granted,
        "result_total": more.get("result_total", granted),
        "carried_out": 0,
    }
    cells = {}
    for row, count in rows.items():
        for column in COLUMNS:
            cells[Place("requests", row, column)] = cell_of(count if column == "natural" else 0)
        cells[Place("requests", row, "total")] = cell_of(count)
    return FilledForm(form("format-2021"), cells, year, "云川市水利局")


def report(
    *, received: int = 27, granted: int = 21, year: int = 2023, text: str = "", **more: int
) -> IssuedReport:
    """Return a report in which 27 came in and 21 were dealt with, and none is left over."""
    made = filled(received=received, granted=granted, year=year, **more)
    return IssuedReport(
        title=f"云川市水利局{year}年政府信息公开工作年度报告",
        agency="云川市水利局",
        year=year,
        form=made,
        chapters=(
            Chapter.of(
                "一、总体情况",
                text or f"{year}年，本局共收到政府信息公开申请{received}件，均按期答复。",
                key="overview",
            ),
            Chapter.of(
                "五、存在的主要问题及改进情况", "解读材料偏少，下一步加以改进。", key="problems"
            ),
            Chapter.of("六、其他需要报告的事项", "无。", key="other"),
        ),
    )


def file(extension: str = "html", **kwargs) -> bytes:
    """Return such a report as a file."""
    return render(report(**kwargs), extension)


def bring(
    by: Reader, organisation, files: Iterable[tuple[str, bytes]], source: str = ""
) -> list[Reading]:
    """Bring files into a room; they are read at once, since tests have no worker."""
    received = actions.receive(
        ((name, len(data), io.BytesIO(data)) for name, data in files),
        by=by,
        organisation=organisation,
        source=source,
    )
    for reading in received.readings:
        actions.read(reading)
        reading.refresh_from_db()
    return received.readings
