"""A whole collection, read and checked: nothing twice, nothing lost, nobody stops the others."""

import os
import re
import signal
import subprocess
import sys
import zipfile

import duckdb
import pytest
from tests.conftest import ROOT

from gongkai.core.corpus import (
    Store,
    StoreBusy,
    StoreUnknown,
    Task,
    engine,
    hold_together,
    run,
    summary,
    work,
)
from gongkai.core.corpus.engines import EngineMissing
from gongkai.core.corpus.store import TABLES
from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.rendering import Chapter, IssuedReport, render

READER = "tests.core.troubled_reader:read"
NEW = form("format-2021")
CELLS = len(NEW.places)
BUREAUS = [
    "教育局",
    "水务局",
    "民政局",
    "司法局",
    "财政局",
    "审计局",
    "统计局",
    "农业农村局",
    "林业局",
    "商务局",
]


def one_report(agency="云川市水务局", year=2023, *, words="", cells=None):
    """A report as this package issues it, in HTML."""
    filled = {place: cell_of(0) for place in NEW.places}
    filled |= {Place(*path.split("/")): cell_of(value) for path, value in (cells or {}).items()}
    chapter = Chapter.of("一、总体情况", f"{words}我局认真贯彻有关规定。")
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return render(IssuedReport(title, agency, year, FilledForm(NEW, filled), (chapter,)), "html")


def bureau(number):
    return f"云川市{BUREAUS[number % 10]}"


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(6):
        cells = {"remedies/recon/total": number % 2}
        (reports / f"{number}.html").write_bytes(one_report(bureau(number), cells=cells))
    return reports


def in_this_process(tasks, jobs, seconds):
    """An engine without any process, for what is not about processes."""
    yield from map(work, tasks)


def into(path, folder, which=in_this_process, **options):
    with Store(path) as store:
        progress = run([folder], store, which, jobs=2, **{"reader": READER, **options})
        store.finish()
    return progress


def ask(path, query):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_document_goes_into_the_store_with_its_cells_and_findings(tmp_path, folder):
    path = tmp_path / "corpus.duckdb"
    progress = into(path, folder)
    assert progress.done == {"read": 6}
    assert ask(path, "SELECT DISTINCT agency, year, form FROM documents WHERE file LIKE '%1.html'")[
        0
    ] == (
        "云川市水务局",
        2023,
        "format-2021",
    )
    assert (
        ask(
            path,
            "SELECT value, state FROM cells WHERE row_key = 'recon' AND column_key = 'total' ORDER BY value",
        )
        == [(0, "zero")] * 3 + [(1, "value")] * 3
    )
    assert ask(
        path, "SELECT count(*), any_value(right_side) FROM findings WHERE rule = 'remedies.total'"
    ) == [(3, "0")]


def test_reading_the_same_folder_again_reads_nothing(tmp_path, folder):
    path = tmp_path / "corpus.duckdb"
    into(path, folder)
    (folder / "new.html").write_bytes(one_report("云川市新局"))
    again = into(path, folder)
    assert (again.known, dict(again.done)) == (6, {"read": 1})
    assert ask(path, "SELECT count(*), count(DISTINCT document) FROM documents") == [(7, 7)]


def test_the_same_content_under_two_names_is_one_document(tmp_path, folder):
    (folder / "copy.html").write_bytes((folder / "0.html").read_bytes())
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.write(folder / "1.html", "inside/1.html")
        archive.writestr("inside/more.html", one_report("云川市包内局"))
    progress = into(tmp_path / "corpus.duckdb", folder)
    assert (progress.seen, progress.copies, progress.done["read"]) == (9, 2, 7)


def test_what_cannot_be_read_is_recorded_with_its_reason(tmp_path, folder):
    (folder / "empty.md").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not really")
    path = tmp_path / "corpus.duckdb"
    assert into(path, folder).done["unreadable"] == 2
    problems = ask(path, "SELECT problem FROM documents WHERE status = 'unreadable'")
    assert all(problem.endswith(("。", "再读。")) for (problem,) in problems)


def test_an_unforeseen_error_is_recorded_and_stops_nobody(tmp_path, folder):
    (folder / "odd.html").write_bytes(one_report(words="[raise]"))
    path = tmp_path / "corpus.duckdb"
    assert into(path, folder).done == {"read": 6, "failed": 1}
    assert ask(path, "SELECT problem FROM documents WHERE status = 'failed'") == [
        ("LookupError: not foreseen",)
    ]


