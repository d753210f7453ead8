"""Figures of the proactive part: what was made public, once each, and how the documents stand."""

from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.information import published, publishing_office, signed
from tests.factories.organisations import OrganisationFactory

from gongkai.core.codes import categories
from gongkai.domain.directory.actions import set_up_all
from gongkai.domain.directory.models import Column
from gongkai.domain.information import tallies
from gongkai.domain.information.actions import link, save, withdraw
from gongkai.domain.information.actions.publish_many import Reviewed, publish_many
from gongkai.domain.information.models import Item
from gongkai.domain.review.models import Chain
from gongkai.foundation import clock
from gongkai.foundation.figures import Period, answers, sources

pytestmark = pytest.mark.django_db
FIRST = date(2024, 11, 1)
DAYS = 500
PERIODS = [Period(2024), Period(2025), Period(2025, 2), Period(2025, 12), Period(2026)]
PRESETS = ["policy-normative", "s20-3", "s20-5", "s20-15", "news"]


@pytest.fixture
def office():
    return publishing_office()


def asked(units, period, only=None):
    """Return every figure by unit and indicator, zeros too."""
    return {
        (unit, key): int(answer.value)
        for key, told in answers(units, period, only=only)
        for unit, answer in told.items()
        if not key.startswith(("institution", "channels"))
    }


def test_what_was_public_counts_once_in_the_period_in_which_it_first_was(office):
    told = {}
    with clock.moved_to(date(2025, 12, 30)):
        for number in range(3):
            told[number] = published(office, title=f"第{number}号通知")
    with clock.moved_to(date(2026, 1, 8)):
        withdraw(told[0], by=office.office, reason="内容有误")
        save(told[1], by=office.clerk, values={"body": "<p>更正后的正文。</p>"})
        signed(office, told[1], reason="更正笔误")
        save(told[0], by=office.clerk, values={"body": "<p>重新公开的正文。</p>"})
        signed(office, told[0], reason="核对无误")
        withdraw(told[2], by=office.office, reason="内容有误")
        published(office, title="新年第一号通知")
    unit = office.bureau.pk
    count = {p: asked([unit], p)[unit, "proactive.total"] for p in (Period(2025), Period(2026))}
    assert count == {Period(2025): 3, Period(2026): 1}
    assert asked([unit], Period(2026, 1))[unit, "proactive.accumulated"] == 4
    answer = dict(answers([unit], Period(2025)))["proactive.total"][unit]
    assert "撤回" in answer.rule
    records = answer.records()
    assert len(records) == 3
    assert [r.href for r in records] == [told[n].get_absolute_url() for n in range(3)]
    assert [r.note for r in records[:1]] + [records[2].note] == ["2025-12-30", "2025-12-30，已撤回"]
    assert list(records) == records[:]


def test_a_document_counts_by_the_day_it_was_made_repealed_or_ran_out(office):
    made = {
        "made_on": date(2024, 6, 1),
        "kind": "normative",
        "title": "云川市用水定额管理办法",
        "document_number": "云水规〔2024〕1号",
    }
    with clock.moved_to(date(2024, 6, 20)):
        old = published(office, **made)
        published(office, **made | {"title": "节约用水奖励办法", "expires_on": date(2025, 6, 1)})
        published(
            office,
            **made | {"publicity": "on-request", "ground": "internal", "ground_note": "内部管理"},
        )
    with clock.moved_to(date(2025, 3, 3)):
        new = published(office, **made | {"made_on": date(2025, 3, 1), "title": "新办法"})
        link(new, old, "repeals", by=office.office)
    unit = office.bureau.pk
    told = {
        year: [
            asked([unit], Period(year))[unit, key]
            for key in (
                "normative.issued",
                "proactive.normative",
                "normative.repealed",
                "normative.valid",
                "normative.open_total",
            )
        ]
        for year in (2023, 2024, 2025)
        if (unit, "normative.issued") in asked([unit], Period(year))
    }
    # three were made, one of them is kept; one is repealed and one runs out, and both stay public
    assert told == {2024: [3, 2, 0, 3, 2], 2025: [1, 1, 1, 2, 3]}


# -- the same, counted by hand -------------------------------------------------------------------------

day = st.integers(0, DAYS).map(lambda n: FIRST + timedelta(days=n))
facts = st.builds(
    SimpleNamespace,
    unit=st.integers(0, 2),
    preset=st.sampled_from(PRESETS),
    kind=st.sampled_from(["", "", "normative", "rule"]),
    published=day,
    made=st.none() | day,
    effective=st.none() | day,
    lasts=st.none() | st.integers(1, 300),
    repealed=st.none() | day,
    open=st.booleans() | st.just(True),
    withdrawn=st.none() | st.integers(0, 200),
)


