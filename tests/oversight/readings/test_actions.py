"""The verbs of the reading room, each with its refusals."""

import pytest
from tests.factories.organisations import city, reader
from tests.oversight.readings.reports import bring, file

from gongkai.core.forms import Place
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import NotAllowed, NotThere
from gongkai.foundation.trail.models import Record
from gongkai.oversight.readings import actions, errors, standing
from gongkai.oversight.readings.jobs import read_documents
from gongkai.oversight.readings.models import Correction, Decision, Finding, Reading

pytestmark = pytest.mark.django_db
TOTAL = Place("requests", "result_total", "total")
NATURAL = Place("requests", "result_total", "natural")


@pytest.fixture
def town():
    return city()


@pytest.fixture
def office(town):
    return reader("office", town.top)


@pytest.fixture
def broken(town, office):
    """A report in which 27 came in, 21 were dealt with, and none is left over."""
    (reading,) = bring(office, town.top, [("水利局.html", file())], source="云水字〔2024〕1号")
    return reading


def balance(reading):
    return reading.findings.filter(rule="requests.balance")


def test_a_report_is_read_with_its_agency_year_and_form(broken):
    assert (broken.agency, broken.year, broken.form) == ("云川市水利局", 2023, "format-2021")
    assert broken.state == Reading.State.READ
    assert broken.source == "云水字〔2024〕1号"
    assert broken.errors == 2
    assert broken.agreed < broken.judged


def test_the_contradiction_is_found_with_both_sides_and_its_place(broken):
    finding = balance(broken).first()
    assert (finding.left, finding.right) == ("27", "21")
    text = broken.transcript.text
    assert [text[a:b] for a, b in finding.spans] == ["27", "0", "21", "0"]


def test_bringing_and_reading_stand_in_the_trail(broken):
    events = Record.objects.filter(subject=f"readings.reading:{broken.pk}")
    assert set(events.values_list("event", flat=True)) == {"readings.received", "readings.read"}


def test_the_same_file_is_not_taken_twice(town, office, broken):
    received = actions.receive([], by=office, organisation=town.top)
    assert received.readings == []
    assert bring(office, town.top, [("另一个名字.html", file())]) == []
    assert Reading.objects.count() == 1


def test_a_correction_is_kept_beside_the_machines_reading_and_the_checks_run_again(office, broken):
    for place in (NATURAL, TOTAL):
        actions.correct(broken, place, value="27", by=office, reason="原件第3页为27")
    broken.refresh_from_db()
    assert not balance(broken).exists()
    machine = broken.transcript.machine["cells"]
    (read,) = [c for c in machine if (c["row"], c["column"]) == ("result_total", "total")]
    assert read["value"] == "21"
    now = standing.current(broken).filled()
    assert now.value(TOTAL) == 27
    kept = Correction.objects.get(row="result_total", column="total")
    assert (kept.old_value, kept.new_value, kept.reason) == ("21", "27", "原件第3页为27")


def test_a_second_correction_counts_and_the_first_is_kept(office, broken):
    actions.correct(broken, TOTAL, value="27", by=office, reason="看错")
    actions.correct(broken, TOTAL, value="", by=office, reason="原文这一格是空白")
    assert standing.current(broken).filled().value(TOTAL) is None
    assert list(broken.corrections.values_list("old_value", "new_value")) == [
        ("21", "27"),
        ("27", ""),
    ]


