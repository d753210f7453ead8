"""How fast a year of obligations is written down, and how much the coverage matrix costs over bare SQL.

Run as ``python benchmarks/obligations.py [obligations]``: in a database of its own that is thrown away, it

* enters UNITS units with a directory of ENTRIES entries, and generates a year;
* fills the table up to the number given (1,000,000 where left out);
* asks for the coverage matrix (unit × field) and for what is due, in turns with the same question in
  bare SQL, and prints the ratio;
* judges the columns of all units by the criteria of inspection.
"""

# ruff: noqa: PLC0415, SLF001  # Django must be set up before its models can be imported; paths of a tree made in bulk

import os
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.testing")
UNITS, ENTRIES = 300, 100
FEW = 20
"""Units where fewer than ten thousand obligations are asked for: to see that the program runs."""
WIDE = 3000
TURNS = 3
YEAR = 2026
DEADLINES = (
    "每季度",
    "每年3月31日前",
    "20个工作日内",
    "长期公开（动态调整）",
    "每月终了后10个工作日内",
)
BARE = """
SELECT unit_id, level, field,
  COUNT(CASE WHEN NOT waived THEN 1 END),
  COUNT(CASE WHEN NOT waived AND done IS NOT NULL THEN 1 END),
  COUNT(CASE WHEN NOT waived AND done > due THEN 1 END),
  COUNT(CASE WHEN NOT waived AND done IS NULL AND due < %s THEN 1 END),
  COUNT(CASE WHEN NOT waived AND done IS NULL AND due >= %s AND due <= %s THEN 1 END)
FROM directory_obligation WHERE year = %s GROUP BY unit_id, level, field
"""


@contextmanager
def timed(label, facts):
    start = time.perf_counter()
    yield
    facts[label] = time.perf_counter() - start


def database():
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    folder = tempfile.mkdtemp(prefix="gongkai-bench-")
    if connection.vendor == "sqlite":
        connection.close()
        connection.settings_dict["NAME"] = f"{folder}/bench.sqlite3"
    call_command("migrate", verbosity=0)
    return connection


def units(count):
    from gongkai.domain.organisations.actions import found
    from gongkai.domain.organisations.models import Organisation

    top = found(parent=None, name="云川市人民政府", kind="government", level="prefecture", by=None)
    rows = [
        Organisation(
            path=f"{top.path}{Organisation._int2str(n + 1).rjust(4, '0')}",
            depth=2,
            name=f"第{n}局",
            kind="department",
            level="county",
        )
        for n in range(count)
    ]
    Organisation.objects.bulk_create(rows, batch_size=500)
    Organisation.objects.filter(pk=top.pk).update(numchild=count)
    return Organisation.objects.get(pk=top.pk), list(Organisation.objects.filter(depth=2))


def directory(top, count):
    from gongkai.core.directories import fields, read_table
    from gongkai.core.directories.writing import WrittenRow, directory_xlsx
    from gongkai.core.extraction.sources.xlsx import sheets
    from gongkai.domain.directory import actions

    keys = list(fields())
    rows = [
        WrittenRow(
            keys[n % len(keys)],
            {
                "number": str(n),
                "first": f"事项{n // 10}",
                "second": f"内容{n}",
                "content": f"要素{n}",
                "deadline": DEADLINES[n % len(DEADLINES)],
                "body": "各部门",
            },
            frozenset({"public", "active", "county"}),
            ("website",),
        )
        for n in range(count)
    ]
    return actions.adopt(
        top,
        lines=read_table(sheets(directory_xlsx("目录", rows))),
        effective_from=date(YEAR - 1, 1, 1),
        title="目录",
        by=None,
    )


def assign(made, those):
    from gongkai.domain.directory.models import Assignment

    entries = list(made.listings.values_list("entry", flat=True))
    rows = (Assignment(entry_id=entry, unit=unit) for unit in those for entry in entries)
    Assignment.objects.bulk_create(rows, batch_size=5000)
    return len(entries) * len(those)