@pytest.fixture
def city(office):
    town = OrganisationFactory(parent=office.city, kind="government", level="county")
    units = [office.city, office.bureau, town]
    set_up_all(units, by=None)
    columns = {(c.organisation_id, c.key): c for c in Column.objects.filter(key__in=PRESETS)}
    return SimpleNamespace(
        units=units,
        columns=columns,
        office=office.office,
        chain=Chain.objects.get(organisation=office.city, importance="general"),
        signers=[office.head.user, office.second.user],
    )


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(facts, max_size=12))
def test_figures_equal_a_recount_by_hand(city, told):
    with transaction.atomic():
        _enter(city, told)
        for period in PERIODS:
            keys = [unit.pk for unit in city.units]
            assert asked(keys, period) == dict(_by_hand(city, told, period)), period
        transaction.set_rollback(True)


def _enter(city, told):
    for at, unit in enumerate(city.units):
        mine = [each for each in told if each.unit == at]
        items = publish_many(
            unit,
            [Reviewed(_values(city, unit, each)) for each in mine],
            chain=city.chain,
            signers=city.signers,
            evidence="纸质审批单",
            by=city.office,
        )
        for item, each in zip(items, mine, strict=True):
            changes = {"repealed_on": each.repealed}
            if each.open and each.withdrawn is not None:
                at_noon = clock.moved_to(each.published + timedelta(days=each.withdrawn))
                with at_noon:
                    changes |= {"live": False, "status": "withdrawn", "withdrawn_at": clock.now()}
            Item.objects.filter(pk=item.pk).update(**changes)


def _values(city, unit, each):
    return {
        "title": "通知",
        "body": "<p>正文</p>",
        "kind": each.kind,
        "column": city.columns[unit.pk, each.preset],
        "published_on": each.published,
        "made_on": each.made,
        "effective_on": each.effective,
        "expires_on": _ends(each),
        "publicity": "open" if each.open else "closed",
    }


def _ends(each):
    return each.lasts and (each.effective or each.published) + timedelta(days=each.lasts)


def _by_hand(city, told, period):
    for at, unit in enumerate(city.units):
        yield from _of_unit(unit.pk, [each for each in told if each.unit == at], period)
    level = [u.level for u in city.units]
    public = [each for each in told if each.open and _in(each.published, period)]
    if public:
        own = sum(level[each.unit] == level[0] for each in public)
        yield (city.units[0].pk, "proactive.own_level"), own
        yield (city.units[0].pk, "proactive.lower_level"), len(public) - own


def _of_unit(unit, mine, period):
    ever = [each for each in mine if each.open and each.published <= period.last]
    now = [each for each in ever if each.published >= period.first]
    if ever:
        yield (unit, "proactive.accumulated"), len(ever)
        yield (unit, "proactive.total"), len(now)
        yield (unit, "proactive.normative"), sum(each.kind == "normative" for each in now)
        yield (unit, "rules.opened"), sum(each.kind == "rule" for each in now)
        sorts = Counter(_category(each) for each in now)
        for key in categories():
            yield (unit, f"proactive.category.{key}"), sorts[key]
    for kind, series in (("normative", "normative"), ("rule", "rules")):
        known = [each for each in mine if each.kind == kind]
        made = [each.made or (each.published if each.open else None) for each in known]
        counts = {
            "issued": sum(_in(day, period) for day in made),
            "repealed": sum(_in(each.repealed, period) for each in known),
            "valid": sum(_valid(each, period.last) for each in known),
            "open_total": sum(each in ever and not _gone(each, period.last) for each in known),
        }
        for what, count in counts.items():
            if ever or count:  # who keeps nothing here has no figure, which is not zero
                yield (unit, f"{series}.{what}"), count


def _gone(each, last):
    left = each.withdrawn
    return left is not None and each.published + timedelta(days=left) <= last


def _in(day, period):
    return day is not None and period.first <= day <= period.last


def _category(each):
    for key, category in categories().items():
        if each.kind in category.kinds or each.preset in category.columns:
            return key
    return "other"


def _valid(each, last):
    begun = each.effective or each.made or (each.published if each.open else None)
    over = [d for d in (_ends(each), each.repealed) if d is not None]
    return begun is not None and begun <= last and all(d > last for d in over)


def test_figures_of_many_units_cost_as_much_as_of_one(django_assert_num_queries, office):
    published(office)
    units = [office.bureau.pk, *(OrganisationFactory(parent=office.city).pk for _ in range(9))]
    mine = [key for key in sources() if key.startswith(("proactive", "normative", "rules"))]
    for asked_for in ([office.city.pk], [*units, office.city.pk]):
        with django_assert_num_queries(11):
            list(answers(asked_for, Period(2026), only=mine))


def test_counting_reads_the_index_and_no_item(office):
    published(office)
    found = tallies.made_public([office.bureau.pk], date(2026, 1, 1), date(2026, 12, 31))
    rows = found.values_list("organisation", "kind", "column", "topic", "genre")
    if transaction.get_connection().vendor == "sqlite":
        assert "COVERING INDEX information_counted" in rows.explain()
