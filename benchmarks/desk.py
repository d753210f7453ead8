"""The back office of information at 10,000, 100,000 and 1,000,000 items: lists, search, one item, editing, figures.

``python benchmarks/desk.py [10000] [100000] [1000000]`` fills a database of its own with realistic notices of 300 units
and asks each screen for its page, again and again, as somebody of the office and as a clerk of one unit. Printed:
median and 95th percentile in milliseconds, the processor's time among it, which a busy machine does not stretch, the
number of queries, and how many times as much processor's time it is as with the smallest number of items. The target is
300 ms. SQLite as in an office, or PostgreSQL with ``DATABASE_URL``
(``python scripts/postgres.py python benchmarks/desk.py``).

The rows are written past the actions, with the triggers off, because a million reviews would take an hour; what the
screens read is the same.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported

import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles

HERE = Path(__file__).parent.parent
SIZES = sorted(int(a) for a in sys.argv[1:] if a.isdigit()) or [10_000, 100_000]
UNITS = 300
TIMES = 15
CHUNK = 5_000
TARGET = 300
SETTINGS = """
from pathlib import Path
from gongkai.site.settings.testing import *
from gongkai.site.settings.environment import DATABASE_URL
from gongkai.site.settings.parts.database import postgresql, sqlite
DATABASES = {{"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(Path({folder!r}) / "bench.sqlite3")}}
TASKS = {{"default": {{"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}}}
SECURE_SSL_REDIRECT = False
LOGGING = {{}}
"""


def main():
    sys.path.insert(0, str(HERE))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bench_settings.py").write_text(SETTINGS.format(folder=folder))
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench_settings"
        sys.path.insert(0, folder)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        city = City()
        first = {}
        for size in SIZES:
            began = time.perf_counter()
            city.grow(size)
            print(
                f"\n{size:,} items, {UNITS} units, {vendor()}, written in {time.perf_counter() - began:.0f} s"
            )
            print(f"{'':<34}{'p50':>7}{'p95':>7}{'cpu p95':>9}{'queries':>9}{'times':>7}")
            for name, work in city.screens().items():
                p50, p95, cpu, queries = measure(work)
                times = cpu / first.setdefault(name, cpu)
                late = "  over the target" if cpu > TARGET else ""
                print(
                    f"{name:<34}{p50:>7.0f}{p95:>7.0f}{cpu:>9.0f}{queries:>9}{times:>7.1f}{late}",
                    flush=True,
                )


def vendor():
    from django.db import connection

    return connection.vendor


def measure(work):
    """Return median, 95th percentile and that of the processor's time in milliseconds, and the queries of the last time."""
    from django.db import connection

    work()
    spent, worked = [], []
    for _ in range(TIMES):
        with connection.execute_wrapper(asked := Asked()):
            began, before = time.perf_counter(), time.process_time()
            work()
            spent.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - before) * 1000)
    cuts = quantiles(spent, n=20, method="inclusive")
    return cuts[9], cuts[18], quantiles(worked, n=20, method="inclusive")[18], asked.count


class Asked:
    """Counts the questions put to the database."""

    count = 0

    def __call__(self, execute, *rest):
        """Count one and let it through."""
        self.count += 1
        return execute(*rest)


class City:
    """A city whose units publish."""

    def __init__(self):
        from benchmarks.notices import notices
        from django.test import Client
        from tests.factories.information import drafted, publishing_office
        from tests.factories.organisations import OrganisationFactory

        from gongkai.core.codes import genres, topics
        from gongkai.domain.directory.actions import set_up_all
        from gongkai.domain.directory.models import Column

        office = self.office = publishing_office()
        more = [OrganisationFactory(parent=office.city) for _ in range(UNITS - 1)]
        set_up_all(more, by=office.office)
        self.units = [office.bureau, *more]
        self.columns = {}
        for column in Column.objects.filter(kind="list").exclude(key=""):
            self.columns.setdefault(column.organisation_id, []).append(column.pk)
        self.notices = iter(notices(10_000_000, units=UNITS))
        self.topics = [key for key, topic in topics().items() if not topic.parent]
        self.genres = list(genres())
        self.count = 0
        self.draft = drafted(office, title="关于开展取水许可专项检查的通知")
        self.clients = {}
        for name in ("office", "clerk"):
            self.clients[name] = Client()
            self.clients[name].force_login(
                getattr(office, name).user,
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )

    def grow(self, size):
        """Have *size* items in the database."""
        from django.db import connection

        with Untriggered(connection), connection.cursor() as cursor:
            while self.count < size:
                rows = [self.row(n) for n in islice(self.notices, min(CHUNK, size - self.count))]
                marks = ", ".join(["%s"] * len(rows[0]))
                names = ", ".join(rows[0])
                cursor.executemany(
                    f"INSERT INTO information_item ({names}) VALUES ({marks})",
                    [tuple(row.values()) for row in rows],
                )
                self.count += len(rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def row(self, notice):
        """Return the columns of an item."""
        dice = Random(notice.serial)
        unit = self.units[int(UNITS * dice.random() ** 2)]
        status = dice.choices(
            ("public", "draft", "returned", "kept", "withdrawn"), (960, 15, 5, 15, 5)
        )[0]
        live, moment = status == "public", f"{notice.published} 04:00:00+00:00"
        columns = self.columns[unit.pk]
        return {
            "organisation_id": unit.pk,
            "column_id": columns[notice.serial % len(columns)],
            "index_number": notice.index_number,
            "title": notice.title,
            "body": notice.html,
            "summary": notice.paragraphs[0][:80],
            "keywords": " ".join(notice.keywords),
            "topic": dice.choice(self.topics),
            "genre": dice.choice(self.genres),
            "document_number": notice.number,
            "made_on": notice.written,
            "published_on": notice.published if status in ("public", "withdrawn") else None,
            "publicity": "on-request" if status == "kept" else "open",
            "ground": "",
            "ground_note": "",
            "source": "",
            "editor": "",
            "importance": "general",
            "kind": "normative" if notice.is_normative and dice.random() < 0.1 else "",
            "status": status,
            "live": live,
            "digest": f"sha256:{notice.serial:064x}" if live else "",
            "correction": "",
            "author_id": self.office.clerk.user.pk,
            "created": moment,
            "touched": moment,
            "first_published_at": moment if live else None,
            "last_published_at": moment if live else None,
            "has_unpublished_changes": False,
            "expired": False,
            "locked": False,
            "withdrawn_at": moment if status == "withdrawn" else None,
        }

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


class Untriggered:
    """Nothing guards the items meanwhile."""

    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        """Take the triggers of the table away."""
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE information_item DISABLE TRIGGER USER")
                return
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'information_item'"
            )
            self.kept = cursor.fetchall()
            for name, _ in self.kept:
                cursor.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *_):
        """Put them back."""
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE information_item ENABLE TRIGGER USER")
                return
            for _, sql in self.kept:
                cursor.execute(sql)


if __name__ == "__main__":
    main()
