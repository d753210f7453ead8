"""Figures for the demo city: made up, plausible, and such that every sum of every form holds.

Nothing is left to chance from run to run: the same unit and year always give the same figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from gongkai.core.forms import Form, Place

APPLICANTS = {"natural": 70, "biz": 14, "research": 2, "ngo": 2, "legal": 9, "other_org": 3}
"""Out of a hundred requests, how many come from whom."""

OUTCOMES = {
    "granted": 46,
    "partial": 12,
    "d_law": 1,
    "d_thirdparty": 2,
    "d_internal": 3,
    "d_process": 3,
    "d_casefile": 2,
    "d_query": 2,
    "u_notheld": 14,
    "u_make": 3,
    "u_unclear": 2,
    "n_petition": 5,
    "n_repeat": 3,
}
"""Out of a hundred requests, how they are dealt with; the rest is other."""

CHANNELS = {"req_inperson": 24, "req_fax": 2, "req_web": 58, "req_mail": 16}
ANSWERS = {
    "ans_already": 22,
    "ans_granted": 34,
    "ans_partial": 8,
    "ans_denied": 8,
    "ans_notours": 14,
    "ans_notexist": 8,
    "ans_amend": 3,
    "ans_otherway": 3,
}
DENIALS = {"den_trade": 3, "den_privacy": 3, "den_notinfo": 3, "den_law": 1}

Values = dict[Place, Decimal]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the demo city.

    Attributes:
        requests: How many requests it received in each year.
        permits: Permits a year, about.
        penalties: Penalties a year, about.
        normative: Normative documents in force when the story begins.
        charge: Administrative charges a year in 万元, about.
        government: Whether it is one; only governments of cities may make rules.
    """

    key: str
    requests: Mapping[int, int]
    permits: int = 0
    penalties: int = 0
    normative: int = 8
    charge: int = 0
    government: bool = False
    rules: int = 0


@dataclass
class Memory:
    """What one year leaves to the next."""

    carried: dict[str, int] = field(default_factory=dict)
    normative: int = 0
    rules: int = 0
    projects: dict[str, int] = field(default_factory=dict)


def story(unit: Unit, forms: Mapping[int, Form]) -> Iterator[tuple[int, Values]]:
    """Yield the figures of *unit* for each year, oldest first, each following from the one before.

    Args:
        unit: Whose.
        forms: The form of each year.
    """
    memory = Memory(normative=unit.normative, rules=unit.rules)
    for year in sorted(forms):
        chance = Random(f"{unit.key}-{year}")  # noqa: S311  # figures of a city that does not exist
        if forms[year].key == "stat65-2014":
            yield year, _stat65(unit, year, chance)
        else:
            values = _requests(unit, year, chance, memory, forms[year])
            values |= _remedies(unit, year, chance)
            proactive = _proactive_2019 if forms[year].key == "format-2019" else _proactive_2021
            yield year, values | proactive(unit, chance, memory)


def spread(count: int, shares: Mapping[str, int], chance: Random) -> dict[str, int]:
    """Return *count* things dealt out by *shares*; nothing is lost and nothing added."""
    dealt = dict.fromkeys(shares, 0)
    for key in chance.choices(list(shares), weights=list(shares.values()), k=count):
        dealt[key] += 1
    return dealt


def _requests(unit: Unit, year: int, chance: Random, memory: Memory, form: Form) -> Values:
    received = spread(unit.requests.get(year, 0), APPLICANTS, chance)
    values: Values = {}
    rows = [r.key for r in form.table("requests").rows.values() if not r.header]
    rest = "o_other" if "o_other" in rows else "other"
    totals = dict.fromkeys(rows, 0)
    for applicant in APPLICANTS:
        carried_in = memory.carried.get(applicant, 0)
        here = received[applicant] + carried_in
        carried_out = min(here, round(received[applicant] * chance.uniform(0, 0.09)))
        dealt = spread(here - carried_out, OUTCOMES | {rest: 2}, chance)
        told = dict.fromkeys(rows, 0) | dealt
        told |= {
            "new": received[applicant],
            "carried_in": carried_in,
            "carried_out": carried_out,
            "result_total": here - carried_out,
        }
        memory.carried[applicant] = carried_out
        for row in rows:
            values[Place("requests", row, applicant)] = Decimal(told[row])
            totals[row] += told[row]
    for row in rows:
        values[Place("requests", row, "total")] = Decimal(totals[row])
    return values


def _remedies(unit: Unit, year: int, chance: Random) -> Values:
    count = round(unit.requests.get(year, 0) / 22 * chance.uniform(0.4, 1.2))
    values: Values = {}
    shares = {"recon": 6, "lit_direct": 3, "lit_after": 1}
    results = {"upheld": 6, "corrected": 2, "other": 1, "pending": 1}
    for row, cases in spread(count, shares, chance).items():
        dealt = spread(cases, results, chance)
        for column, number in dealt.items():
            values[Place("remedies", row, column)] = Decimal(number)
        values[Place("remedies", row, "total")] = Decimal(cases)
    return values


def _about(number: int, chance: Random) -> int:
    return round(number * chance.uniform(0.9, 1.12))


