"""Disclosure on request at 100,000 cases of 3,000 units: desk, nightly run, a holiday notice, figures, submissions.

``python benchmarks/applications.py [--cases 100000] [--units 3000] [--in FOLDER] [--only pages,nightly,…]`` brings the
cases in with the verb that offices use, once, into a database that is kept in FOLDER; the next run uses it again. On
PostgreSQL with ``python scripts/postgres.py --durable python benchmarks/applications.py``.

Printed:

- desk pages: median, 95th percentile on the wall and of the processor, queries. The target is 300 ms, and as many queries
  as when the same city had a twentieth of the cases, which is counted while the cases are brought in;
- the nightly run over what is open;
- the open cases computed anew after a holiday notice, when nothing moves and when everything does;
- the figures of all units for a year against one scan of the same rows by DuckDB with one thread, which counts the same
  by the same columns and leaves out the same rows: over its own columns in memory, over a Parquet file and over a
  text file. The target is twice as long. What is counted is held against each other;
- how units keep the time;
- how many submissions two processes register in a second, with a look whether their numbers have a gap or a double.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported
# mypy: ignore-errors

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.city import prepare, vendor
from benchmarks.desk import TARGET, TIMES, Asked, measure

TODAY = date(2026, 11, 20)
FIRST = date(2022, 1, 4)
YEAR = 2025
PARTS = ("pages", "nightly", "notice", "figures", "performance", "submissions")
OUTCOMES = {
    "granted": 45,
    "partial": 8,
    "not-existing": 18,
    "not-responsible": 9,
    "privacy": 4,
    "secret": 2,
    "internal": 3,
    "process": 4,
    "case-file": 3,
    "query": 4,
}
KINDS = {"natural": 80, "biz": 12, "legal": 5, "other_org": 3}
COUNTED = ("new", "carried_in", "result_total", "carried_out")
SMALL = 1 / 20
"""Of all cases when the queries of pages are counted for the first time."""
TOGETHER = 50
"""Units whose cases are one transaction."""
EMPTY = 1
"""Queries more than with few cases that mean nothing: of a list that was empty then, nothing was fetched with it."""
OPEN_SINCE = timedelta(days=24)
"""Cases younger than that are open, as are one in two hundred of the others."""
SUBMIT = """
import json, sys, time
import django; django.setup()
from gongkai.domain.applications.actions import register
from gongkai.domain.organisations.models import Organisation
units = list(Organisation.objects.filter(name__contains="单位").order_by("pk")[:5])
given = {"kind": "natural", "name": "提交申请人", "telephone": "13900000000", "matter": "防汛物资的采购合同"}
register(units[0], by=None, channel="web", **given)  # the law is read once a process
print("ready", flush=True); sys.stdin.readline()
began, before = time.time(), time.process_time()
for n in range(int(sys.argv[1])):
    register(units[n % 5], by=None, channel="web", **given)
print(json.dumps([began, time.time(), time.process_time() - before]))
"""


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cases", type=int, default=100_000)
    options.add_argument("--units", type=int, default=3_000)
    options.add_argument("--in", dest="folder", type=Path)
    options.add_argument("--only", default=",".join(PARTS))
    options.add_argument("--submissions", type=int, default=300)
    asked = options.parse_args()
    folder = asked.folder or Path(f"/tmp/gongkai-applications-{asked.cases}")
    # the keys stay with what they sealed, and every process finds them
    prepare(folder, "GONGKAI_KEYS = FOLDER / 'sealing.json'\n")
    from gongkai.foundation import clock

    with clock.moved_to(TODAY):
        city = Cases(asked.units, folder)
        city.grow(asked.cases)
        print(
            f"{city.count:,} cases, {len(city.units):,} units, {vendor()}, load {os.getloadavg()}",
            flush=True,
        )
        for part in asked.only.split(","):
            getattr(city, part)(asked)
    raise SystemExit("; ".join(city.wrong) or None)


@contextmanager
def timed(what):
    """Print how long it took, the processor's part, and the questions put to the database."""
    from django.db import connection

    with connection.execute_wrapper(counted := Asked()):
        began, before = time.perf_counter(), time.process_time()
        found = {}
        yield found
        took, worked = time.perf_counter() - began, time.process_time() - before
    more = "".join(f", {value} {name}" for name, value in found.items())
    print(
        f"{what}: {took:.2f} s, processor {worked:.2f} s, {counted.count} queries{more}", flush=True
    )


