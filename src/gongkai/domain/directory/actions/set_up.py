"""A complete disclosure section from the preset, in one step."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from gongkai.core.directories import fields, focuses, presets_for
from gongkai.core.directories.columns import section_of
from gongkai.domain.directory import events
from gongkai.domain.directory.actions.columns import ACT, GROUP
from gongkai.domain.directory.errors import NoPreset, NoSection, UnknownFocus
from gongkai.domain.directory.models import Column
from gongkai.domain.directory.models.column import TOP
from gongkai.domain.directory.planting import Bed, home
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

TITLE = "政府信息公开"
GROUP_TITLE = "重点领域"
AT_ONCE = 300
"""Organisations whose columns are in memory at a time."""


def set_up(organisation: Organisation, *, by: Reader | None) -> Sequence[Column]:
    """Give *organisation* every column of its preset that it does not have; return the new ones.

    Run again, it adds what the preset has gained and touches nothing else: a column that was
    renamed, moved or closed stays as it is.

    Raises:
        NoPreset: The organisation is of a kind that has no section of its own.
    """
    if not presets_for(organisation.level, organisation.kind):
        raise NoPreset(organisation=organisation, kind=organisation.kind_facts.title)
    return set_up_all([organisation], by=by)


def set_up_all(organisations: Iterable[Organisation], *, by: Reader | None) -> Sequence[Column]:
    """Give each of *organisations* the columns of its preset; those without a preset are left out.

    A constant number of queries for every few hundred organisations, and one record in the trail.
    """
    wanted = [o for o in organisations if presets_for(o.level, o.kind)]
    if by is not None:
        for organisation in wanted:
            by.must(ACT, str(organisation.path))
    made: list[Column] = []
    with transaction.atomic():
        for start in range(0, len(wanted), AT_ONCE):
            made += _plant(wanted[start : start + AT_ONCE])
        if made:
            events.columns_changed.send(
                Column,
                columns={column.pk for column in made},
                organisations={column.organisation_id for column in made},
            )
            record(
                events.SET_UP,
                by=by,
                act=ACT,
                path=str(wanted[0].path) if len(wanted) == 1 else None,
                on=wanted[0] if len(wanted) == 1 else None,
                facts={"organisations": len(wanted), "columns": len(made)},
            )
    return made


def set_up_focus(organisation: Organisation, *, which: str, by: Reader | None) -> Sequence[Column]:
    """Give *organisation* a column for each key field, in a group of their own; return the new ones.

    Args:
        organisation: Whose section it is; it must have been set up.
        which: ``fields`` for the twenty-six of the standard directory, or the year whose programme
            of work named them: ``2012``, ``2016``.
        by: Who does it.

    Raises:
        NoSection: The section was not set up yet.
        UnknownFocus: There is no such set.
    """
    if by is not None:
        by.must(ACT, str(organisation.path))
    wanted = focus_columns(which)
    with transaction.atomic():
        home()
        known = {c.key: c for c in Column.objects.filter(organisation=organisation)}
        if "statutory" not in known:
            raise NoSection(organisation=organisation)
        bed = Bed(
            [(c.path, c.url_path) for c in known.values()], [str(c.path) for c in known.values()]
        )
        place = known.get(GROUP)
        path = str(place.path) if place else bed.put(
            _own(organisation, GROUP, GROUP_TITLE, "group", ""), str(known["statutory"].path)
        )  # fmt: skip
        for key, (title, basis) in wanted.items():
            if key not in known:
                bed.put(_own(organisation, key, title, "list", basis), path)
        made = bed.write()
        if made:
            events.columns_changed.send(
                Column, columns={c.pk for c in made}, organisations={organisation.pk}
            )
            record(
                events.SET_UP,
                by=by,
                act=ACT,
                path=str(organisation.path),
                on=organisation,
                facts={"focus": which, "columns": len(made)},
            )
    return made


def focus_columns(which: str) -> dict[str, tuple[str, str]]:
    """Return title and reference of the columns of a set of key fields, by key."""
    if which == "fields":
        return {f"field-{key}": (f.title, f.reference.key) for key, f in fields().items()}
    found = {
        f"focus-{key}": (f.title, f.reference.key)
        for key, f in focuses().items()
        if str(f.since) == which
    }
    if not found:
        raise UnknownFocus(which=which)
    return found


def _own(organisation: Organisation, key: str, title: str, kind: str, basis: str) -> Column:
    return Column(
        organisation=organisation, key=key, title=title, kind=kind, section=GROUP, basis=basis
    )


def _plant(organisations: Sequence[Organisation]) -> Sequence[Column]:
    above = home()
    known = list(
        Column.objects.filter(organisation__in=[o.pk for o in organisations]).only(
            "path", "url_path", "organisation_id", "key"
        )
    )
    tops = Column.objects.filter(depth=above.depth + 1).order_by("-path")
    taken = [str(column.path) for column in known] + [
        str(path) for path in tops.values_list("path", flat=True)[:1]
    ]
    bed = Bed(
        [(above.path, above.url_path), *((c.path, c.url_path) for c in known)],
        [p for p in taken if p],
    )
    places = {(column.organisation_id, column.key): str(column.path) for column in known}
    for organisation in organisations:
        if (organisation.pk, TOP) not in places:
            top = Column(organisation=organisation, key=TOP, title=TITLE, kind="group")
            top.slug = f"organisation-{organisation.pk}"
            places[organisation.pk, TOP] = bed.put(top, str(above.path))
        for key, preset in presets_for(organisation.level, organisation.kind).items():
            if (organisation.pk, key) in places:
                continue
            column = Column(
                organisation=organisation,
                key=key,
                title=preset.title,
                kind=preset.kind,
                section=section_of(key),
                freshness=preset.freshness,
                basis=preset.reference.key,
            )
            parent = places[organisation.pk, preset.parent or TOP]
            places[organisation.pk, key] = bed.put(column, parent)
    return bed.write()
