"""Organisations in the search: their guides, and all the names they go by."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save

from gongkai.domain.organisations.models import Guide, Name, Organisation
from gongkai.foundation.search import Document, Issuer, register_names, search_source, touch
from gongkai.foundation.search.synonyms import forget_names

KIND = "guide"
MANY = 500
FIELDS = ("office", "address", "hours", "telephone", "fax", "postcode", "website", "email", "classification", "access")  # fmt: skip


def _public() -> QuerySet[Guide]:
    """Return the guides of organisations that are in being and have said how to reach them."""
    being = Organisation.objects.in_being().order_by().values("pk")
    return Guide.objects.filter(organisation__in=being).exclude(office="", address="", telephone="")


def keys(after: str) -> Iterator[str]:
    """Yield the organisation of every public guide behind *after*."""
    found = _public().filter(organisation__gt=int(after or 0)).order_by("organisation")
    yield from map(str, found.values_list("organisation", flat=True).iterator(MANY))


def public(wanted: Sequence[str]) -> Iterator[str]:
    """Yield those of *wanted* that have a public guide."""
    found = (
        _public()
        .filter(organisation__in=[int(key) for key in wanted])
        .values_list("organisation", flat=True)
    )
    yield from map(str, found)


@search_source(KIND, title="公开指南", all_keys=keys, public=public)
def documents(wanted: Sequence[str]) -> Iterator[Document]:
    """Yield the guides of the organisations *wanted*, one query."""
    labels = {
        field.name: field.verbose_name for field in Guide._meta.fields if field.name in FIELDS
    }
    for guide in (
        _public()
        .filter(organisation__in=[int(key) for key in wanted])
        .select_related("organisation")
    ):
        unit = guide.organisation
        facts = (
            f"{label}：{value}" for name, label in labels.items() if (value := getattr(guide, name))
        )
        yield Document(
            kind=KIND,
            key=str(unit.pk),
            title=f"{unit.name}政府信息公开指南",
            url=f"/organisations/{unit.pk}/guide/",
            text="\n".join(facts),
            issuer=Issuer(unit.pk, unit.name, str(unit.path)),
            column="政府信息公开指南",
            day=guide.updated.date(),
        )


def names() -> Iterator[tuple[str, ...]]:
    """Yield for each organisation that has several names all of them, two queries."""
    former: dict[int, list[str]] = defaultdict(list)
    for unit, name, short in Name.objects.order_by("organisation").values_list(
        "organisation", "name", "short"
    ):
        former[unit] += [each for each in (name, short) if each]
    for unit, name, short in Organisation.objects.order_by("pk").values_list("pk", "name", "short"):
        group = tuple(dict.fromkeys(each for each in (name, short, *former[unit]) if each))
        if len(group) > 1:
            yield group


def _guide_saved(instance: Guide, **_: Any) -> None:
    touch(KIND, [instance.organisation_id])


def _organisation_saved(instance: Organisation, **_: Any) -> None:
    forget_names()
    touch(KIND, [instance.pk])


register_names(names)
post_save.connect(_guide_saved, sender=Guide, dispatch_uid="search-guide")
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="search-guide-unit")