def test_what_could_not_be_read_is_tried_again_only_when_asked(tmp_path, folder):
    (folder / "odd.html").write_bytes(one_report(words="[raise]"))
    path = tmp_path / "corpus.duckdb"
    into(path, folder)
    assert into(path, folder).known == 7
    with Store(path) as store:
        store.forget_unread()
    again = into(path, folder)
    assert (again.known, dict(again.done)) == (6, {"failed": 1})


def test_the_work_on_a_document_is_a_pure_function():
    task = Task("00", "report.html", one_report(cells={"remedies/recon/total": 3}), READER)
    first, second = work(task), work(task)
    assert {t: first.lines[t] for t in ("cells", "statements", "findings")} == {
        t: second.lines[t] for t in ("cells", "statements", "findings")
    }


def test_characters_that_no_database_takes_do_not_stop_a_batch(tmp_path, folder):
    page = one_report().replace(
        "我局".encode(), "\x00 \ud800 我局".encode("utf-8", "surrogatepass")
    )
    (folder / "odd.html").write_bytes(page)
    assert sum(into(tmp_path / "corpus.duckdb", folder).done.values()) == 7


def test_one_parquet_file_holds_a_row_for_each_document_with_its_parts(tmp_path, folder):
    path = tmp_path / "corpus.parquet"
    into(path, folder)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["corpus.parquet"]
    rows = duckdb.sql(
        f"SELECT agency, len(cells), findings[1].rule FROM read_parquet('{path}') ORDER BY file"
    ).fetchall()
    assert rows[1] == ("云川市水务局", CELLS, "remedies.total")
    (folder / "new.html").write_bytes(one_report("云川市新局"))
    again = into(path, folder)
    assert (again.known, again.done["read"]) == (6, 1)
    assert duckdb.sql(
        f"SELECT count(*), sum(len(cells)) FROM read_parquet('{path}')"
    ).fetchall() == [(7, 7 * CELLS)]


def test_a_file_that_is_no_database_of_ours_is_refused(tmp_path):
    with pytest.raises(StoreUnknown, match="csv"):
        Store(tmp_path / "corpus.csv")
    (tmp_path / "corpus.duckdb").write_text(
        "something else, long enough not to be taken for an empty file" * 100
    )
    with pytest.raises(StoreBusy, match="以前用本命令生成"):
        Store(tmp_path / "corpus.duckdb")


def test_a_summary_counts_what_is_there(tmp_path, folder):
    (folder / "empty.md").write_bytes(b"")
    with Store(tmp_path / "corpus.duckdb") as store:
        run([folder], store, in_this_process, jobs=1, reader=READER)
        found = summary(store)
    assert (found.documents, found.sound) == (7, 3)
    assert found.forms == {("format-2021", 2023): 6}
    assert found.findings["error", "remedies.total"] == 3
    assert found.troubled[0][0].endswith("empty.md")


