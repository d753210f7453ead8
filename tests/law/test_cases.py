"""Cases that a lawyer can write: facts in, one day out."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from gongkai.core import fees
from gongkai.core.deadlines import (
    Consultation,
    Deadline,
    Delay,
    Extension,
    FeeNotice,
    Supplement,
    Whom,
    due,
    receive,
    reply,
)
from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import national
from gongkai.core.workdays import calendar

HERE = Path(__file__).parent
KEYS = {
    "name", "rule", "received", "from", "channel", "confirmed-on", "events", "extend", "known-on",
    "due", "provisional", "confirmed", "by", "says", "refused",
}  # fmt: skip
EVENTS = {
    "supplement": lambda notified, received=None: Supplement(notified, received),
    "third-party": lambda sent, answered=None, delivered=None: Consultation(
        sent, answered, Whom.THIRD_PARTY, delivered
    ),
    "co-agency": lambda sent, answered=None, delivered=None: Consultation(
        sent, answered, Whom.CO_AGENCY, delivered
    ),
    "fee": lambda notified, paid=None: FeeNotice(notified, paid),
    "extension": lambda days, notified=None, approved=None: Extension(days, notified, approved),
    "delay": Delay,
}


def cases(folder: str) -> list:
    return [
        pytest.param(case, id=f"{path.stem}：{case['name']}")
        for path in sorted((HERE / folder).glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


def work_out(case: dict) -> Deadline:
    days = calendar(known_on=case.get("known-on"))
    if "received" not in case:
        return due(case["rule"], case["from"], extend=case.get("extend", 0), days=days)
    received = case["received"]
    if "channel" in case:
        received = receive(case["channel"], received, case.get("confirmed-on"))
    events = [
        EVENTS[kind](**facts) for event in case.get("events", []) for kind, facts in event.items()
    ]
    return reply(received, events, days=days)


@pytest.mark.parametrize("case", cases("cases"))
def test_the_law_gives_this_day(case):
    assert not case.keys() - KEYS
    if "refused" in case:
        with pytest.raises(Refusal) as refusal:
            work_out(case)
        assert case["refused"] in str(refusal.value)
        return
    deadline = work_out(case)
    assert deadline.day == case["due"]
    assert deadline.provisional is case.get("provisional", False)
    assert deadline.confirmed is case.get("confirmed", True)
    sources = {step.reference.key for step in deadline.steps if step.reference}
    assert case.get("by") in sources | {None}
    assert national().reference(case.get("by", "regulations-2019"))
    assert case.get("says", "") in "；".join(step.text for step in deadline.steps)


def test_there_are_enough_cases_to_trust_the_clock():
    assert len(cases("cases")) >= 100


@pytest.mark.parametrize("case", cases("fees"))
def test_the_tariff_gives_this_fee(case):
    day = case.get("day", date(2024, 6, 1))
    if "items" in case:
        charge = lambda: fees.by_item(case["items"], day, before=case.get("before", 0))  # noqa: E731
    else:
        charge = lambda: fees.by_page(case["pages"], day)  # noqa: E731
    if "refused" in case:
        with pytest.raises(Refusal, match=case["refused"]):
            charge()
        return
    fee = charge()
    assert fee.yuan == case["yuan"]
    assert sum(step.last - step.first + 1 for step in fee.steps) == case.get(
        "items", case.get("pages")
    )
