"""Counting what was made public: the questions behind figures and the dashboard.

An item was made public on its ``published_on``, once and for all: a correction or a return after a withdrawal
does not change that day, and neither a withdrawal nor an expiry undoes it. What was never public has no such day.
Every count is answered from the index ``information_counted`` alone, without reading an item.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.core.codes import categories
from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.domain.organisations.models import Organisation

Units = Sequence[int] | QuerySet[Organisation]
"""Keys of organisations, or a query of them."""


def made_public(units: Units, first: date, last: date) -> ItemQuerySet:
    """Return what *units* first made public from *first* to *last*."""
    return Item.objects.filter(organisation__in=units, published_on__range=(first, last)).order_by()


def public_by(units: Units, day: date) -> ItemQuerySet:
    """Return all that *units* had ever made public by the end of *day*."""
    return Item.objects.filter(organisation__in=units, published_on__lte=day).order_by()


def documents(units: Units) -> ItemQuerySet:
    """Return the rules and normative documents of *units* that went through a review, public or not."""
    found = Item.objects.documents().filter(organisation__in=units)
    return found.exclude(digest="").order_by()


def standings(first: date, last: date) -> dict[str, Q]:
    """Return how documents stood at the end of *last*, or what happened to them since *first*.

    Of one that was withdrawn for a time and came back, that time is not known here: the last withdrawal counts.
    """
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    days = (first, last)
    return {
        "issued": Q(made_on__range=days) | Q(made_on=None, published_on__range=days),
        "repealed": Q(repealed_on__range=days),
        "valid": Item.in_force(last),
        "open_total": Q(published_on__lte=last)
        & (Q(withdrawn_at=None) | Q(withdrawn_at__gte=end))
        & (Q(expired=False) | Q(expire_at__gte=end)),
    }


def keeping(units: Sequence[int], day: date) -> list[int]:
    """Return those of *units* that have kept their items here on or before *day*: for others 0 would be a lie."""
    any_item = Item.objects.filter(organisation=OuterRef("pk"), published_on__lte=day)
    kept = Organisation.objects.filter(pk__in=units).filter(Exists(any_item))
    return list(kept.order_by().values_list("pk", flat=True))


def by_unit(found: ItemQuerySet) -> dict[int, int]:
    """Return how many of *found* each organisation has; rows, not keys, which stand in no index of PostgreSQL's."""
    return dict(found.order_by().values_list("organisation").annotate(n=Count("*")))


def by_kind(units: Units, standing: Q) -> dict[tuple[int, str], int]:
    """Return how many documents of each kind stand so, by organisation and kind."""
    rows = documents(units).filter(standing).values_list("organisation", "kind")
    return {(unit, kind): count for unit, kind, count in rows.annotate(n=Count("*"))}


def by_kind_and_category(found: ItemQuerySet, units: Units) -> dict[tuple[int, str, str], int]:
    """Return how many of *found* are of each kind and class, by organisation, kind and category."""
    wanted = {key for category in categories().values() for key in category.columns}
    presets = Column.objects.filter(organisation__in=units, key__in=wanted).order_by()
    key_of: Mapping[int, str] = dict(presets.values_list("pk", "key"))
    told: Counter[tuple[int, str, str]] = Counter()
    rows = found.order_by().values_list("organisation", "kind", "column").annotate(n=Count("*"))
    for unit, kind, column, count in rows:
        told[unit, kind, category_of(kind, key_of.get(column, ""))] += count
    return dict(told)


def category_of(kind: str, column: str) -> str:
    """Return the class of an item of *kind* in the preset *column*."""
    known = categories()
    fits = (key for key, c in known.items() if kind in c.kinds or (column and column in c.columns))
    return next(fits, list(known)[-1])


def in_category(found: ItemQuerySet, category: str) -> ItemQuerySet:
    """Keep those of *found* that belong to *category*."""
    before, rest = [], Q()
    for key, known in categories().items():
        mine = Q(kind__in=known.kinds) | Q(column__key__in=known.columns)
        if key == category:
            rest = mine if known.kinds or known.columns else Q()
            break
        before.append(mine)
    kept = found.filter(rest)
    for mine in before:
        kept = kept.exclude(mine)
    return kept


def below(units: Iterable[int]) -> dict[int, tuple[str, dict[int, str]]]:
    """Return for each government of *units* its level, and the levels of all in its tree by key; one query."""
    every = list(
        Organisation.objects.order_by().values_list("pk", "path", "level", "kind", "numchild")
    )
    wanted = set(units)
    tops = {
        path: pk
        for pk, path, _, kind, children in every
        if pk in wanted and kind == "government" and children
    }
    step = Organisation.steplen
    told: dict[int, tuple[str, dict[int, str]]] = {
        pk: (level, {}) for pk, path, level, _, _ in every if path in tops
    }
    for pk, path, level, _, _ in every:
        for end in range(step, len(path) + 1, step):
            if (top := tops.get(path[:end])) is not None:
                told[top][1][pk] = level
    return told