class Cases:
    """A city whose units answer applications."""

    def __init__(self, units, folder):
        from benchmarks.city import _office
        from django.db import transaction
        from tests.factories.information import publishing_office
        from tests.factories.organisations import OrganisationFactory

        from gongkai.domain.applications.models import Application
        from gongkai.domain.organisations.models import Organisation
        from gongkai.foundation.permissions import Reader

        if not Organisation.objects.exists():
            with transaction.atomic():
                office = publishing_office()
                for n in range(1, units):
                    OrganisationFactory(parent=office.city, name=f"云川市第{n}单位")
        self.office = _office()
        more = Organisation.objects.filter(name__contains="单位").order_by("pk")
        self.units = [self.office.bureau, *more]
        self.count = Application.objects.count()
        self.root = Reader(user=self.office.office.user, unlimited=True)
        self.counted, self.wrong = folder / "queries.json", []

    def grow(self, cases):
        """Bring cases in, unit by unit; what was brought in before stays. On the way the queries of pages are counted."""
        from gongkai.domain.applications.models import Application

        if self.count >= cases * 0.9:  # units differ in size, so it is never quite that many
            return
        began = time.perf_counter()
        if not self.count:
            self.bring_in(cases, SMALL)
            asked = {name: counted for name, *_, counted in self.screens(1)}
            self.counted.write_text(json.dumps([Application.objects.count(), asked]))
        self.bring_in(cases, 1)
        self.count = Application.objects.count()
        print(f"brought in {self.count:,} in {time.perf_counter() - began:.0f} s", flush=True)

    def bring_in(self, cases, part):
        """Have a *part* of all cases; some dozens of units are a transaction."""
        from django.db import connection, transaction
        from django.db.models import Count

        from gongkai.domain.applications.models import Application

        there = dict(
            Application.objects.order_by().values_list("organisation").annotate(n=Count("pk"))
        )
        each = cases // len(self.units)
        for first in range(0, len(self.units), TOGETHER):
            with transaction.atomic():
                for place in range(first, min(first + TOGETHER, len(self.units))):
                    # a few are asked much more often than the others
                    number = each * 20 if place % 100 == 0 else max(1, round(each * 0.81))
                    unit = self.units[place]
                    # the clerk's own unit has all at once: what is due, and so what a page shows, is the same
                    last = max(1, round(number * part)) if place else number
                    self.bring_in_unit(unit, place, there.get(unit.pk, 0), last)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def bring_in_unit(self, unit, place, first, last):
        """Bring in the cases of *unit* from the number *first* to the number *last*, and remedies against a few."""
        from gongkai.domain.applications.actions import bring_in
        from gongkai.domain.remedies.models import Remedy
        from gongkai.domain.remedies.terms import settle

        if first >= last:
            return
        dice = Random(place)
        cases = [self.case(dice) for _ in range(last)][first:]
        rows = bring_in(unit, cases, by=self.root, evidence="生成的数据")
        refused = [row for row in rows if row.outcome in {"privacy", "internal"} and row.decided]
        found = []
        for row in refused[: max(1, len(rows) // 60)]:
            decision = row.facts.get(act="decide")
            remedy = Remedy(
                application=row, organisation=unit, kind="reconsideration", body="云川市人民政府",
                filed=min(row.decided + timedelta(20), TODAY), ground=row.outcome, against=decision,
            )  # fmt: skip
            remedy.notified = min(remedy.filed + timedelta(5), TODAY)
            if remedy.filed < TODAY - timedelta(90):
                remedy.decided, remedy.defended = remedy.filed + timedelta(55), remedy.notified
                remedy.outcome = dice.choice(("recon-upheld", "recon-upheld", "recon-revoked"))
            settle(remedy)
            found.append(remedy)
        Remedy.objects.bulk_create(found)

    def case(self, dice):
        """Return a case as offices have it: some extended, some after an opinion, some late, some open."""
        from gongkai.core.lifecycle import Fact
        from gongkai.core.workdays import calendar
        from gongkai.domain.applications.actions import Case

        days = calendar()
        received = FIRST + timedelta(int((TODAY - FIRST).days * dice.random()))
        facts = [Fact("receive", received, 1)]
        way = dice.random()
        if way < 0.12:
            day = days.after(received, 15)
            facts.append(Fact("extend", day, 2, working_days=20, approved=day))
            limit = 38
        elif way < 0.22:
            asked = days.after(received, 3)
            facts.append(Fact("consult", asked, 2, whom="third-party"))
            facts.append(Fact("opinion", days.after(asked, dice.randint(4, 12)), 3, about=2))
            limit = 24
        else:
            limit = 20
        taken = (
            dice.randint(limit - 8, limit) if dice.random() < 0.97 else limit + dice.randint(1, 9)
        )
        decided = days.after(received, taken)
        old = received < TODAY - OPEN_SINCE or dice.random() < 0.5
        if decided <= TODAY and old and dice.random() > 0.005:
            (ground,) = dice.choices(list(OUTCOMES), OUTCOMES.values())
            facts.append(Fact("decide", decided, 9, grounds=(ground,)))
            if decided < TODAY:
                facts.append(Fact("deliver", min(days.after(decided, 1), TODAY), 10))
        facts = [fact for fact in facts if fact.day <= TODAY]
        (kind,) = dice.choices(list(KINDS), KINDS.values())
        given = {
            "kind": kind,
            "name": f"申请人{dice.randrange(10**6)}",
            "telephone": f"139{dice.randrange(10**8):08}",
            "matter": f"{received.year}年第{dice.randrange(10**4)}号工程的施工合同和竣工验收报告",
        }
        return Case(dice.choice(("in-person", "registered-mail")), facts, given)

    # -- what is measured ----------------------------------------------------------------------------

    def pages(self, _):
        """Ask for the pages of the desk as the office of the city and as a clerk of one unit."""
        before, known = json.loads(self.counted.read_text()) if self.counted.exists() else (0, {})
        print(f"{'':<32}{'p50':>7}{'p95':>7}{'cpu p95':>9}{'queries':>9}  when {before:,} cases")
        more = []
        for name, p50, p95, cpu, queries in self.screens(TIMES):
            late = "  over the target" if p95 > TARGET else ""
            was = known.get(name, queries)
            more += [name] if queries > was + EMPTY else []
            print(
                f"{name:<32}{p50:>7.0f}{p95:>7.0f}{cpu:>9.0f}{queries:>9}{was:>6}{late}", flush=True
            )
        if more:
            self.wrong.append(f"more queries than when there were {before:,} cases: {more}")

    def screens(self, times):
        """Yield each page with what it takes, as ``measure`` tells it, asked for *times* times."""
        from django.test import Client

        from gongkai.domain.applications.models import Application
        from gongkai.domain.remedies.models import Remedy

        mine = Application.objects.filter(organisation=self.office.bureau)
        decided = mine.exclude(decided=None).order_by("-pk")[0]
        opened = mine.filter(decided=None).order_by("-pk")[0]
        lists, remedies = "/desk/applications/", "/desk/remedies/"
        asked = {
            "what is due, the whole city": ("office", lists),
            "what is late, the whole city": ("office", f"{lists}?when=late"),
            "what is due, one unit": ("clerk", lists),
            "one unit of the city": ("office", f"{lists}?unit={self.units[5].pk}"),
            "all cases": ("office", f"{lists}?when=cases"),
            "cases, one state": ("office", f"{lists}?when=cases&state=processing"),
            "a number": ("office", f"{lists}?q={decided.number}"),
            "a word of the matter": ("office", f"{lists}?q={decided.matter[5:10]}"),
            "one closed case": ("clerk", decided.get_absolute_url()),
            "one open case": ("clerk", opened.get_absolute_url()),
            "similar cases": ("clerk", f"{opened.get_absolute_url()}alike/"),
            "drafting a decision": ("clerk", f"{opened.get_absolute_url()}decision/"),
            "how units keep the time": ("office", f"{lists}performance/?year={YEAR}"),
            "remedies, the whole city": ("office", remedies),
            "one remedy": ("office", Remedy.objects.order_by("-pk")[0].get_absolute_url()),
            "the first page": ("clerk", "/desk/"),
        }
        clients = {name: Client() for name in ("office", "clerk")}
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        for name, client in clients.items():
            client.force_login(getattr(self.office, name).user, backend=backend)

        def page(who, address):
            answer = clients[who].get(address, follow=True)  # a number leads to its case
            assert answer.status_code == 200, (address, answer.status_code)

        for name, (who, address) in asked.items():
            yield name, *measure(lambda w=who, a=address: page(w, a), times)

    def nightly(self, _):
        """Tell of what is due and late, and give what is late to supervision."""
        from django.db import transaction
        from django.urls import reverse

        from gongkai.domain.applications import watches
        from gongkai.domain.applications.actions.remind import remind
        from gongkai.domain.applications.models import Application, Term

        reverse("applications:index")  # reads all screens, once a process
        with timed("nightly: what is late, for supervision") as found:
            found["units"] = len(list(watches.late([unit.pk for unit in self.units], TODAY)))
        with timed("nightly: reminding") as found, transaction.atomic():
            found["terms told of"] = remind(TODAY)
            transaction.set_rollback(True)
        print(
            f"open cases {Application.objects.open().count():,}, running terms {Term.objects.running().count():,}"
        )

    def notice(self, _):
        """Compute all open cases anew, as after a holiday notice: one that moves nothing, one that moves everything."""
        from gongkai.domain.applications.actions import recompute_open
        from gongkai.domain.applications.models import Application, Term

        for what in ("nothing moves", "everything moves"):
            if what == "everything moves":
                # as an older calendar had it
                for rows in (Application.objects.open(), Term.objects.running()):
                    for day in {*rows.exclude(due=None).values_list("due", flat=True)}:
                        rows.filter(due=day).update(due=day + timedelta(3650))
            with timed(f"a holiday notice, {what}: all open cases anew") as found:
                moved = [change for _, change in recompute_open()]
                found["cases"], found["moved"] = len(moved), sum(one is not None for one in moved)

    def figures(self, _):
        """Fill the table of applications of every unit for a year; scan the same rows with DuckDB."""
        from gongkai.domain.applications.figures import by_indicator, tables
        from gongkai.foundation.figures import Period

        keys, period = [unit.pk for unit in self.units], Period(YEAR)
        every = lambda told: [answer.value for mine in told.values() for answer in mine.values()]  # noqa: E731
        filled, wall, cpu = fastest(lambda: tables(keys, period, "format-2021"))
        print(
            f"figures of all units for {YEAR}: {len(filled):,} tables of {len(next(iter(filled.values())))} cells "
            f"in {wall * 1000:.1f} ms, processor {cpu * 1000:.1f} ms",
            flush=True,
        )
        ours = {
            row: sum(int(mine[f"requests/{row}/total"].value) for mine in filled.values())
            for row in COUNTED
        }
        for name, (counted, seconds, worked) in _scans(period).items():
            assert counted == ours, (counted, ours)
            print(
                f"  DuckDB over {name}: {seconds * 1000:.1f} ms, processor {worked * 1000:.1f} ms; "
                f"ours takes {wall / seconds:.2f} times as long, processor {cpu / worked:.2f} times",
                flush=True,
            )
        for name, work in {
            "every cell read": lambda: every(tables(keys, period, "format-2021")),
            "every indicator read": lambda: every(by_indicator(keys, period)),
        }.items():
            read, wall, cpu = fastest(work, 1)
            print(
                f"  {name} by itself: {len(read):,} in {wall:.2f} s, processor {cpu:.2f} s",
                flush=True,
            )

    def performance(self, _):
        """How all units kept the time in a year."""
        from gongkai.domain.applications.performance import measure as measured

        with timed(f"how all units kept the time in {YEAR}") as found:
            told = measured([unit.pk for unit in self.units], date(YEAR, 1, 1), date(YEAR, 12, 31))
            found["units"], found["cases"] = len(told.units), told.together.decided

    def submissions(self, asked):
        """Have two processes register as fast as they can; look at the numbers."""
        from gongkai.domain.applications.models import Application

        before = Application.objects.filter(channel="web").count()
        command = [sys.executable, "-c", SUBMIT, str(asked.submissions)]
        both = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        for one in both:
            assert one.stdout.readline().strip() == "ready"
        for one in both:
            one.stdin.write("go\n")
            one.stdin.flush()
        spans = [json.loads(one.communicate()[0]) for one in both]
        took = max(end for _, end, _ in spans) - min(began for began, *_ in spans)
        cpu = sum(worked for *_, worked in spans)
        count = Application.objects.filter(channel="web").count() - before - len(both)
        everything = list(Application.objects.values_list("number", flat=True))
        serials = {}
        for number in everything:
            scope, _, serial = number.rpartition("-")
            serials.setdefault(scope, []).append(int(serial))
        gaps = [s for s, n in serials.items() if sorted(n) != list(range(1, len(n) + 1))]
        print(f"what a commit waits for: {_durability()}")
        print(
            f"submissions: {count} by two processes in {took:.1f} s = {count / took:.0f} a second "
            f"({cpu / count * 1000:.2f} ms of the processor each, "
            f"the database server not counted); doubles {len(everything) - len(set(everything))}, gaps {gaps}",
            flush=True,
        )
        if gaps or len(everything) != len(set(everything)):
            self.wrong.append("numbers with a gap or a double")


def _durability():
    """Return the settings of the database that say whether a commit has reached the disk."""
    from django.db import connection

    names = (
        ["journal_mode", "synchronous"]
        if connection.vendor == "sqlite"
        else ["fsync", "synchronous_commit"]
    )
    verb = "PRAGMA" if connection.vendor == "sqlite" else "SHOW"
    with connection.cursor() as cursor:
        told = [(name, cursor.execute(f"{verb} {name}").fetchone()[0]) for name in names]
    return ", ".join(f"{name} {value}" for name, value in told)


def fastest(work, times=7):
    """Return what *work* returns, and the shortest time on the wall and of the processor."""
    walls, worked = [], []
    for _ in range(times):
        began, before = time.perf_counter(), time.process_time()
        found = work()
        walls.append(time.perf_counter() - began)
        worked.append(time.process_time() - before)
    return found, min(walls), min(worked)


def _scans(period):
    """Return by source the totals that DuckDB counts, and how long it takes to count by unit, kind and outcome."""
    import csv
    import tempfile

    import duckdb

    from gongkai.domain.applications.models import Application

    names = ("organisation_id", "kind", "channel", "outcome", "extended", "received", "decided")
    rows = Application.objects.values_list(*names)
    base = duckdb.connect()
    base.execute("SET threads = 1")
    first, last = f"DATE '{period.first}'", f"DATE '{period.last}'"
    asked = f"""
        SELECT organisation_id, kind, outcome,
            count(*) FILTER (received >= {first}),
            count(*) FILTER (received < {first}),
            count(*) FILTER (decided <= {last}),
            count(*) FILTER (decided IS NULL OR decided > {last})
        FROM {{}}
        WHERE received <= {last} AND (decided IS NULL OR decided >= {first})
        GROUP BY ALL"""
    with tempfile.TemporaryDirectory() as folder:
        text, columns = f"{folder}/rows.csv", f"{folder}/rows.parquet"
        with Path(text).open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([names, *rows.iterator(5000)])
        kinds = "{'decided': 'DATE', 'received': 'DATE'}"
        base.execute(f"CREATE TABLE rows AS SELECT * FROM read_csv('{text}', types={kinds})")
        base.execute(f"COPY rows TO '{columns}' (FORMAT parquet)")
        sources = {
            "columns in memory": "rows",
            "a Parquet file": f"'{columns}'",
            "a text file": f"read_csv('{text}', types={kinds})",
        }
        told = {}
        for name, source in sources.items():
            found, wall, cpu = fastest(lambda s=source: base.execute(asked.format(s)).fetchall())
            totals = [sum(row[place] for row in found) for place in (3, 4, 5, 6)]
            counted = dict(zip(COUNTED, totals, strict=True))
            told[name] = counted, wall, cpu
    return told


if __name__ == "__main__":
    main()
