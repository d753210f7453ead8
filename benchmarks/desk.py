"""The back office of information at 10,000, 100,000 and 1,000,000 items: lists, search, one item, editing, figures.

``python benchmarks/desk.py [10000] [100000] [1000000]`` fills a database of its own with realistic notices of 300 units
and asks each screen for its page, again and again, as somebody of the office and as a clerk of one unit. Printed:
median and 95th percentile in milliseconds, the processor's time among it, which a busy machine stretches less, the
number of queries, and how many times as much processor's time it is as with the smallest number of items. The target is
300 ms, and as many queries with a million items as with ten thousand: it ends with 1 where one screen asks more. SQLite as in an office, or PostgreSQL with ``DATABASE_URL``
(``python scripts/postgres.py python benchmarks/desk.py``). ``--in FOLDER`` uses a city that ``benchmarks/city.py`` made.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported

import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.city import UNITS, folder_told, open_city, vendor

SIZES = sorted(int(a) for a in sys.argv[1:] if a.isdigit()) or [10_000, 100_000]
TIMES = 15
TARGET = 300


def main():
    with tempfile.TemporaryDirectory() as temporary:
        kept = folder_told()
        city = open_city(kept or Path(temporary))
        desk, first, asked_more = Desk(city), {}, []
        for size in [city.count] if kept else SIZES:
            city.grow(size)
            print(f"\n{size:,} items, {UNITS} units, {vendor()}")
            print(f"{'':<34}{'p50':>7}{'p95':>7}{'cpu p95':>9}{'queries':>9}{'times':>7}")
            for name, work in desk.screens().items():
                p50, p95, cpu, queries = measure(work)
                before = first.setdefault(name, (cpu, queries))
                times = cpu / before[0]
                late = "  over the target" if cpu > TARGET else ""
                if queries > before[1]:
                    late += f"  {before[1]} queries with fewer items"
                    asked_more.append(name)
                print(
                    f"{name:<34}{p50:>7.0f}{p95:>7.0f}{cpu:>9.0f}{queries:>9}{times:>7.1f}{late}",
                    flush=True,
                )
        if asked_more:
            sys.exit(f"more queries with more items: {', '.join(sorted(set(asked_more)))}")


def measure(work, times=TIMES):
    """Return median, 95th percentile and that of the processor's time in milliseconds, and the queries of the time with the fewest."""
    from django.db import connection

    work()
    spent, worked, counts = [], [], []
    for _ in range(max(times, 2)):
        with connection.execute_wrapper(asked := Asked()):
            began, before = time.perf_counter(), time.process_time()
            work()
            spent.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - before) * 1000)
        counts.append(asked.count)  # a session is written now and then
    cuts = quantiles(spent, n=20, method="inclusive")
    return cuts[9], cuts[18], quantiles(worked, n=20, method="inclusive")[18], min(counts)


class Asked:
    """Counts the questions put to the database."""

    count = 0

    def __call__(self, execute, *rest):
        """Count one and let it through."""
        self.count += 1
        return execute(*rest)


class Desk:
    """Somebody of the office and a clerk of one unit at the desk of *city*."""

    def __init__(self, city):
        from django.test import Client
        from tests.factories.information import drafted

        self.office, self.units, self.columns = city.office, city.units, city.columns
        self.draft = drafted(city.office, title="关于开展取水许可专项检查的通知")
        self.clients = {}
        for name in ("office", "clerk"):
            self.clients[name] = Client()
            self.clients[name].force_login(
                getattr(city.office, name).user,
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )

    def screens(self):
        """Return what is measured by name."""
        newest, deep = self.keys()
        lists = "/desk/information/"
        column = self.columns[self.units[0].pk][0]
        pages = {
            "list, the newest": lists,
            "list, far back": f"{lists}?before={deep}",
            "list, one stage": f"{lists}?status=draft",
            "list, one unit": f"{lists}?organisation={self.units[5].pk}",
            "list, one column": f"{lists}?column={column}",
            "list, one subject": f"{lists}?topic=t06",
            "list, one year": f"{lists}?year=2019",
            "list, subject and year": f"{lists}?topic=t06&genre=notice&year=2019",
            "search, a common word": f"{lists}?q=通知",
            "search, a rare phrase": f"{lists}?q=取水许可三年行动",
            "search, nothing found": f"{lists}?q=量子计算机",
            "search, a document number": f"{lists}?q=云水发〔2019〕77号",
            "documents": f"{lists}documents/",
            "one item": f"{lists}{newest}/",
            "the form": f"{lists}{self.draft.pk}/edit/",
            "figures of the city": "/desk/statistics/?year=2019",
            "items behind a figure": "/desk/statistics/items/?year=2019&month=3&topic=t06",
        }
        found = {name: self.page("office", address) for name, address in pages.items()}
        found["list of one's own unit"] = self.page("clerk", lists)
        found["search in one's own unit"] = self.page("clerk", f"{lists}?q=量子计算机")
        found["saving"] = self.save
        return found

    def keys(self):
        """Return the newest public item, and one from the middle of the list."""
        from gongkai.domain.information.models import Item

        newest = Item.objects.public().order_by("-pk").values_list("pk", flat=True)[0]
        return newest, newest // 2

    def page(self, who, address):
        """Return the work of asking for one page."""

        def ask():
            answer = self.clients[who].get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        return ask

    def save(self):
        """Change a draft, as the form does."""
        from gongkai.domain.information.actions import save

        self.draft.refresh_from_db()
        body = f"<p>第{time.perf_counter()}稿</p>"
        save(self.draft, by=self.office.clerk, values={"body": body}, automatic=True)


if __name__ == "__main__":
    main()
