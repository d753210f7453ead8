"""Disclosure on request at 100,000 cases of 3,000 units: desk, nightly run, a holiday notice, figures, submissions.

``python benchmarks/applications.py [--cases 100000] [--units 3000] [--in FOLDER] [--only pages,nightly,…]`` brings the
cases in with the verb that offices use, once, into a database that is kept in FOLDER; the next run uses it again. On
PostgreSQL with ``python scripts/postgres.py python benchmarks/applications.py``.

Printed: desk pages (median, 95th percentile, the processor's part of it, queries; the target is 300 ms), the nightly run
over what is open, computing the open cases anew after a holiday notice, the figures of all units for a year against
one scan of the same rows by DuckDB (the target is twice as long), how units keep the time, and how many submissions two
processes register in a second, with a look whether their numbers have a gap or a double.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported
# mypy: ignore-errors

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.city import prepare, vendor
from benchmarks.desk import Asked, measure

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
OPEN_SINCE = timedelta(days=24)
"""Cases younger than that are open, as are one in two hundred of the others."""
SUBMIT = """
import json, sys, time
import django; django.setup()
from gongkai.domain.applications.actions import register
from gongkai.domain.organisations.models import Organisation
units = list(Organisation.objects.filter(name__contains="单位").order_by("pk")[:5])
given = {"kind": "natural", "name": "提交申请人", "telephone": "13900000000", "matter": "防汛物资的采购合同"}
print("ready", flush=True); sys.stdin.readline()
began = time.time()
for n in range(int(sys.argv[1])):
    register(units[n % 5], by=None, channel="web", **given)
