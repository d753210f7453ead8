"""A city whose units have published up to a million items, for the benchmarks; made once, kept, opened again.

``python benchmarks/city.py FOLDER 1000000`` makes one; ``benchmarks/desk.py``, ``portal.py`` and others take
``--in FOLDER`` and use it. With ``DATABASE_URL`` the items are in that database instead of the folder's SQLite.

The rows are written past the actions, with the triggers off, because a million reviews would take an hour; what
screens and pages read is the same, digests included.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported

import os
import sys
import time
from itertools import islice
from pathlib import Path
from random import Random

HERE = Path(__file__).parent.parent
UNITS = 300
IMPORTING = 30
"""Units for which one clerk may publish in bulk."""
CHUNK = 5_000
SETTINGS = """
from pathlib import Path
from gongkai.site.settings.testing import *
from gongkai.site.settings.environment import DATABASE_URL
from gongkai.site.settings.parts.database import postgresql, sqlite
FOLDER = Path({folder!r})
DATABASES = {{"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(FOLDER / "bench.sqlite3")}}
GONGKAI_PUBLIC = None
GONGKAI_SERVE_PUBLIC = False
GONGKAI_PAGE_PROCESSES = 0
TASKS = {{"default": {{"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}}}
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
LOGGING = {{}}
TEMPLATES[0]["APP_DIRS"] = False
TEMPLATES[0]["OPTIONS"]["loaders"] = [("django.template.loaders.cached.Loader", [
    "django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"])]
"""


def main():
    folder, size = Path(sys.argv[1]), int(sys.argv[2])
    city = open_city(folder)
    began, had = time.perf_counter(), city.count
    city.grow(size)
    took = time.perf_counter() - began
    print(
        f"{city.count:,} items of {UNITS} units, {city.count - had:,} of them written in {took:.0f} s"
    )


def folder_told():
    """Return the folder named after ``--in``, ``None`` where none is."""
    return Path(sys.argv[sys.argv.index("--in") + 1]) if "--in" in sys.argv else None


def open_city(folder, more=""):
    """Return the city kept in *folder*, made where there is none; Django is set up, with *more* settings."""
    prepare(folder, more)
    return City()


def prepare(folder, more=""):
    """Set up Django with its data in *folder*, and the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench_settings.py").write_text(SETTINGS.format(folder=str(folder)) + more)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench_settings"
    path = [str(folder), str(HERE), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    sys.path[:0] = [str(folder), str(HERE)]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def vendor():
    """Return which database it is."""
    from django.db import connection

    return connection.vendor


class City:
    """A city whose units publish.

    Attributes:
        office: What the tests' factory of a publishing office returns.
        units: Its organisations; the first is the office's bureau.
        columns: By unit the keys of the columns that hold items.
        importer: Who may publish in bulk for the first of the units.
        count: How many items there are.
    """

    def __init__(self):
        from benchmarks.notices import notices

        from gongkai.core.codes import genres, topics
        from gongkai.domain.directory.models import Column
        from gongkai.domain.information.models import Item
        from gongkai.domain.organisations.models import Organisation

        if not Organisation.objects.exists():
            self._found()
        self.office = _office()
        self.units = [
            self.office.bureau,
            *Organisation.objects.filter(name__contains="单位").order_by("pk"),
        ]
        self.importer = _reader("importer")
        self.columns = {}
        columns = Column.objects.filter(kind="list").exclude(key="").order_by("path")
        for unit, key in columns.values_list("organisation_id", "pk"):
            self.columns.setdefault(unit, []).append(key)
        self.topics = [key for key, topic in topics().items() if not topic.parent]
        self.genres = list(genres())
        self.count = Item.objects.count()
        self.notices = iter(notices(10_000_000, first=self.count + 1, units=UNITS))

    def _found(self):
        from tests.factories.information import publishing_office
        from tests.factories.organisations import OrganisationFactory, PostFactory, UserFactory

        from gongkai.domain.directory.actions import set_up_all

        office = publishing_office()
        more = [
            OrganisationFactory(parent=office.city, name=f"云川市第{n}单位")
            for n in range(1, UNITS)
        ]
        set_up_all(more, by=office.office)
        importer = UserFactory(name="importer者")
        for unit in [office.bureau, *more[: IMPORTING - 1]]:
            PostFactory(user=importer, organisation=unit, role="clerk")

    def grow(self, size):
        """Have *size* items in the database, and their columns' pages laid out."""
        from django.db import connection, transaction

        from gongkai.domain.information.portal import listing

        if self.count >= size:
            return
        with Untriggered(connection), connection.cursor() as cursor:
            while self.count < size:
                rows = [self.row(n) for n in islice(self.notices, min(CHUNK, size - self.count))]
                marks = ", ".join(["%s"] * len(rows[0]))
                with transaction.atomic():
                    cursor.executemany(
                        f"INSERT INTO information_item ({', '.join(rows[0])}) VALUES ({marks})",
                        [tuple(row.values()) for row in rows],
                    )
                self.count += len(rows)
        self._mark()
        with transaction.atomic():
            for keys in self.columns.values():
                for key in keys:
                    listing.arrange(key, [listing.BEGINNING])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _mark(self):
        """Give each unit the mark that publishing would have given it."""
        from gongkai.oversight.statistics.models import TallyMark

        TallyMark.objects.all().delete()
        TallyMark.objects.bulk_create(TallyMark(organisation=unit) for unit in self.units)

    def row(self, notice):
        """Return the columns of an item."""
        dice = Random(notice.serial)
        unit = self.units[int(UNITS * dice.random() ** 2)]
        status = dice.choices(
            ("public", "draft", "returned", "kept", "withdrawn"), (960, 15, 5, 15, 5)
        )[0]
        live, moment = status == "public", f"{notice.published} 04:00:00+00:00"
        columns = self.columns[unit.pk]
        row = {
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
            "digest": "",
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
        return row | {"digest": digest_of(row) if live else ""}


def digest_of(row):
    """Return the digest that a review of the item would have sealed."""
    from gongkai.domain.information.models import Item

    content = {name: row[name] for name in Item.CONTENT if name in row}
    return Item(**content).content_digest_with([])


def _office():
    """Return the publishing office of the database, as the tests' factory does."""
    from types import SimpleNamespace

    from gongkai.domain.directory.models import Column
    from gongkai.domain.organisations.models import Organisation

    bureau = Organisation.objects.get(name="云川市水利局")
    people = ("clerk", "head", "office", "second", "leader", "mayor")
    return SimpleNamespace(
        city=Organisation.objects.get(name="云川市人民政府"),
        bureau=bureau,
        column=Column.objects.of(bureau).holding_items().first(),
        **{key: _reader(key) for key in people},
    )


def _reader(key):
    from gongkai.foundation.accounts.models import User
    from gongkai.foundation.permissions import Reader

    return Reader.of(User.objects.get(name=f"{key}者"))


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
