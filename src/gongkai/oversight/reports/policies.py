"""Who may see which reports, and act on them."""

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.foundation.permissions import NotThere, Reader
from gongkai.oversight.reports.lifecycle import MOVES
from gongkai.oversight.reports.models import Report, Round, Status
from gongkai.oversight.reports.models.report import ReportQuerySet

VIEW = "reports.view"


def visible_to(reader: Reader) -> ReportQuerySet:
    """The reports *reader* may know to exist."""
    return Report.objects.filter(reader.reach(VIEW).q("organisation__path"))


def fetch(reader: Reader, key: int) -> Report:
    """Return one of them with its unit and round, or say that it is not there."""
    found = (
        visible_to(reader)
        .select_related("organisation", "round__organisation", "above__organisation")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotThere(what="这份年度报告")
    return found


def rounds_visible_to(reader: Reader) -> QuerySet[Round]:
    """The rounds *reader* has a report in, or leads."""
    mine = visible_to(reader).filter(round=OuterRef("pk"))
    return Round.objects.filter(Exists(mine)).select_related("organisation")


def fetch_round(reader: Reader, key: int) -> Round:
    """Return one of them, or say that it is not there."""
    found = rounds_visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这一轮年度报告")
    return found


def may(reader: Reader, act: str, report: Report) -> bool:
    """Tell whether *reader* may do *act* to *report*, whatever stage it is at."""
    return reader.may(act, str(report.organisation.path))


def may_fill(reader: Reader, report: Report) -> bool:
    """Tell whether *reader* may change figures and text now."""
    return report.status == Status.FILLING and may(reader, "reports.fill", report)


def moves_open_to(reader: Reader, report: Report) -> dict[str, str]:
    """Return the verbs that *reader* may use on *report* now, with the words of their buttons."""
    return {
        verb: move.title
        for verb, move in MOVES.items()
        if report.status in move.before and may(reader, move.act, report)
    }
