"""The public portal as files: publishing one, ten thousand, everything, and delivering it.

``python benchmarks/portal.py [10000] [100000] [1000000]`` fills a database of its own with realistic notices, through
the action that people use, and prints for each size

- *publish one*: the action that puts a signed item out, and what is written after it; how many files were touched;
- *bulk*: 10,000 items at once, with their pages, on as many processes as there are cores;
- *rebuild*: every page anew (``--no-rebuild`` leaves it out), and the memory of a writer;
- *deliver*: requests a second of the same pages from nginx with our configuration, from nginx on plain files of the
  same size, from our own server, and rendered by Django on each request. Needs nginx and wrk
  (``apt-get install nginx-light wrk``).

SQLite as in an office (WAL, every commit on the disk). Nothing of yours is touched.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent.parent
SIZES = [int(a) for a in sys.argv[1:] if a.isdigit()] or [10_000]
REBUILD = "--no-rebuild" not in sys.argv
UNITS = 30
BULK = min(10000, max(SIZES))
CHUNK = 500
CORES = os.cpu_count() or 1
SETTINGS = """
from pathlib import Path
from gongkai.site.settings.testing import *
from gongkai.site.settings.parts.database import sqlite
FOLDER = Path({folder!r})
DATABASES = {{"default": sqlite(FOLDER / "bench.sqlite3")}}
GONGKAI_PUBLIC = FOLDER / "public"
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
    sys.path.insert(0, str(HERE))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bench_settings.py").write_text(SETTINGS.format(folder=folder))
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench_settings"
        os.environ["PYTHONPATH"] = os.pathsep.join(
            [folder, str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
        )
        sys.path.insert(0, folder)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        office = Office()
        for size in SIZES:
            office.grow(size)
            print(f"\n{size:,} items, {UNITS} organisations, {CORES} cores")
            publish_one(office)
            bulk(office)
            if REBUILD:
                rebuild_all(size)
        deliver(Path(folder))


class Office:
    """A city with bureaus that publish."""

    def __init__(self):
        from benchmarks.notices import notices
        from tests.factories.information import publishing_office
        from tests.factories.organisations import OrganisationFactory

        from gongkai.domain.directory.actions import set_up_all
        from gongkai.domain.directory.models import Column
        from gongkai.domain.review.models import Chain

        self.office = publishing_office()
        more = [
            OrganisationFactory(parent=self.office.city, name=f"云川市第{n}局")
            for n in range(1, UNITS)
        ]
        set_up_all(more, by=self.office.office)
        self.units = [self.office.bureau, *more]
        self.columns = {u.pk: list(Column.objects.of(u).filter(kind="list")) for u in self.units}
        self.chain = Chain.objects.active().get(importance="general")
        self.notices = iter(notices(10_000_000, units=UNITS))
        self.turn = 0

    def things(self, unit, count):
        """Return the next *count* notices, as items of *unit*."""
        from gongkai.domain.information.actions import Reviewed

        columns = self.columns[unit.pk]
        return [
            Reviewed(
                {
                    "title": n.title,
                    "document_number": n.number,
                    "body": "".join(f"<p>{p}</p>" for p in n.paragraphs),
                    "summary": n.paragraphs[0][:80],
                    "column": columns[n.serial % len(columns)],
                    "published_on": n.published,
                    "made_on": n.published,
                }
            )
            for n in islice(self.notices, count)
        ]

    def publish(self, count):
        """Publish *count* items in chunks of one organisation each."""
        from gongkai.domain.information.actions import publish_many

        while count > 0:
            unit = self.units[self.turn % UNITS]
            self.turn += 1
            things = self.things(unit, min(CHUNK, count))
            publish_many(
                unit,
                things,
                chain=self.chain,
                signers=[self.office.head.user, self.office.office.user],
                evidence="纸质审批单",
                by=self.office.second,
            )
            count -= len(things)

    def grow(self, size):
        """Bring the database to *size* items, without files."""
        from django.conf import settings

        from gongkai.domain.information.models import Item

        kept, settings.GONGKAI_PUBLIC = settings.GONGKAI_PUBLIC, None
        self.publish(size - Item.objects.public().count())
        settings.GONGKAI_PUBLIC = kept


def publish_one(office):
    from tests.factories.information import drafted
    from tests.factories.information import signed as sign_all

    from gongkai.domain.information.actions import publish
    from gongkai.foundation.publicfiles.draining import drain, waiting

    acts, writes, pages = [], [], []
    real = publish.publish_reviewed

    def timed(*args, **kwargs):
        began = time.perf_counter()
        try:
            return real(*args, **kwargs)
        finally:
            acts.append(time.perf_counter() - began)

    from gongkai.domain.information import reviewing

    place = reviewing if hasattr(reviewing, "publish_reviewed") else publish
    place.publish_reviewed = timed
    list(drain())
    for n in range(15):
        item = drafted(office.office, title=f"关于第{n}批防汛物资的通知")
        sign_all(office.office, item)
        pages.append(waiting())
        began = time.perf_counter()
        list(drain())
        writes.append(time.perf_counter() - began)
    place.publish_reviewed = real
    print(
        f"publish one    action {median(acts) * 1e3:6.1f} ms   pages written {median(writes) * 1e3:6.0f} ms"
        f"   {median(pages):.0f} addresses"
    )


def bulk(office):
    from gongkai.foundation.publicfiles.draining import drain, waiting

    began, used = time.perf_counter(), cpu()
    office.publish(BULK)
    records, records_cpu = time.perf_counter() - began, cpu() - used
    pages = waiting()
    began = time.perf_counter()
    for _ in drain(CORES):
        pass
    writing = time.perf_counter() - began
    print(
        f"bulk           {BULK / (records + writing):6.0f} items/s with their pages"
        f"   (records {records:.1f} s, {pages} pages {writing:.1f} s = {pages / writing:.0f} pages/s)"
    )
    print(
        f"               processor time of the records: {records_cpu / BULK * 1e3:.2f} ms an item"
    )


def cpu():
    """Return the seconds of processor time that this process has used."""
    return time.process_time()


def rebuild_all(size):
    from gongkai.foundation.publicfiles.rebuilding import rebuild

    began = time.perf_counter()
    *_, (_, total) = rebuild(CORES)
    took = time.perf_counter() - began
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"rebuild        {total / took:6.0f} pages/s, {size / took:.0f} items/s"
        f"   ({total} pages, {took:.0f} s; memory {mine:.0f} MB, a writer {theirs:.0f} MB)"
    )


