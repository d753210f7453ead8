"""Drafting a decision: its parts, the grounds that may be chosen, and what follows from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from gongkai.core import codes
from gongkai.core.forms.loading import forms
from gongkai.core.lifecycle.course import outcome_of
from gongkai.domain.applications.actions.decide import NEEDS_REASONS, WITHHOLDING, Answered
from gongkai.domain.applications.desk.case import Case
from gongkai.domain.applications.weights import importance_of
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.errors import NoChain
from gongkai.domain.review.models import Importance
from gongkai.domain.review.queries import chain_for
from gongkai.domain.review.standing import Standing, signers_in_words
from gongkai.foundation.permissions import Reader

GROUPS: Mapping[str, str] = {
    "granted": "予以公开",
    "partial": "部分公开",
    "denied": "不予公开",
    "unable": "无法提供",
    "not-processed": "不予处理",
    "amended": "告知更改、补充",
    "other": "其他处理",
}
"""The groups of grounds as the statutory table calls them."""
MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground as it is offered.

    Attributes:
        barred: Why it cannot be chosen now; empty where it can.
        article: The article of the law of the day of receipt.
        first: Whether reconsideration comes first.
        caution: What should make one look twice; it does not bar.
    """

    key: str
    label: str
    article: str
    barred: str
    first: bool
    note: str
    needs_reasons: bool
    caution: str = ""


def grounds_for(case: Case) -> list[tuple[str, list[Ground]]]:
    """Return the grounds by group: those of the law of this round, with why some cannot be chosen now."""
    law = case.course.current.started
    barred = case.course.barred
    waits = case.course.state in {"supplementing", "charged"}
    found: dict[str, list[Ground]] = {}
    for key, ground in codes.grounds().items():
        if ground.group == "unanswered" or (ground.articles and ground.articles.get(law) is None):
            continue
        why = barred.get(key, "")
        if waits and not why and key not in barred and not _fits_waiting(case, key):
            why = "现在等申请人答复，只能在期限过后选择相应的结果。"
        reference = ground.article(law)
        offered = Ground(
            key,
            ground.label,
            str(reference) if reference else "",
            why,
            bool(ground.reconsideration_first(case.today)),
            ground.note,
            ground.group in NEEDS_REASONS,
            case.cautions.get(key, ""),
        )
        found.setdefault(ground.group, []).append(offered)
    return [(title, found[group]) for group, title in GROUPS.items() if group in found]


def _fits_waiting(case: Case, key: str) -> bool:
    wanted = {"supplementing": "not-corrected", "charged": "not-paid"}
    return wanted.get(case.course.state) == key


def withholding_for(case: Case) -> list[Ground]:
    """Return the grounds on which something may be withheld where the rest is disclosed."""
    return [
        ground
        for title, grounds in grounds_for(case)
        if title == GROUPS[WITHHOLDING]
        for ground in grounds
    ]


@dataclass(slots=True)
class Typed:
    """A part as it is typed."""

    matter: str = ""
    ground: str = ""
    exemptions: tuple[str, ...] = ()
    reasons: str = ""

    @property
    def label(self) -> str:
        """Return the name of the ground that is chosen."""
        known = codes.grounds()
        return known[self.ground].label if self.ground in known else ""

    def answered(self) -> Answered:
        """Return it as the action takes it."""
        return Answered(self.matter, self.ground, self.exemptions, self.reasons)


def typed_parts(data: QueryDict) -> list[Typed]:
    """Read the parts from what was sent; unknown grounds are none."""
    known = codes.grounds()
    count = data.get("parts", "")
    number = min(int(count), MOST_PARTS) if count.isascii() and count.isdigit() else 0
    found = []
    for place in range(number):
        if f"remove-{place}" in data:
            continue
        ground = data.get(f"ground-{place}", "")
        found.append(
            Typed(
                matter=data.get(f"matter-{place}", "")[:4000],
                ground=ground if ground in known else "",
                exemptions=tuple(k for k in data.getlist(f"exemptions-{place}") if k in known),
                reasons=data.get(f"reasons-{place}", "")[:8000],
            )
        )
    return found


def drafted_parts(case: Case) -> list[Typed]:
    """Return the parts of the draft, or the whole matter as the only one."""
    decision = case.decision
    parts = list(decision.parts.all()) if decision else []
    if not parts:
        return [Typed(matter=case.application.matter)]
    parts.sort(key=lambda part: (part.sort_order or 0, part.pk or 0))
    return [Typed(part.matter, part.ground, tuple(part.exemptions), part.reasons) for part in parts]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from the grounds that are chosen.

    Attributes:
        outcome: The one outcome that the tables count.
        rows: The row of each form of report that counts it.
        first: The sentence on remedies.
        signers: Who will sign, step by step; empty where nobody has decided that.
    """

    outcome: str
    rows: Sequence[tuple[str, str]]
    remedy: str
    remedy_reference: str
    confirmed: bool
    importance: str
    signers: Sequence[Standing]
    missing: str = ""


def consequences(  # noqa: PLR0913  # what is chosen and for whom, all by name
    grounds: Sequence[str],
    *,
    organisation: Organisation,
    day: date,
    by: Reader | None,
    at_least: str = "",
    withheld: Sequence[str] = (),
) -> Consequences | None:
    """Return what follows from *grounds* for a decision of *day*; nothing while none is chosen.

    On what *withheld* is based weighs like the rest when it comes to who signs.
    """
    chosen = [key for key in grounds if key]
    if not chosen:
        return None
    outcome = codes.ground(outcome_of(tuple(chosen)))
    rules = [rule for key in chosen if (rule := codes.ground(key).reconsideration_first(day))]
    remedy = "可以申请行政复议，也可以直接提起行政诉讼"
    if rules:
        remedy = "应当先申请行政复议，对复议决定不服的再提起行政诉讼"
    weighed = [*chosen, *withheld]
    importance = importance_of(
        weighed, at_least=at_least if at_least in Importance.values else None
    )
    signers: Sequence[Standing] = ()
    missing = ""
    try:
        signers = signers_in_words(chain_for(organisation, importance), organisation, but=by)
    except NoChain as refusal:
        missing = str(refusal)
    return Consequences(
        outcome=outcome.label,
        rows=list(_rows(outcome)),
        remedy=remedy,
        remedy_reference=str(rules[0].reference) if rules else "",
        confirmed=all(rule.confirmed for rule in rules),
        importance=importance.label,
        signers=signers,
        missing=missing,
    )


def _rows(ground: codes.Ground) -> Iterator[tuple[str, str]]:
    """Yield the short name of each form of report with the row in it."""
    for form in forms():
        key = ground.row(form.key)
        if key is None:
            continue
        labels = [table.rows[key].label for table in form.tables if key in table.rows]
        if labels:
            yield form.short, labels[0].partition("（只计")[0].partition("（区分")[0]
