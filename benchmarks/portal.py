"""The public portal as files: publishing one, ten thousand, everything, and delivering it.

``python benchmarks/portal.py [10000] [100000] [1000000]`` fills a database of its own with realistic notices
(``benchmarks/city.py``; ``--in FOLDER`` uses one that is there) and prints for each size

- *publish one*: the action that puts a signed item out, and what is written after it; how many files were touched;
- *bulk*: 10,000 items at once by the action that people use, with their pages on as many processes as there are
  cores: first as one worker does it, the pages after the records, then as two do, the pages meanwhile
  (``--bulk=1000``: other than that many; ``--no-bulk`` leaves it out). Beside it what a bare loop takes for files of
  the same size, since disks differ, and ext4 looks for a long time for room for a new file when many were deleted in
  the last minutes: wait five of them between two runs;
- *rebuild*: every page anew (``--no-rebuild`` leaves it out), and the memory of a writer;
- *deliver*: requests a second of the same pages from nginx with our configuration, from nginx on plain files of the
  same size in one folder, from nginx on the same folders without any rule or header, from our own server, and
  rendered by Django on each request (``--no-deliver`` leaves it out). Needs nginx and wrk
  (``apt-get install nginx-light wrk``).

Beside the time on the wall stands that on the processor, which a busy machine does not stretch. SQLite as in an office
(WAL, every commit on the disk). Nothing of yours is touched.
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
import urllib.request
from itertools import islice
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent.parent
sys.path.insert(0, str(HERE))

from benchmarks.city import IMPORTING, folder_told, open_city  # noqa: E402

SIZES = [int(a) for a in sys.argv[1:] if a.isdigit()] or [10_000]
BULK = next((int(a.removeprefix("--bulk=")) for a in sys.argv if a.startswith("--bulk=")), 10_000)
CHUNK = 500
CORES = os.cpu_count() or 1


def main():
    with tempfile.TemporaryDirectory() as temporary:
        kept, folder = folder_told(), Path(temporary)
        office = Office(
            open_city(kept or folder, f"GONGKAI_PUBLIC = Path({temporary!r}) / 'public'\n")
        )
        for size in [office.city.count] if kept else SIZES:
            office.city.grow(size)
            print(
                f"\n{size:,} items, {len(office.city.units)} organisations, {CORES} cores",
                flush=True,
            )
            looks()
            publish_one(office)
            if "--no-bulk" not in sys.argv:
                bulk(office, folder)
            if "--no-rebuild" not in sys.argv:
                rebuild_all(size)
        if "--no-deliver" not in sys.argv:
            deliver(folder)


class Office:
    """Those of a city who publish."""

    def __init__(self, city):
        from gongkai.domain.directory.models import Column
        from gongkai.domain.review.models import Chain
        from gongkai.foundation.publicfiles.models import OutdatedPage

        OutdatedPage.objects.all().delete()  # what founding the city had noted is not measured
        self.city, self.office = city, city.office
        self.units = city.units[:IMPORTING]
        self.columns = {
            unit.pk: list(Column.objects.filter(pk__in=city.columns[unit.pk]).order_by("path"))
            for unit in self.units
        }
        self.chain = Chain.objects.active().get(importance="general")
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
                    "body": n.html,
                    "summary": n.paragraphs[0][:80],
                    "column": columns[n.serial % len(columns)],
                    "published_on": n.published,
                    "made_on": n.published,
                }
            )
            for n in islice(self.city.notices, count)
        ]

    def lots(self, count):
        """Return *count* notices in lots of one organisation each: what an import has read."""
        made = []
        while count > 0:
            unit = self.units[self.turn % len(self.units)]
            self.turn += 1
            made.append((unit, self.things(unit, min(CHUNK, count))))
            count -= len(made[-1][1])
        return made

    def publish(self, lots):
        """Publish *lots* of items."""
        from gongkai.domain.information.actions import publish_many

        for unit, things in lots:
            publish_many(
                unit,
                things,
                chain=self.chain,
                signers=[self.office.head.user, self.office.office.user],
                evidence="纸质审批单",
                by=self.office.second,
            )
            self.city.count += len(things)


def looks():
    """Print what is asked on every publication of all items."""
    from gongkai.domain.information.portal.feeds import sitemap
    from gongkai.site.api.dumps import parts

    for name, ask in (("the list of the site map", sitemap), ("the parts of the dumps", parts)):
        wall, used = [], []
        for _ in range(5):
            began, before = time.perf_counter(), cpu()
            ask()
            wall.append(time.perf_counter() - began)
            used.append(cpu() - before)
        print(f"{name:26} {median(wall) * 1e3:6.1f} ms, processor {median(used) * 1e3:.1f} ms")


def publish_one(office):
    from tests.factories.information import drafted
    from tests.factories.information import signed as sign_all

    from gongkai.domain.information import reviewing
    from gongkai.foundation.publicfiles.draining import drain, waiting

    acts, writes, pages = [], [], []
    real = reviewing.publish_reviewed

    def timed(*args, **kwargs):
        began, used = time.perf_counter(), cpu()
        try:
            return real(*args, **kwargs)
        finally:
            acts.append((time.perf_counter() - began, cpu() - used))

    reviewing.publish_reviewed = timed
    list(drain())
    for n in range(15):
        item = drafted(office.office, title=f"关于第{n}批防汛物资的通知")
        sign_all(office.office, item)
        pages.append(waiting())
        began, used = time.perf_counter(), cpu()
        list(drain())
        writes.append((time.perf_counter() - began, cpu() - used))
    reviewing.publish_reviewed = real
    (act, act_cpu), (write, write_cpu) = (
        [median(part) * 1e3 for part in zip(*told, strict=True)] for told in (acts, writes)
    )
    print(
        f"publish one    action {act:6.1f} ms, processor {act_cpu:.1f} ms"
        f"   pages written {write:.0f} ms, processor {write_cpu:.0f} ms   {median(pages):.0f} addresses",
        flush=True,
    )


def bulk(office, folder):
    """Print how many items a second are published, by one worker and by two, until all of their pages lie there."""
    from gongkai.foundation.publicfiles.draining import drain, pool, waiting

    list(drain(CORES))
    bare(folder / "before")
    lots = office.lots(BULK)
    began, used = time.perf_counter(), cpu()
    office.publish(lots)
    records, records_cpu = time.perf_counter() - began, cpu() - used
    pages = waiting()
    for _ in drain(CORES):
        pass
    took = time.perf_counter() - began
    print(
        f"bulk           {BULK / took:6.0f} items/s with their pages, one worker"
        f"   (records {records:.1f} s, processor {records_cpu:.1f} s;"
        f" {pages} pages {took - records:.1f} s = {pages / (took - records):.0f} pages/s)",
        flush=True,
    )
    lots, over = office.lots(BULK), folder / "over"
    with pool(1) as other:
        other.submit(waiting).result()  # it has loaded the platform
        written = other.submit(write_until, over)
        began = time.perf_counter()
        office.publish(lots)
        records = time.perf_counter() - began
        over.touch()
        pages = written.result()
        took = time.perf_counter() - began
    print(
        f"               {BULK / took:6.0f} items/s with their pages, two workers"
        f"   (records {records:.1f} s; {pages} pages, the last {took - records:.1f} s after them)",
        flush=True,
    )
    bare(folder / "after")


def write_until(over):
    """Write pages as a worker does until the file *over* is there and nothing waits; return how many."""
    from gongkai.foundation.publicfiles.draining import drain, waiting

    count = 0
    while not over.exists() or waiting():
        count += sum(len(outcome.settled) for outcome in drain(CORES, patient=False))
        time.sleep(0.02)
    return count


def bare(folder, count=2000):
    """Print what a loop takes that writes files as small, as many to a page, and renames them."""
    before, began = cpu(), time.perf_counter()
    for number in range(count):
        place = folder / str(number // 1000)
        place.mkdir(parents=True, exist_ok=True)
        for name, size in ((f"{number}.html", 7900), (f"{number}.html.gz", 3000)):
            fresh = place / f".new-{name}"
            fresh.write_bytes(bytes(size))
            fresh.replace(place / name)
    print(
        f"               bare writing of as many files: {(time.perf_counter() - began) / count * 1e3:.2f} ms an item"
        f" on the wall, {(cpu() - before) / count * 1e3:.2f} ms of the processor"
    )


def cpu():
    """Return the seconds of processor time that this process has used."""
    return time.process_time()


def rebuild_all(size):
    from gongkai.foundation.publicfiles.rebuilding import rebuild

    began = time.perf_counter()
    theirs = 0
    total = 0
    for _, total in rebuild(CORES):  # noqa: B007  # the last one is told
        theirs = max(theirs, biggest_below(os.getpid()))
    took = time.perf_counter() - began
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"rebuild        {total / took:6.0f} pages/s, {size / took:.0f} items/s"
        f"   ({total} pages, {took:.0f} s; memory {mine:.0f} MB, a writer {theirs:.0f} MB)"
    )


def biggest_below(process):
    """Return the megabytes that the largest process below *process* has had in memory."""
    above, most = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            facts = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue
        pid = int(status.parent.name)
        above[pid] = int(facts["PPid"])
        most[pid] = int(facts.get("VmHWM", "0 kB").split()[0]) / 1024
    below = {process}
    while more := {pid for pid, parent in above.items() if parent in below} - below:
        below |= more
    return max((most[pid] for pid in below - {process} if pid in most), default=0)


def deliver(folder):
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    wrk = shutil.which("wrk")
    if not nginx or not wrk:
        print("\ndeliver        left out: apt-get install nginx-light wrk")
        return
    addresses = written(500)
    public, plain = folder / "public", folder / "plain"
    for number, address in enumerate(addresses):
        for ending in (".html", ".html.gz"):
            place = _made(plain / f"{number}{ending}")
            shutil.copyfile(public / f"{address[1:-1]}{ending}", place)
    dynamic, own, ours, flat, deep = (free_port() for _ in range(5))
    conf = (HERE / "deploy/nginx.conf").read_text("utf-8")
    conf = conf.replace("127.0.0.1:8000", f"127.0.0.1:{dynamic}")
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{ours};")
    conf = conf.replace("/srv/gongkai/public", str(public))
    (folder / "own_settings.py").write_text(
        "from bench_settings import *\nGONGKAI_SERVE_PUBLIC = True\n"
    )
    environ = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{os.environ['PYTHONPATH']}"}
    serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "error"]
    serve += ["--blocking-threads", "4", "gongkai.site.wsgi:application", "--port"]
    running = [
        web_server(nginx, folder, "ours", conf),
        web_server(nginx, folder, "flat", simple_server(flat, plain)),
        web_server(nginx, folder, "deep", simple_server(deep, public)),
        subprocess.Popen([*serve, str(dynamic)], env=environ),
        subprocess.Popen(
            [*serve, str(own)], env=environ | {"DJANGO_SETTINGS_MODULE": "own_settings"}
        ),
    ]
    files = [f"{address[:-1]}.html" for address in addresses]
    asked = (
        ("nginx, plain", flat, [f"/{n}.html" for n in range(len(addresses))], running[1]),
        ("nginx, folders", deep, files, running[2]),
        ("nginx, ours", ours, addresses, running[0]),
        ("our server", own, addresses, None),
        ("Django", dynamic, addresses, None),
    )
    try:
        for _, port, paths, _ in asked:
            until_open(port)
            urllib.request.urlopen(f"http://127.0.0.1:{port}{paths[0]}").close()  # all is loaded
        found = {}
        for _ in range(5):
            for name, port, paths, server in asked:
                found.setdefault(name, []).append(ask_for(wrk, folder, port, paths, server))
        report(found)
        files, rendering = biggest_below(running[4].pid), biggest_below(running[3].pid)
        print(
            f"               memory of our server: {files:.0f} MB delivering files, {rendering:.0f} MB rendering"
        )
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
            process.wait()


def written(count):
    """Return the addresses of *count* items whose pages are written."""
    from gongkai.domain.information.models import Item
    from gongkai.foundation.publicfiles.actions import note
    from gongkai.foundation.publicfiles.draining import drain
    from gongkai.foundation.publicfiles.places import STAMP, root, stamp
    from gongkai.foundation.publicfiles.writing import put_now

    keys = Item.objects.public().order_by("pk").values_list("pk", flat=True)[:count]
    addresses = [f"/items/{key // 1000}/{key}/" for key in keys]
    note(addresses)
    list(drain(CORES))
    put_now(root() / STAMP, stamp().encode())  # where nothing was rebuilt; our server asks for it
    return addresses


def simple_server(port, folder):
    return f"server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; }}"


def web_server(nginx, folder, name, conf):
    """Return an nginx with one worker that has *conf*."""
    place = folder / name
    place.mkdir()
    temporary = "".join(
        f"{kind}_temp_path {place}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; pid {place}/pid; worker_processes 1;"
        f"events {{ worker_connections 512; }} http {{ include /etc/nginx/mime.types; access_log off;"
        f" sendfile on; {temporary}\n{conf}}}"
    )
    return subprocess.Popen([nginx, "-p", str(place), "-c", str(place / "nginx.conf")])


def ask_for(wrk, folder, port, paths, server):
    """Return requests a second, and microseconds of the processor a request in the worker of *server*."""
    script = folder / "pages.lua"
    script.write_text(
        "local a = {" + ",".join(f'"{p}"' for p in paths) + "}; local n = 0;\n"
        "request = function() n = n % #a + 1; return wrk.format('GET', a[n],"
        " {['Accept-Encoding']='gzip'}) end\n"
        "done = function(s) io.write('RATE ' .. s.requests / s.duration * 1e6 .. ' ' .."
        " s.errors.status .. ' ' .. s.requests .. '\\n') end\n"
    )
    before = worker_used(server)
    told = subprocess.run(
        [wrk, "-t1", "-c16", "-d2s", "-s", str(script), f"http://127.0.0.1:{port}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate, errors, count = told.split("RATE ")[1].split()[:3]
    assert errors == "0", told
    return float(rate), (worker_used(server) - before) / int(count) * 1e6


def worker_used(server):
    """Return the seconds of processor time that the worker of nginx has used."""
    if server is None:
        return 0
    (worker,) = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return int(Path(f"/proc/{worker}/schedstat").read_text().split()[0]) / 1e9


def report(found):
    rates = {name: max(rate for rate, _ in each) for name, each in found.items()}
    used = {name: min(spent for _, spent in each) for name, each in found.items()}
    print()
    for name, rate in rates.items():
        processor = (
            f"   processor {used[name]:5.1f} µs   {used['nginx, plain'] / used[name]:.3f}"
            if used[name]
            else ""
        )
        print(
            f"deliver        {name:14} {rate:8.0f} requests/s   {rate / rates['nginx, plain']:.3f}{processor}"
        )
    print(
        f"               nginx, ours / nginx, folders: {rates['nginx, ours'] / rates['nginx, folders']:.3f},"
        f" on the processor {used['nginx, folders'] / used['nginx, ours']:.3f};"
        f" nginx, ours / Django per request: {rates['nginx, ours'] / rates['Django']:.0f}"
    )


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