def deliver(folder):
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    wrk = shutil.which("wrk")
    if not nginx or not wrk:
        print("\ndeliver        left out: apt-get install nginx-light wrk")
        return
    from gongkai.domain.information.models import Item
    from gongkai.foundation.publicfiles.draining import drain
    from gongkai.foundation.publicfiles.places import STAMP, stamp
    from gongkai.foundation.publicfiles.writing import put_now

    for _ in drain(CORES):
        pass
    public = folder / "public"
    put_now(public / STAMP, stamp().encode())  # where nothing was rebuilt; our server asks for it
    keys = list(Item.objects.public().order_by("pk").values_list("pk", flat=True)[:500])
    addresses = [f"/items/{key // 1000}/{key}/" for key in keys]
    plain = folder / "plain"
    for number, address in enumerate(addresses):
        shutil.copyfile(public / address[1:] / "index.html", _made(plain / f"{number}.html"))
        shutil.copyfile(public / address[1:] / "index.html.gz", plain / f"{number}.html.gz")
    dynamic, own, ours, bare = (free_port() for _ in range(4))
    conf = (HERE / "deploy/nginx.conf").read_text("utf-8")
    conf = conf.replace("127.0.0.1:8000", f"127.0.0.1:{dynamic}")
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{ours};")
    conf = conf.replace("/srv/gongkai/public", str(public))
    conf += f"\nserver {{ listen 127.0.0.1:{bare}; root {plain}; gzip_static on; }}\n"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; pid {folder}/pid; worker_processes 1;"
        f"events {{ worker_connections 512; }} http {{ include /etc/nginx/mime.types; access_log off;"
        f" sendfile on; {temporary}\n{conf}}}"
    )
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "bench_settings"}
    serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "error"]
    serve += ["--blocking-threads", "4", "gongkai.site.wsgi:application", "--port"]
    ours_served = "import os; from bench_settings import *; GONGKAI_SERVE_PUBLIC = True"
    (folder / "own_settings.py").write_text(ours_served)
    running = [
        subprocess.Popen([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]),
        subprocess.Popen([*serve, str(dynamic)], env=environ),
        subprocess.Popen(
            [*serve, str(own)], env=environ | {"DJANGO_SETTINGS_MODULE": "own_settings"}
        ),
    ]
    try:
        for port in (ours, bare, dynamic, own):
            until_open(port)
        script = folder / "pages.lua"
        rates = {}
        for round_ in range(3):
            for name, port, paths in (
                ("nginx, ours", ours, addresses),
                ("nginx, plain", bare, [f"/{n}.html" for n in range(len(addresses))]),
                ("our server", own, addresses),
                ("Django", dynamic, addresses),
            ):
                script.write_text(
                    "local a = {" + ",".join(f'"{p}"' for p in paths) + "}; local n = 0;\n"
                    "request = function() n = n % #a + 1; return wrk.format('GET', a[n],"
                    " {['Accept-Encoding']='gzip'}) end\n"
                    "done = function(s) io.write('RATE ' .. s.requests / s.duration * 1e6 .. ' ' .."
                    " s.errors.status .. '\\n') end\n"
                )
                told = subprocess.run(
                    [wrk, "-t1", "-c16", "-d3s", "-s", str(script), f"http://127.0.0.1:{port}"],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
                rate, errors = told.split("RATE ")[1].split()[:2]
                assert errors == "0", told
                rates.setdefault(name, []).append(float(rate))
            del round_
        best = {name: max(found) for name, found in rates.items()}
        print()
        for name, rate in best.items():
            print(
                f"deliver        {name:13} {rate:8.0f} requests/s   {rate / best['nginx, plain']:.3f}"
            )
        print(
            f"               nginx, ours / Django per request: {best['nginx, ours'] / best['Django']:.0f}"
        )
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _made(place):
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_open(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing listens on {port}")


if __name__ == "__main__":
    main()