def test_reports_of_two_years_are_held_together(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for year, carried_in, carried_out in ((2022, 0, 5), (2023, 4, 2), (2024, 2, 0)):
        cells = {
            "requests/carried_in/natural": carried_in,
            "requests/carried_out/natural": carried_out,
        }
        (folder / f"{year}.html").write_bytes(one_report(year=year, cells=cells))
    path = tmp_path / "corpus.duckdb"
    into(path, folder)
    with Store(path) as store:
        for _ in range(2):  # again is the same
            across = hold_together(store)
            assert (across.pairs, across.broken) == (2, 1)
    found = ask(
        path,
        "SELECT left_side, right_side, d.year, o.year FROM findings JOIN documents d USING (document) JOIN documents o ON o.document = other WHERE rule = 'requests.carried'",
    )
    assert found == [("4", "5", 2023, 2022)]


def test_reports_worded_alike_are_found_among_all(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    essay = "".join(
        f"在{a}{b}方面向社会公开{b}的事项并说明{a}的理由。"
        for a in "教育卫生交通水利"
        for b in "城建环保审计统计"
    )
    other = "".join(
        f"关于{a}{b}我们召开会议讨论了{b}并安排{a}下一步的做法。"
        for a in "民政司法农业林业"
        for b in "文化体育旅游商务"
    )
    for agency, words in (
        ("甲局", essay),
        ("乙局", essay.replace("城建", "消防")),
        ("丙局", other),
    ):
        (folder / f"{agency}.html").write_bytes(one_report(f"云川市{agency}", words=words))
    path = tmp_path / "corpus.duckdb"
    into(path, folder)
    with Store(path) as store:
        assert hold_together(store).alike == 1
    [(message,)] = ask(path, "SELECT message FROM findings WHERE rule = 'wording.other-unit'")
    assert "云川市" in message
    assert "丙局" not in message


@pytest.mark.slow
def test_a_crashing_and_a_hanging_document_are_recorded_and_the_others_read(tmp_path, folder):
    (folder / "a-crash.html").write_bytes(one_report(words="[crash]"))
    (folder / "b-hang.html").write_bytes(one_report(words="[hang]"))
    path = tmp_path / "corpus.duckdb"
    assert into(path, folder, engine("local"), seconds=2).done == {
        "read": 6,
        "crashed": 1,
        "hung": 1,
    }
    assert ask(path, "SELECT file LIKE '%hang%' FROM documents WHERE status = 'hung'") == [(True,)]


KILLED = """
import sys
from gongkai.core.corpus import Store, engine, run
if __name__ == "__main__":
    with Store(__import__("pathlib").Path(sys.argv[1])) as store:
        run([sys.argv[2]], store, engine("local"), jobs=2, batch=5, reader=sys.argv[3], tell=lambda p: print(sum(p.done.values()), flush=True))
"""


@pytest.mark.slow
def test_a_run_killed_in_the_middle_goes_on_where_it_was(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.html").write_bytes(
            one_report(bureau(number), words=f"[slow]{number}")
        )
    script, path = tmp_path / "killed.py", tmp_path / "corpus.duckdb"
    script.write_text(KILLED, "utf-8")
    started = subprocess.Popen(
        [sys.executable, str(script), str(path), str(folder), READER],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with started:
        for line in started.stdout:
            if int(line) >= 23:
                os.kill(started.pid, signal.SIGKILL)
                break
    assert started.returncode == -signal.SIGKILL
    with Store(path) as store:
        before = len(store.known())
        assert 20 <= before < 60
        assert next(store.rows("SELECT count(DISTINCT document) FROM cells"))[0] == before
    again = into(path, folder, batch=5)
    assert (again.known, again.done["read"]) == (before, 60 - before)
    assert ask(path, "SELECT count(*), count(DISTINCT document) FROM documents") == [(60, 60)]
    assert ask(path, "SELECT DISTINCT count(*) FROM cells GROUP BY document") == [(CELLS,)]


@pytest.mark.slow
def test_ray_reads_the_same_with_two_workers(tmp_path, folder):
    try:
        on_ray = engine("ray")
    except EngineMissing as missing:
        pytest.skip(str(missing))
    (folder / "a-crash.html").write_bytes(one_report(words="[crash]"))
    (folder / "b-hang.html").write_bytes(one_report(words="[hang]"))
    there, here = tmp_path / "ray.duckdb", tmp_path / "here.duckdb"
    addresses = set()

    def tell(_):
        addresses.update(node["NodeManagerAddress"] for node in sys.modules["ray"].nodes())

    done = into(there, folder, on_ray, seconds=8, tell=tell).done
    assert done == {"read": 6, "crashed": 1, "hung": 1}
    assert addresses == {"127.0.0.1"}
    (folder / "a-crash.html").unlink()
    (folder / "b-hang.html").unlink()
    into(here, folder)
    for table in ("cells", "statements", "findings"):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert ask(there, query) == ask(here, query)


def test_an_engine_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr("gongkai.core.corpus.engines.find_spec", lambda _: None)
    with pytest.raises(EngineMissing, match="gongkai\\[ray\\]"):
        engine("ray")


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_in_the_reference(table):
    page = (ROOT / "docs" / "reference" / "corpus.md").read_text("utf-8")
    [entry] = re.findall(rf"\*\*{table}\*\*:(.*?)\n\n", page, re.DOTALL)
    assert re.findall(r"`(\w+)`", entry) == list(TABLES[table])
