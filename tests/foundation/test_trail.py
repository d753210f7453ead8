"""The trail: nothing that was done can be undone without a trace."""

import json
import threading

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from tests.factories import city, reader

from gongkai.console.trail import command
from gongkai.core import chain
from gongkai.foundation.trail import Event, queries, record
from gongkai.foundation.trail.models import Record

SEEN = Event("tests.seen", "看到")


@pytest.fixture
def three(db):
    return [record(SEEN, on=f"tests.thing:{n}", facts={"n": n}) for n in range(3)]


def forge(statement, *arguments):
    """Do what somebody with the database's password could do: take the triggers off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_record_stays")
            cursor.execute("DROP TRIGGER trail_record_remains")
        else:
            cursor.execute("DROP TRIGGER trail_record_stays ON trail_record")
        cursor.execute(statement, arguments)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE trail_record SET reason = 'forged'", "DELETE FROM trail_record"],
    ids=["a change", "a removal"],
)
def test_the_database_itself_refuses(three, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert queries.verify().number == three[-1].number


@pytest.mark.django_db
def test_the_model_refuses_too(three):
    with pytest.raises(NotImplementedError):
        three[0].delete()
    three[0].reason = "forged"
    with pytest.raises(DatabaseError), transaction.atomic():
        three[0].save()


@pytest.mark.django_db
def test_a_forged_reason_is_found_at_its_place(three):
    forge("UPDATE trail_record SET reason = 'forged' WHERE number = %s", three[1].number)
    with pytest.raises(chain.BrokenChain) as broken:
        queries.verify()
    assert broken.value.facts["number"] == three[1].number


@pytest.mark.django_db
def test_a_removed_record_is_found(three):
    forge("DELETE FROM trail_record WHERE number = %s", three[1].number)
    with pytest.raises(chain.BrokenChain):
        queries.verify()


@pytest.mark.django_db
def test_a_forger_who_seals_anew_breaks_the_next_link(three):
    victim = three[1]
    victim.reason = "forged"
    forge(
        "UPDATE trail_record SET reason = 'forged', digest = %s WHERE number = %s",
        chain.digest(victim.content()),
        victim.number,
    )
    with pytest.raises(chain.BrokenChain) as broken:
        queries.verify()
    assert broken.value.facts["number"] == three[2].number


@pytest.mark.django_db
def test_what_was_rolled_back_left_no_record(three):
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012  # the act and its failure
        record(SEEN)
        _ = 1 / 0
    assert Record.objects.order_by("-number").first() == three[-1]


@pytest.mark.django_db
def test_states_are_kept_as_digests_and_people_as_keys():
    place = city()
    clerk = reader("clerk", place.finance)
    made = record(
        SEEN,
        by=clerk,
        act="organisations.guide",
        path=place.finance.path,
        before={"名": "甲"},
        after={"名": "乙"},
    )
    assert made.before == chain.digest({"名": "甲"})
    assert made.after != made.before
    assert made.actor == f"user:{clerk.user.pk}"
    assert made.authority == f"clerk@{place.finance.pk}"
    assert made.unit == place.finance.pk
    assert clerk.user.name not in json.dumps(made.entry(), ensure_ascii=False)


@pytest.mark.django_db
def test_an_inspector_sees_the_records_of_the_units_below_and_no_others():
    place = city()
    inspector = reader("inspector", place.county)
    inside = record(SEEN, by=reader("clerk", place.county_finance), act="organisations.guide")
    outside = record(SEEN, by=reader("clerk", place.finance), act="organisations.guide")
    seen = queries.visible_to(inspector)
    assert inside in seen
    assert outside not in seen
    assert not queries.visible_to(reader("clerk", place.finance)).exists()


@pytest.mark.django_db
def test_an_outsider_verifies_the_export_without_the_database(three, tmp_path, monkeypatch):
    file = tmp_path / "trail.jsonl"
    run = CliRunner().invoke(command, ["export", str(file)])
    assert run.exit_code == 0, run.output
    monkeypatch.setattr("gongkai.console.trail._load_platform", lambda: pytest.fail("asked Django"))
    assert CliRunner().invoke(command, ["verify", str(file)]).exit_code == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (
            lambda lines: [*lines[:-2], lines[-2].replace("tests.seen", "tests.sewn"), lines[-1]],
            "不符",
        ),
        (lambda lines: [*lines[:-2], lines[-1]], "不连续"),
        (lambda lines: lines[:-1], "文件开头写明"),
    ],
    ids=["a word changed", "a line taken out", "the end cut off"],
)
def test_a_tampered_export_is_found(three, tmp_path, tamper, words):
    file = tmp_path / "trail.jsonl"
    CliRunner().invoke(command, ["export", str(file)])
    file.write_text("\n".join(tamper(file.read_text("utf-8").splitlines())) + "\n", "utf-8")
    run = CliRunner().invoke(command, ["verify", str(file)])
    assert run.exit_code == 1
    assert words in run.output


@pytest.mark.parametrize(
    "content", [b"", b"hello\n", b'{"format":"other"}\n', b"[1]\n", b"\xff\xfe"]
)
def test_a_file_that_is_no_trail_gets_a_sentence(tmp_path, content):
    file = tmp_path / "trail.jsonl"
    file.write_bytes(content)
    run = CliRunner().invoke(command, ["verify", str(file)])
    assert isinstance(run.exception, chain.NotAChain)


@pytest.mark.django_db(transaction=True)
def test_flush_cannot_empty_the_trail():
    made = record(SEEN)
    call_command("flush", interactive=False, verbosity=0)
    assert Record.objects.filter(pk=made.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain():
    failures = []

    def write():
        try:
            for _ in range(5):
                with transaction.atomic():
                    record(SEEN)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test must see it
            failures.append(error)
        finally:
            connection.close()

    before = queries.verify().number
    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert queries.verify().number == before + 30
