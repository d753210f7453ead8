"""What the public may see: the current edition of every issued report, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.core.forms import FilledForm, Place, form
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.keys import BIGGEST
from gongkai.oversight.reports.models import Cell, Edition, EditionFile, Report
from gongkai.oversight.reports.models.report import ReportQuerySet, Tier

LEVELS = (("same", "本级政府和部门"), ("lower", "下级政府"))


def issued() -> ReportQuerySet:
    """Return the reports that the public may see, in the order of the tree."""
    has_edition = Edition.objects.filter(report=OuterRef("pk"))
    return (
        Report.objects.issued()
        .filter(Exists(has_edition))
        .select_related("organisation")
        .order_by("organisation__path")
    )


def years() -> list[tuple[int, int]]:
    """Return each year that has issued reports, newest first, with how many."""
    rows = issued().order_by().values("year").annotate(count=Count("pk")).order_by("-year")
    return [(row["year"], row["count"]) for row in rows]


def of_year(year: int) -> ReportQuerySet:
    """Return the issued reports of *year*, each with how many editions it has."""
    return issued().filter(year=year).annotate(editions_count=Count("editions"))


def matching(text: str) -> QuerySet[Organisation]:
    """Return the organisations with issued reports whose name contains *text*, now or once."""
    published = issued().filter(organisation=OuterRef("pk"))
    found: QuerySet[Organisation] = Organisation.objects.matching(text).filter(Exists(published))
    return found.distinct()[:50]


def organisations() -> list[Organisation]:
    """Return the organisations that have issued reports, in the order of the tree."""
    published = issued().filter(organisation=OuterRef("pk"))
    return list(Organisation.objects.filter(Exists(published)))


def organisation(key: int) -> Organisation | None:
    """Return an organisation that has issued reports."""
    published = issued().filter(organisation=OuterRef("pk"))
    found: Organisation | None = Organisation.objects.filter(Exists(published), pk=key).first()
    return found


@dataclass
class Published:
    """An issued report with its current edition."""

    report: Report
    edition: Edition

    @cached_property
    def filled(self) -> FilledForm:
        """The form as issued."""
        return self.edition.filled()

    @cached_property
    def files(self) -> list[EditionFile]:
        """What may be downloaded, in the order of the formats."""
        return [f for f in self.edition.files.all() if f.format != "html"]

    @property
    def corrections(self) -> list[dict[str, str]]:
        """What was put right since the first edition."""
        return list(self.edition.content["corrections"])


def published(organisation: int, year: int) -> Published | None:
    """Return the current edition of a report, with its files."""
    report = issued().filter(organisation=min(organisation, BIGGEST), year=year).first()
    if report is None:
        return None
    edition = report.editions.prefetch_related("files").order_by("-number").first()
    return Published(report, edition) if edition else None


def forms_by_year(organisation: int) -> dict[int, FilledForm]:
    """Return the issued forms of an organisation by year, two queries."""
    reports = list(issued().filter(organisation=organisation))
    return {report.year: filled for report, filled in zip(reports, _filled(reports), strict=True)}


def units_of(report: Report) -> list[tuple[Report, FilledForm]]:
    """Return the issued reports that are rolled up into *report*, with their forms, two queries."""
    units = list(issued().filter(above=report))
    return list(zip(units, _filled(units), strict=True))


def has_units(report: Report) -> bool:
    """Tell whether one of the units below has issued its report."""
    return issued().filter(above=report).exists()


def grouped(reports: Iterable[Report]) -> list[tuple[str, list[Report]]]:
    """Return *reports* under headings: governments, then each level's departments."""
    heads: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        unit = report.organisation
        if unit.kind == "government":
            heads["各级政府"].append(report)
        elif report.tier == Tier.SAME and unit.depth <= 2:
            heads["本级部门"].append(report)
        else:
            heads["下级部门和乡镇街道"].append(report)
    order = ("各级政府", "本级部门", "下级部门和乡镇街道")
    return [(head, heads[head]) for head in order if head in heads]


def _filled(reports: Iterable[Report]) -> list[FilledForm]:
    """Return the forms of *reports*; a frozen report's cells are what its edition says."""
    wanted = list(reports)
    told: dict[int, dict[Place, object]] = {report.pk: {} for report in wanted}
    cells = Cell.objects.filter(Q(report__in=told) & Q(value__isnull=False))
    for cell in cells.only("report_id", "place", "value", "state", "unit"):
        told[cell.report_id][cell.where] = cell.cell
    return [
        FilledForm(form(r.form), told[r.pk], r.year, r.organisation.name)  # type: ignore[arg-type]  # cells, put in above
        for r in wanted
    ]
