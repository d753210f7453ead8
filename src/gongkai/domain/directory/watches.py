"""What the directory offers to supervision: columns that fail the inspection, and what is overdue."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from gongkai.core.directories import criteria
from gongkai.core.rulebook import national
from gongkai.domain.directory.models import Obligation
from gongkai.domain.directory.queries import health
from gongkai.foundation.watches import Alert, watch

ARTICLE = "regulations-2019/26"


@watch("directory.columns", title="空白和未按期更新的栏目")
def columns(units: Sequence[int], day: date) -> Iterator[Alert]:
    """Look at the columns by the criteria of inspection: two queries."""
    known = criteria()
    for unit, state in health(units, day).items():
        late = sum(state.late.values())
        if not state.blank and not late:
            continue
        said = [
            f"空白栏目 {state.blank} 个" if state.blank else "",
            f"未按期更新 {late} 个" if late else "",
        ]
        failed = [known[key].title for key in state.fails]
        verdict = f"，达到单项否决标准（{'、'.join(failed)}）" if failed else ""
        yield Alert(
            unit=unit,
            watch="directory.columns",
            count=state.blank + late,
            sentence="、".join(text for text in said if text) + verdict,
            severity="fails" if failed else "warns",
            reference=known["blank"].reference,
            href=reverse("directory:columns", args=[unit]),
        )


@watch("directory.overdue", title="逾期未公开")
def overdue(units: Sequence[int], day: date) -> Iterator[Alert]:
    """Look at what should have been published: one query."""
    rows = (
        Obligation.objects.owed()
        .filter(unit__in=list(units), due__lt=day)
        .order_by()
        .values_list("unit")
        .annotate(count=Count("pk"), oldest=Min("due"))
    )
    article = national().reference(ARTICLE)
    for unit, count, oldest in rows:
        yield Alert(
            unit=unit,
            watch="directory.overdue",
            count=count,
            sentence=f"{count} 项应公开的信息逾期，最早的应于 {oldest} 公开",
            since=oldest,
            reference=article,
            href=f"{reverse('directory:obligations')}?unit={unit}&state=overdue&year=all",
        )
