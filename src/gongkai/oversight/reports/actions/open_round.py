"""The office asks for the reports of a year."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import transaction

from gongkai.core.deadlines import due
from gongkai.core.forms import form
from gongkai.core.rulebook import NotYetInForce
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.reports.errors import (
    NobodyToAsk,
    NoForm,
    RoundExists,
    UnitTwice,
    YearNotOver,
)
from gongkai.oversight.reports.events import OPENED
from gongkai.oversight.reports.models import Handling, Report, Round, Status, Tier
from gongkai.oversight.reports.models.handling import Verb
from gongkai.oversight.reports.queries import form_of

BATCH = 500
RULES = {"government": "report.government"}
"""Rule in ``law/deadlines`` by kind of organisation; all others follow that of departments."""


def candidates(top: Organisation, year: int) -> list[Organisation]:
    """Return *top* and the organisations below it that may be asked for a report of *year*."""
    return list(Organisation.objects.below(top).in_being(date(year, 12, 31)))


def open_round(  # noqa: PLR0913  # the facts of an act, all by name
    top: Organisation,
    year: int,
    *,
    by: Reader,
    form_key: str = "",
    units: Iterable[int] | None = None,
    collect_by: date | None = None,
    note: str = "",
) -> Round:
    """Ask *top* and the units below it for their reports of *year*.

    Args:
        top: The unit that leads.
        year: The year reported on.
        by: Who opens it.
        form_key: The form; where left out, the one that the law prescribes for the year.
        units: Keys of the units asked; where left out, all that exist at the end of the year and
            are bound to report.
        collect_by: The office's own day, before the statute's.
        note: What those who fill should know.

    Raises:
        NoForm: No form was prescribed, and none chosen.
        RoundExists: The round is open already.
        YearNotOver: The year is still to come.
        UnitTwice: A unit reports in another round.
        NobodyToAsk: No unit is left.
    """
    path = str(top.path)
    by.must("reports.open", path)
    if year >= clock.today().year + 1:
        raise YearNotOver(year=year)
    prescribed = form_of(year)
    if prescribed is None and not form_key:
        raise NoForm(year=year)
    chosen = form(form_key) if form_key else prescribed
    with transaction.atomic():
        if Round.objects.filter(organisation=top, year=year).exists():
            raise RoundExists(organisation=str(top), year=year)
        asked = _asked(top, year, units)
        made = Round.objects.create(
            organisation=top,
            year=year,
            form=chosen.key,  # type: ignore[union-attr]  # one of the two is there
            collect_by=collect_by,
            note=note.strip(),
            opened_by=by.user,  # type: ignore[misc]  # nobody passes must() without a user
        )
        reports = _reports(made, asked)
        Handling.objects.bulk_create(
            (
                Handling(report=r, verb=Verb.OPENED, after=Status.FILLING, by=by.user)
                for r in reports
            ),
            batch_size=BATCH,
        )
        record(
            OPENED,
            by=by,
            act="reports.open",
            path=path,
            on=made,
            facts={"year": year, "form": made.form, "units": len(reports)},
        )
    return made


def _asked(top: Organisation, year: int, units: Iterable[int] | None) -> Sequence[Organisation]:
    found = candidates(top, year)
    if units is None:
        asked = [o for o in found if o.kind_facts.reports]
    else:
        keys = set(units)
        asked = [o for o in found if o.pk in keys]
    if not asked:
        raise NobodyToAsk
    twice = Report.objects.filter(year=year, organisation__in=asked).select_related("organisation")
    if names := [str(r.organisation) for r in twice[:5]]:
        raise UnitTwice(units="、".join(names), year=year)
    return asked


def _reports(made: Round, asked: Sequence[Organisation]) -> list[Report]:
    """Create the reports, those above before those below, so that each knows where it is rolled up."""
    days = {kind: _due(kind, made.year) for kind in {o.kind for o in asked}}
    by_path: dict[str, Report] = {}
    for level in _by_depth(asked):
        fresh = []
        for organisation in level:
            above = next(
                (by_path[p] for p in reversed(organisation.ancestor_paths) if p in by_path), None
            )
            day, reference = days[organisation.kind]
            same = above is None or above.organisation.level == organisation.level
            fresh.append(
                Report(
                    round=made,
                    organisation=organisation,
                    year=made.year,
                    form=made.form,
                    above=above,
                    tier=Tier.SAME if same else Tier.LOWER,
                    due=day,
                    due_reference=reference,
                )
            )
        for report in Report.objects.bulk_create(fresh, batch_size=BATCH):
            by_path[str(report.organisation.path)] = report
    return list(by_path.values())


def _by_depth(organisations: Sequence[Organisation]) -> Iterator[list[Organisation]]:
    for depth in sorted({o.depth for o in organisations}):
        yield [o for o in organisations if o.depth == depth]


def _due(kind: str, year: int) -> tuple[date | None, str]:
    """Return the day of the statute for *kind* and the article, or nothing where the law set none."""
    try:
        deadline = due(RULES.get(kind, "report.department"), date(year, 12, 31))
    except NotYetInForce:
        return None, ""
    references = [str(step.reference) for step in deadline.steps if step.reference]
    return deadline.day, references[-1] if references else ""
