"""One report in one of the published formats."""

from gongkai.core.rendering.report import IssuedReport
from gongkai.core.rendering.web import page
from gongkai.oversight.reports.models.edition import Format


def render(report: IssuedReport, kind: Format) -> bytes:
    """Return the file of *report* in the format *kind*."""
    return page(report).encode()
