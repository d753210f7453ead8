"""What applications offer to supervision: offices and units that are late."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format

from gongkai.core.rulebook import national
from gongkai.domain.applications.models import Term
from gongkai.foundation.watches import Alert, watch

ARTICLE = "regulations-2019/33"
DAY = "Y年n月j日"


@watch("applications.late", title="逾期未答复的公开申请")
def late(units: Sequence[int], day: date) -> Iterator[Alert]:
    """Look at what offices and units owe and is late: one query."""
    rows = (
        Term.objects.overdue(day)
        .filter(organisation__in=list(units), who__in=("office", "unit"))
        .order_by()
        .values_list("organisation")
        .annotate(count=Count("application", distinct=True), oldest=Min("due"))
    )
    article = national().reference(ARTICLE)
    for unit, count, oldest in rows:
        yield Alert(
            unit=unit,
            watch="applications.late",
            count=count,
            sentence=f"{count} 件公开申请的办理逾期，最早的期限是{date_format(oldest, DAY)}",
            since=oldest,
            reference=article,
            href=f"{reverse('applications:index')}?when=late&unit={unit}",
        )
