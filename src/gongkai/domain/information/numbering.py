"""Index numbers (索引号): made from a pattern, each given out once and never again."""

import re
import string
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache

from django.db import transaction
from django.db.models import F

from gongkai.domain.information.errors import (
    BadTemplate,
    NoRegistrationRule,
    NotANumber,
    NumberTaken,
)
from gongkai.domain.information.models import IndexCounter, IndexRule, Item
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock

DEFAULT = "{unit:05}-{year}-{serial:05}"
"""Where nobody made a rule: the key of the organisation tells it apart."""
GAPS = ("code", "division", "unit", "year", "month", "topic", "serial")
WELL_FORMED = re.compile(
    r"[0-9A-Za-z\u4e00-\u9fff][-0-9A-Za-z\u4e00-\u9fff/_.()（）〔〕\[\]]{2,78}"
)
DIGITS = re.compile(r"[0-9]+")
LONGEST_SERIAL = 9
APART = {"code", "division", "unit"}


def must_fit(template: str, *, apart: bool = True) -> None:
    """Refuse a pattern that cannot give unique numbers; *apart*: it must tell organisations apart.

    Raises:
        BadTemplate: With what is wrong and what may stand in it.
    """
    try:
        gaps = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        template.format(
            code="9" * 18, division="410000", unit=1, year=2026, month=1, topic="", serial=1
        )
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        names = "、".join(f"{{{gap}}}" for gap in GAPS)
        raise BadTemplate(template=template, why=f"空位只能是{names}") from error
    if "serial" not in gaps:
        raise BadTemplate(template=template, why="缺少流水号 {serial}")
    if apart and not gaps & APART:
        raise BadTemplate(template=template, why="缺少区分单位的 {unit}、{code} 或 {division}")


def take(organisation: Organisation, *, topic: str = "", count: int = 1) -> list[str]:
    """Return the next *count* index numbers of *organisation*, inside the caller's transaction.

    Two who ask at once wait for each other; a number is lost, not used again, when a draft is thrown away.
    """
    template = _template_of(organisation)
    free: list[str] = []
    while len(free) < count:
        numbers = _next(organisation, template, topic=topic, count=count - len(free))
        # what was brought in with a number of its own may lie in the way
        known = Item.objects.filter(index_number__in=numbers)
        taken = set(known.values_list("index_number", flat=True))
        free += [number for number in numbers if number not in taken]
    return free


def is_well_formed(number: str) -> bool:
    """Tell whether *number*, of an older system, can go on being an index number: no rule of ours need have made it."""
    return bool(WELL_FORMED.fullmatch(number)) and any(char.isdigit() for char in number)


def given(numbers: Collection[str]) -> set[str]:
    """Return those of *numbers* that were given out here before, also to what was thrown away since; two queries."""
    scopes: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number in numbers:
        for scope, serial in _readings(number):
            scopes[scope].append((number, serial))
    taken = Item.objects.filter(index_number__in=numbers)
    found = {str(number) for number in taken.values_list("index_number", flat=True)}
    counters = IndexCounter.objects.filter(scope__in=list(scopes)).values_list("scope", "last")
    for scope, last in counters:
        found |= {number for number, serial in scopes[scope] if serial <= last}
    return found


def must_be_free(number: str) -> None:
    """Refuse an index number that something has or had, or that is none.

    Raises:
        NotANumber: It cannot be one.
        NumberTaken: It was given out before.
    """
    if not is_well_formed(number):
        raise NotANumber(number=number)
    if given([number]):
        raise NumberTaken(number=number)


def _readings(number: str) -> Iterator[tuple[str, int]]:
    """Yield the ways to take *number* for a scope of a counter with its serial number."""
    for run in DIGITS.finditer(number):
        start, end = run.span()
        for first in range(max(start, end - LONGEST_SERIAL), end):
            yield f"{number[:first]}#{number[end:]}", int(number[first:end])


def take_registration(organisation: Organisation) -> str:
    """Return the next number under which a normative document of *organisation* is registered (统一登记号).

    Raises:
        NoRegistrationRule: Nobody has decided on a pattern.
    """
    rule = rule_of(organisation, with_registration=True)
    if rule is None:
        raise NoRegistrationRule(organisation=organisation)
    while True:
        number = _next(organisation, rule.registration)[0]
        # numbers of the time before the platform are passed over
        if not Item.objects.filter(registration_number=number).exists():
            return number


def preview(
    organisation: Organisation, template: str, *, topic: str = "t02", apart: bool = True
) -> str:
    """Return a number as *template* would make it, without taking one.

    Raises:
        BadTemplate: With what is wrong.
    """
    must_fit(template, apart=apart)
    before, pattern, after = _around_serial(template)
    facts = _facts(organisation, topic)
    return f"{before.format(**facts)}{pattern.format(serial=1)}{after.format(**facts)}"


def rule_of(organisation: Organisation, *, with_registration: bool = False) -> IndexRule | None:
    """Return the rule that *organisation* goes by: its own, or the nearest above it."""
    paths = [*organisation.ancestor_paths, str(organisation.path)]
    rules = IndexRule.objects.filter(organisation__path__in=paths).select_related("organisation")
    if with_registration:
        rules = rules.exclude(registration="")
    return rules.order_by("-organisation__depth").first()


def _next(
    organisation: Organisation, template: str, *, topic: str = "", count: int = 1
) -> list[str]:
    facts = _facts(organisation, topic)
    before, pattern, after = _around_serial(template)
    scope = f"{before.format(**facts)}#{after.format(**facts)}"
    with transaction.atomic():
        IndexCounter.objects.get_or_create(scope=scope)
        IndexCounter.objects.filter(scope=scope).update(last=F("last") + count)
        last = IndexCounter.objects.values_list("last", flat=True).get(scope=scope)
    head, tail = before.format(**facts), after.format(**facts)
    return [f"{head}{pattern.format(serial=n)}{tail}" for n in range(last - count + 1, last + 1)]


def _facts(organisation: Organisation, topic: str) -> dict[str, object]:
    today = clock.today()
    return {
        "code": organisation.code or f"{organisation.pk:05}",
        "division": organisation.division or f"{organisation.pk:05}",
        "unit": organisation.pk,
        "year": today.year,
        "month": today.month,
        "topic": topic.partition("-")[0] or "0",
    }


def _template_of(organisation: Organisation) -> str:
    rule = rule_of(organisation)
    return rule.template if rule else DEFAULT


@cache
def _around_serial(template: str) -> tuple[str, str, str]:
    """Return what stands before the serial number, its own pattern, and what comes after."""
    parts = list(_parts(template))
    place = next(i for i, part in enumerate(parts) if part.startswith("{serial"))
    return "".join(parts[:place]), parts[place], "".join(parts[place + 1 :])


def _parts(template: str) -> Iterator[str]:
    for text, name, pattern, _ in string.Formatter().parse(template):
        yield text.replace("{", "{{").replace("}", "}}")
        if name is not None:
            yield f"{{{name}:{pattern}}}" if pattern else f"{{{name}}}"