print(json.dumps([began, time.time()]))
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
        city = Cases(asked.units)
        city.grow(asked.cases)
        print(
            f"{city.count:,} cases, {len(city.units):,} units, {vendor()}, load {os.getloadavg()}"
        )
        for part in asked.only.split(","):
            getattr(city, part)(asked)


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

    def __init__(self, units):
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

    def grow(self, cases):
        """Bring cases in, unit by unit; what was brought in before stays."""
        from gongkai.domain.applications.actions import bring_in
        from gongkai.domain.applications.models import Application
        from gongkai.domain.remedies.models import Remedy
        from gongkai.domain.remedies.terms import settle

        if self.count >= cases:
            return
        done = set(Application.objects.values_list("organisation", flat=True).distinct())
        each, began = cases // len(self.units), time.perf_counter()
        for place, unit in enumerate(self.units):
            if unit.pk in done:
                continue
            dice = Random(place)
            # a few are asked much more often than the others
            number = each * 20 if place % 100 == 0 else max(1, round(each * 0.81))
            bring_in(
                unit, [self.case(dice) for _ in range(number)], by=self.root, evidence="生成的数据"
            )
            rows = Application.objects.filter(
                organisation=unit, outcome__in=("privacy", "internal")
            )
            found = []
            for row in rows.exclude(decided=None)[: max(1, number // 60)]:
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
        self.count = Application.objects.count()
        print(f"brought in {self.count:,} in {time.perf_counter() - began:.0f} s", flush=True)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

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
            "a word of the matter": ("office", f"{lists}?q=第77号工程"),
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
            answer = clients[who].get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        print(f"{'':<32}{'p50':>7}{'p95':>7}{'cpu p95':>9}{'queries':>9}")
        for name, (who, address) in asked.items():
            p50, p95, cpu, queries = measure(lambda w=who, a=address: page(w, a))
            late = "  over the target" if cpu > 300 else ""
            print(f"{name:<32}{p50:>7.0f}{p95:>7.0f}{cpu:>9.0f}{queries:>9}{late}", flush=True)

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
        """Compute all open cases anew, as after a holiday notice."""
        from gongkai.domain.applications.actions import recompute
        from gongkai.domain.applications.models import Application

        rows = Application.objects.open().order_by("pk")
        with timed("a holiday notice: all open cases anew") as found:
            moved = list(recompute(rows.iterator(200)))
            found["cases"], found["moved"] = len(moved), sum(one is not None for one in moved)

    def figures(self, _):
        """Fill the table of applications of every unit for a year; scan the same rows with DuckDB."""
        from gongkai.domain.applications.figures import tables
        from gongkai.domain.applications.tallies import tally
        from gongkai.foundation.figures import Period

        keys, period = [unit.pk for unit in self.units], Period(YEAR)
        spent = {}
        for name, work in {
            "counting": lambda: tally(keys, period.first, period.last),
            "filled tables": lambda: tables(keys, period, "format-2021"),
        }.items():
            times = [_spent(work) for _ in range(3)]
            spent[name] = min(times)
        for name, seconds in _scans(period).items():
            told = ", ".join(f"{n} {s:.2f} s ({s / seconds:.1f} times)" for n, s in spent.items())
            print(
                f"figures of all units for {YEAR}, processor: {told}; DuckDB over {name} {seconds:.3f} s",
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

        before = set(Application.objects.values_list("pk", flat=True).filter(channel="web"))
        command = [sys.executable, "-c", SUBMIT, str(asked.submissions)]
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
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
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = max(end for _, end in spans) - min(began for began, _ in spans)
        numbers = sorted(
            Application.objects.filter(channel="web")
            .exclude(pk__in=before)
            .values_list("number", flat=True)
        )
        everything = list(Application.objects.values_list("number", flat=True))
        serials = {}
        for number in everything:
            scope, _, serial = number.rpartition("-")
            serials.setdefault(scope, []).append(int(serial))
        gaps = [s for s, n in serials.items() if sorted(n) != list(range(1, len(n) + 1))]
        cpu = after.ru_utime - used.ru_utime + after.ru_stime - used.ru_stime
        print(
            f"submissions: {len(numbers)} by two processes in {took:.1f} s = {len(numbers) / took:.0f} a second "
            f"(processor with starting {cpu:.1f} s); doubles {len(everything) - len(set(everything))}, gaps {gaps}",
            flush=True,
        )


def _spent(work):
    """Return the processor's time, which a busy machine does not stretch; DuckDB has one thread, in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _scans(period):
    """Return how long DuckDB needs to count the same, over rows in memory and over the rows as a file."""
    import tempfile

    import duckdb

    from gongkai.domain.applications.models import Application

    names = ("organisation_id", "kind", "channel", "outcome", "extended", "received", "decided")
    rows = Application.objects.values_list(*names)
    base = duckdb.connect()
    base.execute("SET threads = 1")
    with tempfile.TemporaryDirectory() as folder:
        import csv

        place = Path(folder) / "rows.csv"
        with place.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([names, *rows.iterator(5000)])
        base.execute(
            f"CREATE TABLE rows AS SELECT * FROM read_csv('{place}', types={{'decided': 'DATE', 'received': 'DATE'}})"
        )
        first, last = period.first, period.last
        asked = f"""
            SELECT organisation_id, kind, channel, outcome, extended,
                count(*) FILTER (received BETWEEN '{first}' AND '{last}'),
                count(*) FILTER (received < '{first}' AND (decided IS NULL OR decided >= '{first}')),
                count(*) FILTER (decided BETWEEN '{first}' AND '{last}'),
                count(*) FILTER (received <= '{last}' AND (decided IS NULL OR decided > '{last}'))
            FROM {{}} GROUP BY ALL"""
        file = f"read_csv('{place}', types={{{{'decided': 'DATE', 'received': 'DATE'}}}})".replace(
            "{{", "{"
        ).replace("}}", "}")
        return {
            name: min(
                _spent(lambda s=source: base.execute(asked.format(s)).fetchall()) for _ in range(3)
            )
            for name, source in (("memory", "rows"), ("a file", file))
        }


if __name__ == "__main__":
    main()
