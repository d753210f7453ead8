"""Somebody says a figure, and on what ground."""

from decimal import Decimal

from django.core.files.base import File
from django.db import transaction

from gongkai.core.indicators import UnknownIndicator, indicator
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import Event, record
from gongkai.oversight.statistics.errors import (
    ChangedMeanwhile,
    NoGround,
    PeriodNotOver,
    WrongIndicator,
)
from gongkai.oversight.statistics.events import DECLARED
from gongkai.oversight.statistics.models import Declaration

ACT = "statistics.declare"


def declare(  # noqa: PLR0913  # the facts of an act, all by name
    unit: Organisation,
    key: str,
    period: Period,
    value: Decimal,
    *,
    ground: str,
    by: Reader,
    attachment: File[bytes] | None = None,
    after: int | None = None,
) -> Declaration:
    """Declare *value* for the indicator *key*; an earlier declaration is superseded and stays.

    Args:
        unit: Whose figure.
        key: Key of the indicator.
        period: The year or month.
        value: In the unit of the indicator.
        ground: How one knows.
        by: Who declares.
        attachment: What proves it.
        after: Key of the declaration that the person saw, ``None`` where there was none.

    Raises:
        WrongIndicator: There is no such indicator.
        NoGround: Nothing says how one knows.
        ChangedMeanwhile: Somebody else declared since.
        PeriodNotOver: The period has not begun.
    """
    try:
        unit_of_measure = indicator(key).unit
    except UnknownIndicator:
        raise WrongIndicator(indicator=key) from None
    if not ground.strip():
        raise NoGround
    if period.first > clock.today():
        raise PeriodNotOver(period=period)
    fresh = Declaration(
        organisation=unit,
        indicator=key,
        year=period.year,
        month=period.month,
        value=value,
        unit=unit_of_measure,
        ground=ground.strip(),
    )
    if attachment is not None:
        fresh.attachment, fresh.attachment_name = attachment, str(attachment.name)[:200]
    return say(fresh, by=by, after=after, event=DECLARED)


def say(fresh: Declaration, *, by: Reader, after: int | None, event: Event) -> Declaration:
    """Write *fresh* down behind the declaration *after*, with its record."""
    path = str(fresh.organisation.path)
    by.must(ACT, path)
    with transaction.atomic():
        # the row of the unit is held, so that two first declarations queue
        Organisation.objects.select_for_update().get(pk=fresh.organisation_id)
        last = (
            Declaration.objects.current()
            .of_period(fresh.period)
            .filter(organisation=fresh.organisation, indicator=fresh.indicator)
            .select_related("by")
            .first()
        )
        if (last.pk if last else None) != after:
            raise ChangedMeanwhile(
                who=last.by if last else "", value=last.value if last else "空白"
            )
        fresh.supersedes, fresh.at = last, clock.now()
        fresh.by = by.user  # type: ignore[assignment]  # nobody passes must() without a user
        fresh.save()
        record(
            event,
            by=by,
            act=ACT,
            path=path,
            on=fresh,
            before=None if last is None else str(last.value),
            after=str(fresh.value),
            facts={"indicator": fresh.indicator, "year": fresh.year, "month": fresh.month},
        )
    return fresh
