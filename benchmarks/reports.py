"""The report office at the size of a large city: 3,000 units with 200 cells each.

Prints how long a roll-up takes against the bare SQL sum of the same rows, and how long the pages take that an
office keeps open. Run it with ``python benchmarks/reports.py [units]``; it makes its own database and leaves none.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported

import os
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median

UNITS = int(sys.argv[1]) if len(sys.argv) > 1 else 3000


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.testing")
        os.environ["GONGKAI_DATA"] = folder
        import django
        from django.conf import settings

        if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
            settings.DATABASES["default"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure()


def measure():
    from django.db import connection
    from django.test import Client

    from gongkai.oversight.reports.actions import roll_up

    office, top = build()
    cells = count()
    print(f"{connection.vendor}: {UNITS} units, {cells} cells")
    sql = best(lambda: raw_sum(top), 5)
    with connection.execute_wrapper(asked := Asked()):
        began = time.perf_counter()
        rolled = roll_up(top, by=office)
        first = time.perf_counter() - began
    again = best(lambda: roll_up(top, by=office), 3)
    print(f"bare SQL sum            {sql * 1000:8.0f} ms   1.0")
    print(
        f"roll-up, first          {first * 1000:8.0f} ms   {first / sql:.1f}   {asked.count} queries, {rolled.changed} cells written with history"
    )
    print(f"roll-up, nothing new    {again * 1000:8.0f} ms   {again / sql:.1f}")
    client = Client()
    client.force_login(office.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    place = "requests/new/total"
    for name, address in (
        ("fill page", f"/desk/reports/{top.pk}/fill/"),
        ("units page", f"/desk/reports/{top.pk}/units/"),
        ("origin of a cell", f"/desk/reports/{top.pk}/cells/{place}/"),
        ("overview of the round", f"/desk/reports/rounds/{top.round_id}/"),
        ("check", f"/desk/reports/{top.pk}/check/"),
        ("export of the round", f"/desk/reports/rounds/{top.round_id}/export/"),
    ):
        with connection.execute_wrapper(asked := Asked()):
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        spent = best(lambda a=address: client.get(a), 1 if "export" in name else 3)
        print(
            f"{name:<24}{spent * 1000:8.0f} ms   {asked.count} queries, {len(answer.content) // 1024} KB"
        )


class Asked:
    """Counts the questions put to the database, also over a reconnection."""

    count = 0

    def __call__(self, execute, *rest):
        """Count one and let it through."""
        self.count += 1
        return execute(*rest)


def build():
    from gongkai.domain.organisations.models import Organisation, Post
    from gongkai.foundation.accounts.models import User
    from gongkai.foundation.permissions import Reader
    from gongkai.oversight.reports.actions import open_round
    from gongkai.oversight.reports.models import Cell, Report, Status

    top = Organisation.add_root(
        name="云川市人民政府", short="云川市", kind="government", level="prefecture"
    )
    steps = range(1, UNITS + 1)
    Organisation.objects.bulk_create(
        Organisation(
            path=f"{top.path}{Organisation._int2str(n).rjust(4, '0')}",  # noqa: SLF001  # as treebeard spells paths
            depth=2,
            name=f"云川市第{n}局",
            kind="department" if n % 3 else "government",
            level="prefecture" if n % 3 else "county",
        )
        for n in steps
    )
    Organisation.objects.filter(pk=top.pk).update(numchild=UNITS)
    user = User.objects.create(username="office", name="公开办")
    Post.objects.create(user=user, organisation=top, role="office")
    office = Reader.of(user)
    made = open_round(Organisation.objects.get(pk=top.pk), 2025, by=office)
    Report.objects.exclude(organisation=top).update(status=Status.CONFIRMED)
    dice = Random(7)
    places = [str(place) for place in made.form_facts.places]
    for report in Report.objects.exclude(organisation=top):
        Cell.objects.bulk_create(
            Cell(
                report=report,
                place=place,
                value=Decimal(value := dice.randint(0, 99)),
                state="value" if value else "zero",
            )
            for place in places
        )
    return office, Report.objects.select_related("organisation").get(organisation=top)


def count():
    from gongkai.oversight.reports.models import Cell

    return Cell.objects.count()


def raw_sum(top):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.place, SUM(c.value) FROM reports_cell c JOIN reports_report r ON r.id = c.report_id "
            "WHERE r.above_id = %s AND c.value IS NOT NULL GROUP BY c.place",
            [top.pk],
        )
        return cursor.fetchall()


def best(work, times):
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return median(spent)


if __name__ == "__main__":
    main()
