"""The demo city's figures hold together, and its reports go through the verbs that people use."""

import pytest
import yaml
from django.core.management import call_command
from tests.conftest import ROOT

from gongkai.core.checks import Verdict, judge
from gongkai.core.forms import FilledForm, cell_of
from gongkai.domain.organisations import demo as organisations
from gongkai.oversight.reports import demo
from gongkai.oversight.reports.demo.figures import Unit, story
from gongkai.oversight.reports.models import Edition, Report
from gongkai.oversight.reports.queries import form_of

FACTS = yaml.safe_load((ROOT / "demo/reports.yaml").read_text(encoding="utf-8"))
FORMS = {year: form_of(year) for year in FACTS["years"]}


@pytest.mark.parametrize("key", FACTS["units"])
def test_every_relation_holds_in_every_year_and_from_year_to_year(key):
    before = None
    for year, values in story(Unit(key, **demo._unit(FACTS["units"][key])), FORMS):
        filled = FilledForm(FORMS[year], {p: cell_of(v) for p, v in values.items()}, year)
        adjacent = before if before and before.form.key == filled.form.key else None
        broken = [j for j in judge(filled, adjacent) if j.verdict is Verdict.BROKEN]
        assert not broken, [(year, j.line.relation.id, j.left, j.right) for j in broken]
        before = filled


def test_the_same_city_has_the_same_figures_every_time():
    unit = Unit("zhujian", **demo._unit(FACTS["units"]["zhujian"]))
    assert dict(story(unit, FORMS)) == dict(story(unit, FORMS))


@pytest.mark.django_db
@pytest.mark.slow
def test_the_demo_is_issued_corrected_left_under_way_and_loads_once(settings, tmp_path):
    settings.GONGKAI_SHARED = tmp_path
    facts = FACTS | {
        "units": {k: FACTS["units"][k] for k in ("caizheng", "zhujian", "shichang", "yunchuan")},
        "years": {year: FACTS["years"][year] for year in (2022, 2023, 2026)},
    }
    organisations.load(ROOT / "demo")
    (tmp_path / "reports.yaml").write_text(yaml.safe_dump(facts, allow_unicode=True), "utf-8")
    assert "3 个年度" in demo.load(tmp_path)
    assert demo.load(tmp_path) is None
    assert Edition.objects.filter(report__year=2022, number=1).count() == 4
    assert Edition.objects.filter(report__year=2023, number=2).count() == 1
    city = Report.objects.get(year=2023, organisation__depth=1)
    units = Report.objects.filter(year=2023).exclude(pk=city.pk)
    received = [r.cells.get(place="requests/new/total").value for r in units]
    own = FACTS["units"]["yunchuan"]["requests"][2023]
    assert city.cells.get(place="requests/new/total").value == sum(received) + own
    under_way = Report.objects.filter(year=2026)
    assert {r.status for r in under_way} >= {"confirmed", "filling"}
    assert under_way.get(organisation__short="市住建局").errors > 0
    late = Report.objects.filter(year__lt=2026, organisation__depth=2)
    assert all(r.issued_on <= r.due for r in late)
    call_command("check")