@pytest.mark.parametrize(
    ("value", "reason", "refusal"),
    [
        pytest.param("二十七", "看错", errors.NotANumber, id="words"),
        pytest.param("NaN", "看错", errors.NotANumber, id="no number at all"),
        pytest.param("1e99", "看错", errors.NotANumber, id="a number without end"),
        pytest.param("-3", "看错", errors.NotACount, id="less than nothing"),
        pytest.param("2.5", "看错", errors.NotACount, id="half a request"),
        pytest.param("21", "看错", errors.NothingChanged, id="the same"),
        pytest.param("27", "  ", errors.ReasonMissing, id="no reason"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(office, broken, value, reason, refusal):
    with pytest.raises(refusal):
        actions.correct(broken, TOTAL, value=value, by=office, reason=reason)
    assert not Correction.objects.exists()


def test_a_cell_that_the_form_does_not_have_is_not_there(office, broken):
    with pytest.raises(NotThere):
        actions.correct(broken, Place("x", "y", "z"), value="1", by=office, reason="试")


def test_a_dismissal_needs_a_reason_and_takes_the_error_off_the_count(office, broken):
    finding = balance(broken).first()
    with pytest.raises(errors.ReasonMissing):
        actions.decide(finding, "dismissed", by=office)
    actions.decide(finding, "dismissed", by=office, reason="口径不同")
    broken.refresh_from_db()
    assert broken.errors == 1
    assert Record.objects.filter(event="readings.dismissed", reason="口径不同").count() == 1


def test_a_decision_outlives_the_next_check_and_may_be_taken_back(office, broken):
    actions.decide(balance(broken).first(), "accepted", by=office)
    actions.check_again(broken)
    assert balance(broken).first().state == Finding.State.ACCEPTED
    actions.decide(balance(broken).first(), "open", by=office)
    assert balance(broken).first().state == Finding.State.OPEN
    assert Decision.objects.count() == 2


def test_a_clerk_of_another_unit_may_not_judge(town, broken):
    stranger = reader("clerk", town.finance)
    with pytest.raises(NotAllowed):
        actions.correct(broken, TOTAL, value="27", by=stranger, reason="试")
    with pytest.raises(NotAllowed):
        actions.decide(balance(broken).first(), "accepted", by=stranger)
    with pytest.raises(NotAllowed):
        actions.receive([], by=stranger, organisation=town.top)


def test_the_report_of_the_year_before_is_looked_at_as_well(town, office, broken):
    before = file(year=2022, received=5, granted=3, result_total=3)
    bring(office, town.top, [("2022.html", before)])
    broken.refresh_from_db()
    # 2022 leaves nothing over and 2023 carries nothing in: one relation more that holds
    judged = broken.judged
    actions.correct(
        broken, Place("requests", "carried_in", "total"), value="9", by=office, reason="试"
    )
    assert broken.findings.filter(rule__startswith="requests.carried").exists()
    assert judged > 19


def test_what_cannot_be_read_says_why(town, office):
    (reading,) = bring(office, town.top, [("坏.pdf", b"%PDF-1.4 broken")])
    assert reading.state == Reading.State.UNREADABLE
    assert reading.error.endswith("。")
    assert "Traceback" not in reading.error


def test_a_document_that_killed_the_worker_is_not_tried_again(town, office, broken):
    Reading.objects.update(state=Reading.State.WAITING)
    job = Job.objects.create(kind="readings.read", title="读取", memory={"in_hand": broken.pk})
    read_documents.work(Progress(job), readings=[broken.pk])
    broken.refresh_from_db()
    assert broken.state == Reading.State.UNREADABLE
    assert "中断" in broken.error


def test_a_job_started_again_goes_on_where_it_was(town, office):
    readings = bring(office, town.top, [("甲.html", file()), ("乙.html", file(year=2022))])
    Reading.objects.update(state=Reading.State.WAITING)
    keys = [reading.pk for reading in readings]
    job = Job.objects.create(kind="readings.read", title="读取", memory={"done": keys[:1]})
    read_documents.work(Progress(job), readings=keys)
    states = dict(Reading.objects.values_list("pk", "state"))
    assert states == {keys[0]: "waiting", keys[1]: "read"}


def test_a_reading_is_taken_away_with_its_file_and_the_trail_remembers(
    office, broken, django_capture_on_commit_callbacks
):
    storage, name, key = broken.file.storage, broken.file.name, broken.pk
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(broken, by=office, reason="传错了")
    assert not storage.exists(name)
    assert not Reading.objects.exists()
    assert Record.objects.filter(
        event="readings.discarded", subject=f"readings.reading:{key}"
    ).exists()


def test_what_somebody_wrote_about_it_survives_reading_again(office, broken):
    actions.describe(
        broken, by=office, title="更好的标题", agency="云川市水利局", year=2022, source="x"
    )
    actions.read(broken)
    broken.refresh_from_db()
    assert (broken.title, broken.year) == ("更好的标题", 2022)
