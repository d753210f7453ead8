"""Annual reports in the search: the current edition of every issued one."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
from django.db.models.signals import post_save
from django.urls import reverse

from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.search import Document, Issuer, search_source, touch
from gongkai.oversight.reports.models import Edition, Report
from gongkai.oversight.reports.portal.queries import issued

KIND = "report"
MANY = 500


def keys(after: str) -> Iterator[str]:
    """Yield the key of every issued report behind *after*."""
    found = issued().filter(pk__gt=int(after or 0)).order_by("pk").values_list("pk", flat=True)
    yield from map(str, found.iterator(MANY))


def public(wanted: Sequence[str]) -> Iterator[str]:
    """Yield those of *wanted* that are issued."""
    yield from map(str, issued().filter(pk__in=wanted).values_list("pk", flat=True))


@search_source(KIND, title="年度报告", all_keys=keys, public=public)
def documents(wanted: Sequence[str]) -> Iterator[Document]:
    """Yield the documents of *wanted*, two queries."""
    current = Prefetch("editions", Edition.objects.current())
    for report in issued().filter(pk__in=wanted).prefetch_related(current):
        content = report.editions.all()[0].content
        unit = report.organisation
        yield Document(
            kind=KIND,
            key=str(report.pk),
            title=content["title"],
            url=reverse("portal_reports:report", args=[unit.pk, report.year]),
            text="\n".join(f"{c['label']}\n{c['text']}" for c in content["chapters"]),
            issuer=Issuer(unit.pk, unit.name, str(unit.path)),
            column="政府信息公开年报",
            year=report.year,
            day=report.issued_on,
        )


def _edition_saved(instance: Edition, **_: Any) -> None:
    touch(KIND, [instance.report_id])


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: FBT001  # Django's signature
    if not created:
        reports = Report.objects.issued().filter(organisation=instance)
        touch(KIND, reports.values_list("pk", flat=True))


post_save.connect(_edition_saved, sender=Edition, dispatch_uid="search-edition")
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="search-reports-unit")
