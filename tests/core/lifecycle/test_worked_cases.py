"""Every worked case of the law comes out as the lawyer wrote it down."""

import pytest

from gongkai.core import codes
from gongkai.core.deadlines import receive
from gongkai.core.lifecycle import Fact, follow
from gongkai.core.lifecycle.worked import worked_cases
from gongkai.core.refusal import Refusal
from gongkai.core.workdays import calendar

CASES = worked_cases()
STEPS = [
    pytest.param(
        case, expected, id=f"{key}: {case.title}{f' {expected.by}' if expected.by else ''}"
    )
    for key, case in CASES.items()
    for expected in case.then
]


@pytest.mark.parametrize(("case", "expected"), STEPS)
def test_the_case_comes_out_as_the_law_says(case, expected):
    facts = [fact for fact in case.facts if expected.by is None or fact.day <= expected.by]
    days = calendar(known_on=expected.known_on)
    if expected.refused:
        with pytest.raises(Refusal) as refusal:
            follow(facts, days=days)
        assert expected.refused in str(refusal.value)
        return
    course = follow(facts, days=days, today=expected.today)
    today = expected.today or max(fact.day for fact in facts)
    running = {}
    for term in course.running:
        running.setdefault(term.duty, []).extend([term.due] if term.due else [])
    found = {
        "state": course.state,
        "due": course.due.day if course.due else "none",
        "running": {duty: tuple(sorted(days)) for duty, days in running.items()},
        "in_time": course.current.in_time,
        "paused": course.current.paused,
        "rounds": len(course.rounds),
    }
    wanted = {
        name: getattr(expected, name)
        for name in found
        if getattr(expected, name) or getattr(expected, name) == 0
    }
    if expected.running is not None:
        wanted["running"] = {duty: tuple(days) for duty, days in expected.running.items()}
    assert {name: found[name] for name in wanted} == wanted
    assert bool(course.due and course.due.provisional) is expected.provisional
    late = {term.duty for term in course.running if term.is_late(today)}
    assert not expected.late or late == set(expected.late)
    assert set(course.allowed) >= set(expected.may)
    assert not set(course.allowed) & set(expected.may_not)
    rows = {form: codes.ground(course.current.grounds[0]).row(form) for form in expected.rows}
    assert rows == expected.rows
    refusals = {ground: refused(facts, ground, today) for ground in expected.barred}
    assert all(refusals.values())
    assert all(course.barred.get(ground, why) == why for ground, why in refusals.items())


def refused(facts, ground, day):
    """Return the sentence with which a decision on *ground* is refused on *day*."""
    try:
        follow([*facts, Fact("decide", day, grounds=(ground,))])
    except Refusal as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("key", [key for key, case in CASES.items() if case.channel])
def test_the_day_of_receipt_is_that_of_the_channel(key):
    case = CASES[key]
    days = {fact.act: fact.day for fact in case.facts}
    arrived = days.get("arrive") or days["receive"]
    receipt = receive(case.channel, arrived, days.get("confirm"))
    assert receipt.day == follow(case.facts).received


def test_there_are_enough_cases_and_each_subject_has_refusals_or_days():
    assert len(CASES) >= 70
    assert len({case.title for case in CASES.values()}) == len(CASES)
    assert sum(any(one.refused for one in case.then) for case in CASES.values()) >= 20
