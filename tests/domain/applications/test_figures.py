"""The tables of every era from cases: they balance whatever happened, and every cell opens its cases."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.applications import APPLICANT, answering_office

from gongkai.core import codes, forms
from gongkai.core.lifecycle import Fact
from gongkai.domain.applications.actions import Case, bring_in
from gongkai.domain.applications.figures import tables
from gongkai.domain.applications.models import Application
from gongkai.foundation import clock
from gongkai.foundation.figures import Period, cell_sources, sources
from gongkai.foundation.permissions import NotAllowed

pytestmark = pytest.mark.django_db
OUTCOMES = [
    "granted",
    "partial",
    "secret",
    "privacy",
    "internal",
    "not-existing",
    "petition",
    "repeated",
]
CASES = st.lists(
    st.tuples(
        st.dates(date(2020, 6, 1), date(2023, 6, 1)),
        st.integers(0, 400),
        st.sampled_from(OUTCOMES),
        st.sampled_from(sorted(codes.applicants())),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def case(received, days, outcome, kind, is_decided):
    facts = [Fact("receive", received, 1)]
    if is_decided:
        facts.append(Fact("decide", received + timedelta(days), 2, grounds=(outcome,)))
    return Case("in-person", facts, {**APPLICANT, "kind": kind})


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases=CASES, year=st.integers(2019, 2024))
def test_what_came_in_is_what_was_decided_and_what_is_left(cases, year):
    Application.objects.all().delete()
    office = answering_office()
    bring_in(office.bureau, [case(*one) for one in cases], by=office.office, evidence="台账")
    filled = tables([office.bureau.pk], Period(year), "format-2021").get(office.bureau.pk, {})
    for column in [*codes.applicants(), "total"]:
        value = (
            {row: filled[f"requests/{row}/{column}"].value for row in rows_of(filled)}
            if filled
            else {}
        )
        if value:
            assert (
                value["new"] + value["carried_in"] == value["result_total"] + value["carried_out"]
            )
            results = [n for row, n in value.items() if row not in BALANCE]
            assert sum(results) == value["result_total"]
    for place, answer in filled.items():
        assert len(list(answer.records())) == answer.value, place


BALANCE = {"new", "carried_in", "result_total", "carried_out"}


def rows_of(filled):
    return {place.split("/")[1] for place in filled}


def test_the_form_of_2014_adds_up_and_the_sources_are_registered():
    office = answering_office()
    told = [
        (date(2016, 1, 4), 9, ground, "natural", True)
        for ground in ("granted", "secret", "not-existing")
    ]
    with pytest.raises(NotAllowed):
        bring_in(office.bureau, [case(*told[0])], by=office.clerk, evidence="台账")
    bring_in(office.bureau, [case(*one) for one in told], by=office.office, evidence="台账")
    source = cell_sources()["applications"]
    filled = source.ask([office.bureau.pk], Period(2016), "stat65-2014")[office.bureau.pk]
    value = Counter({place.split("/")[1]: int(answer.value) for place, answer in filled.items()})
    assert value["req_received"] == value["req_inperson"] == value["req_closed"] == 3
    assert (
        value["ans_granted"],
        value["ans_denied"],
        value["den_secret"],
        value["ans_notexist"],
    ) == (1, 1, 1, 1)
    form = forms.form("stat65-2014")
    assert all(form.row(forms.Place(*place.split("/"))) for place in filled)
    received = sources()["requests.received"].ask([office.bureau.pk], Period(2016))
    assert received[office.bureau.pk].value == 3
    assert clock.today() > date(2016, 1, 1)