def _proactive_2021(unit: Unit, chance: Random, memory: Memory) -> Values:
    issued = chance.randint(0, 4 if unit.government else 2)
    repealed = min(memory.normative, chance.randint(0, 2))
    memory.normative += issued - repealed
    made = chance.randint(0, 1) if unit.rules else 0
    memory.rules += made
    told = {
        ("rules", "issued"): made,
        ("rules", "repealed"): 0,
        ("rules", "valid"): memory.rules,
        ("normative", "issued"): issued,
        ("normative", "repealed"): repealed,
        ("normative", "valid"): memory.normative,
        ("license", "decisions"): _about(unit.permits, chance),
        ("penalty", "decisions"): _about(unit.penalties, chance),
        ("coercion", "decisions"): _about(unit.penalties // 12, chance),
    }
    values = {Place("proactive", row, column): Decimal(n) for (row, column), n in told.items()}
    cents = _about(unit.charge * 100, chance)
    values[Place("proactive", "charge", "amount")] = Decimal(cents) / 100
    return values


def _proactive_2019(unit: Unit, chance: Random, memory: Memory) -> Values:
    issued = chance.randint(0, 4 if unit.government else 2)
    memory.normative += issued
    told = {
        ("rules", "made"): 0,
        ("rules", "opened"): 0,
        ("rules", "open_total"): memory.rules,
        ("normative", "made"): issued,
        ("normative", "opened"): issued,
        ("normative", "open_total"): memory.normative,
    }
    items = {
        "license": max(1, unit.permits // 60),
        "other_service": 6,
        "penalty": max(1, unit.penalties // 4),
        "coercion": 4,
        "charge": 1 if unit.charge else 0,
    }
    for row, start in items.items():
        before = memory.projects.get(row, start)
        change = 0 if not start else chance.randint(-min(2, before), 3)
        memory.projects[row] = before + change
        told |= {(row, "prev_items"): before, (row, "delta"): change}
    told |= {
        ("license", "decisions"): _about(unit.permits, chance),
        ("other_service", "decisions"): _about(unit.permits // 3, chance),
        ("penalty", "decisions"): _about(unit.penalties, chance),
        ("coercion", "decisions"): _about(unit.penalties // 12, chance),
        ("procurement", "projects"): chance.randint(2, 30),
    }
    values = {Place("proactive", row, column): Decimal(n) for (row, column), n in told.items()}
    values[Place("proactive", "procurement", "amount")] = (
        Decimal(chance.randint(4000, 160000)) / 100
    )
    return values


def _stat65(unit: Unit, year: int, chance: Random) -> Values:
    received = unit.requests.get(year, 0)
    answers = spread(received, ANSWERS, chance)
    extended = round(received * chance.uniform(0, 0.08))
    website = chance.randint(300, 900) + received * 12
    told: dict[str, int] = {
        **spread(received, CHANNELS, chance),
        **answers,
        **spread(answers["ans_denied"], DENIALS, chance),
        "den_secret": 0,
        "den_security": 0,
        "req_received": received,
        "req_closed": received,
        "closed_ontime": received - extended,
        "closed_extended": extended,
        "req_answered": received,
        "proactive_total": website + 120,
        "proactive_normative": 3,
        "issued_normative": 3,
        "ch_gazette": chance.randint(4, 40),
        "ch_website": website,
        "ch_weibo": chance.randint(40, 300),
        "ch_wechat": chance.randint(60, 400),
        "ch_other": chance.randint(5, 90),
        **_responses(chance),
        **_disputes(received, chance),
        **_capacity(chance),
    }
    return {Place("stat65", row, "value"): Decimal(n) for row, n in told.items()}


def _responses(chance: Random) -> dict[str, int]:
    conferences, interviews = chance.randint(1, 6), chance.randint(1, 4)
    return {
        "respond_total": chance.randint(2, 20),
        "press_conf": conferences,
        "press_conf_leader": chance.randint(0, conferences),
        "online_interview": interviews,
        "online_interview_leader": chance.randint(0, interviews),
        "interpretation": chance.randint(3, 24),
        "respond_social": chance.randint(2, 30),
        "respond_other": chance.randint(0, 6),
    }


def _disputes(received: int, chance: Random) -> dict[str, int]:
    told: dict[str, int] = {}
    for name, per in (("recon", 26), ("lit", 40)):
        cases = round(received / per)
        dealt = spread(cases, {"upheld": 7, "corrected": 2, "other": 1}, chance)
        told |= {f"{name}_total": cases, **{f"{name}_{key}": n for key, n in dealt.items()}}
    return told | {"complaints": 0, "req_fee": 0}


def _capacity(chance: Random) -> dict[str, int]:
    full, part = chance.randint(1, 2), chance.randint(1, 6)
    return {
        "org_units": 1,
        "reading_points": chance.randint(1, 3),
        "staff_total": full + part,
        "staff_full": full,
        "staff_part": part,
        "budget": chance.randint(0, 6),
        "meetings": chance.randint(1, 5),
        "trainings": chance.randint(1, 3),
        "trainees": chance.randint(12, 90),
    }


def choices(form: Form, places: Sequence[Place]) -> dict[Place, str]:
    """Return the unit that a person chooses where the form leaves it open: 万元."""
    return {p: "万元" for p in places if "万元" in form.column(p).unit_choices}