def fill(made, those, wanted):
    """Fill the table up to *wanted* rows with obligations that look like a year half kept."""
    from gongkai.domain.directory.models import Obligation

    listings = list(made.listings.select_related("entry"))
    have = Obligation.objects.count()
    batch, number = [], 0
    while have + len(batch) < wanted or batch:
        if len(batch) == 10_000 or have + len(batch) >= wanted:
            Obligation.objects.bulk_create(batch, ignore_conflicts=True)
            have, batch = Obligation.objects.count(), []
            if have >= wanted:
                return
            continue
        listing = listings[number % len(listings)]
        unit = those[number // len(listings) % len(those)]
        turn = number // (len(listings) * len(those))
        due = date(YEAR, 1 + number % 12, 1 + number % 28)
        batch.append(
            Obligation(
                entry=listing.entry,
                listing=listing,
                unit=unit,
                field=listing.entry.field,
                level="county",
                kind="event",
                year=YEAR,
                period=f"{due:%Y-%m-%d}/{turn}",
                formed=due,
                due=due,
                done=due if number % 3 else None,
            )
        )
        number += 1


def compare(connection):
    from gongkai.domain.directory.models import Obligation
    from gongkai.domain.directory.queries import coverage

    day, soon = date(YEAR, 7, 1), date(YEAR, 7, 8)
    ours, bare = [], []
    for _ in range(TURNS):
        facts = {}
        with timed("ours", facts):
            found = coverage(
                Obligation.objects.filter(year=YEAR), "unit", "level", "field", day=day
            )
        with timed("bare", facts), connection.cursor() as cursor:
            cursor.execute(BARE, [day, day, soon, YEAR])
            rows = cursor.fetchall()
        ours.append(facts["ours"])
        bare.append(facts["bare"])
        same = {tuple(row[:3]): tuple(row[3:]) for row in rows}
        told = {k: (t.total, t.done, t.late, t.overdue, t.soon) for k, t in found.items()}
        assert told == same, "the matrix is not what bare SQL says"
    return median(ours), median(bare), len(found)


def main():
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    connection = database()
    from django.test.utils import CaptureQueriesContext

    from gongkai.domain.directory import actions
    from gongkai.domain.directory.models import Column, Obligation
    from gongkai.domain.directory.queries import due_by_unit, health

    busy = UNITS if wanted >= 10_000 else FEW
    top, those = units(WIDE if wanted > 100_000 else busy)
    facts = {}
    made = directory(top, ENTRIES)
    assigned = assign(made, those[:busy])
    with timed("generate", facts):
        count = actions.generate(top, year=YEAR, by=None)
    print(f"{connection.vendor}")
    print(
        f"生成：{busy} 个单位 × {ENTRIES} 项 = {assigned:,} 项责任 → {count:,} 项义务，"
        f"{facts['generate']:.1f} 秒，每秒 {count / facts['generate']:,.0f} 项"
    )
    with timed("again", facts):
        assert actions.generate(top, year=YEAR, by=None) == 0
    print(f"再运行一次（不增加）：{facts['again']:.1f} 秒")
    fill(made, those, wanted)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ours, bare, cells = compare(connection)
    print(
        f"覆盖矩阵：{Obligation.objects.count():,} 项义务 → {cells:,} 格，{ours * 1000:,.0f} 毫秒；"
        f"直接写 SQL {bare * 1000:,.0f} 毫秒；比值 {ours / bare:.2f}"
    )
    with timed("due", facts):
        rows = len(due_by_unit(Obligation.objects.filter(year=YEAR), date(YEAR, 2, 2)))
    print(f"本周和逾期（{rows:,} 个单位）：{facts['due'] * 1000:,.0f} 毫秒")
    with timed("mine", facts):
        list(
            Obligation.objects.filter(unit=those[7], year=YEAR)
            .select_related("entry")
            .order_by("due")[:50]
        )
    print(f"一个单位的前 50 项：{facts['mine'] * 1000:,.1f} 毫秒")
    with timed("columns", facts):
        planted = len(actions.set_up_all(those, by=None))
    print(f"预设栏目：{len(those):,} 个单位 → {planted:,} 个，{facts['columns']:.1f} 秒")
    with CaptureQueriesContext(connection) as seen, timed("health", facts):
        health()
    print(
        f"按检查指标判全部 {Column.objects.count():,} 个栏目：{facts['health'] * 1000:,.0f} 毫秒，{len(seen)} 次查询"
    )


if __name__ == "__main__":
    main()
