"""Kill the web process and the worker at random moments while items are published, and look what is lost.

``python benchmarks/interruptions.py [--items 1000] [--kills 20] [--seed 7]``

Everything is real: a platform of its own in a folder that is thrown away, ``gongkai serve`` and ``gongkai worker``
as processes, signatures by HTTP as the last signer gives them. While they are given, SIGKILL hits one or the other.
Readers fetch pages all the time, over HTTP and from the folder. At the end, three questions:

- was anything lost whose signature had been acknowledged?
- was any page ever served or lying there in half?
- are the files what a full rebuild would give?

Exit code 1 if one of the answers is wrong.
"""

# our own server and our own processes
# mypy: ignore-errors

import argparse
import contextlib
import gzip
import http.client
import json
import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREPARE = """
import json, sys
from datetime import date
from pathlib import Path
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
call_command("migrate", verbosity=0)
from gongkai.domain.directory.actions import set_up
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import draft, submit
from gongkai.domain.organisations import demo as organisations
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review import demo as review
from gongkai.domain.review.actions import sign
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
organisations.load(Path(settings.GONGKAI_DEMO)); review.load(Path(settings.GONGKAI_DEMO))
people = {u.username: Reader.of(u) for u in User.objects.all()}
unit = Organisation.objects.get(short="市财政局")
set_up(unit, by=None)
column = Column.objects.of(unit).holding_items().first()
told = []
wanted = int(sys.argv[1])
for first in range(0, wanted, 100):
    with transaction.atomic():  # nothing is measured yet: a hundred items wait for the disk once
        for n in range(first, min(first + 100, wanted)):
            item = draft(unit, by=people["caizheng"], title=f"关于第{n:04}批资金安排情况的公告", column=column,
                         body=f"<p>第{n:04}批资金已经安排，现予公告。</p>" * 20)
            found = submit(item, by=people["caizheng"])
            sign(found, by=people["caizheng-fzr"], digest=found.digest)
            told.append([found.pk, found.digest, item.address, item.title, item.pk])
client = Client()
client.force_login(people["gongkai"].user, backend="allauth.account.auth_backends.AuthenticationBackend")
print(json.dumps({"cookie": client.cookies[settings.SESSION_COOKIE_NAME].value, "reviews": told}))
"""
COUNT = """
import json, sys
import django; django.setup()
from gongkai.domain.information.models import Item
print(json.dumps(list(Item.objects.public().values_list("pk", flat=True))))
"""


@dataclass
class Site:
    """The platform and its processes."""

    folder: Path
    port: int
    log: object
    web: subprocess.Popen | None = None
    worker: subprocess.Popen | None = None
    killed: dict = field(default_factory=lambda: {"web": 0, "worker": 0})

    @property
    def environment(self):
        """Return where everything of it lies."""
        return os.environ | {
            "GONGKAI_DATA": str(self.folder),
            "GONGKAI_PUBLIC": str(self.folder / "public"),
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "gongkai.site.settings.development",
            "GONGKAI_DEMO": str(ROOT / "demo"),
        }

    def run(self, code, *arguments):
        """Run Python in it and return the JSON that it prints."""
        command = [sys.executable, "-c", code, *arguments]
        told = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        if told.returncode:
            raise SystemExit(told.stderr[-3000:])
        return json.loads(told.stdout.splitlines()[-1])

    def manage(self, *arguments):
        """Run a management command."""
        command = [sys.executable, "-m", "gongkai.console", "manage", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )

    def start(self, what):
        """Start ``web`` or ``worker``."""
        words = ["serve", "--port", str(self.port)] if what == "web" else ["worker"]
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.console", *words],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        setattr(self, what, process)

    def kill(self, what):
        """Kill it with all that it started."""
        process = getattr(self, what)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.killed[what] += 1

    def wait(self):
        """Wait until the web process answers."""
        for _ in range(600):
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), 1),
            ):
                return
            time.sleep(0.1)
        raise SystemExit("the web process did not come back")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPEN = urllib.request.build_opener(_NoRedirect)


def fetch(url, data=None, cookie=""):
    """Return status, body and where it leads; status 0 where nobody answers.

    An answer that breaks off is no answer: whoever reads it sees that it broke off.
    """
    request = urllib.request.Request(url, data=data, headers={"Cookie": cookie} if cookie else {})
    try:
        with OPEN.open(request, timeout=20) as answer:
            return answer.status, answer.read(), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers.get("Location", "")
    except (OSError, ValueError, http.client.HTTPException) as error:
        return 0, str(error).encode(), ""


def is_whole(body):
    """Tell whether *body* is a page with an end."""
    return body.rstrip().endswith(b"</html>")


def main():
    """Ask, try, clean up."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--items", type=int, default=1000)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    chance = random.Random(asked.seed)
    folder = Path(tempfile.mkdtemp(prefix="gongkai-interruptions-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        with (folder / "log").open("w") as log:
            failed = run(Site(folder, port, log), asked, chance)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    raise SystemExit(1 if failed else 0)


@dataclass
class Trial:
    """What goes on at once, and what it finds."""

    site: Site
    chance: random.Random
    acknowledged: list = field(default_factory=list)
    halves: list = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self):
        """Return where the platform answers."""
        return f"http://127.0.0.1:{self.site.port}"

    def kill_at_random(self, times):
        """Hit one process after the other, with pauses."""
        for _ in range(times):
            if self.over.wait(self.chance.uniform(0.5, 3)):
                return
            what = self.chance.choice(("web", "worker"))
            self.site.kill(what)
            self.site.start(what)

    def read_over_http(self):
        """Fetch what was published, and the first page."""
        while not self.over.is_set():
            address = self.chance.choice(self.acknowledged)[2] if self.acknowledged else "/"
            status, body, _ = fetch(self.base + self.chance.choice(("/", address)))
            if status == 200 and not is_whole(body):
                self.halves.append(address)

    def read_in_the_folder(self):
        """Read the files as another web server would."""
        while not self.over.is_set():
            for place in list((self.site.folder / "public").rglob("*.html*"))[-200:]:
                with contextlib.suppress(FileNotFoundError):
                    body = place.read_bytes()
                    if not is_whole(gzip.decompress(body) if place.suffix == ".gz" else body):
                        self.halves.append(str(place))
            time.sleep(0.2)

    def sign(self, review, cookie, token):
        """Give the last signature; try again as long as nobody answers."""
        words = {"opinion": "agree", "digest": review[1], "csrfmiddlewaretoken": token}
        data = urllib.parse.urlencode(words).encode()
        for _ in range(100):
            status, _, leads = fetch(
                f"{self.base}/desk/information/reviews/{review[0]}/", data, cookie
            )
            if status == 302 and "login" not in leads:
                self.acknowledged.append(review)
            if status:
                return  # any other answer: it was signed before the first answer broke off
            self.site.wait()


def run(site, asked, chance):
    """Publish while processes die; tell what was found; return whether anything is wrong."""
    began = time.monotonic()
    facts = site.run(PREPARE, str(asked.items))
    print(f"{asked.items} items wait for their last signature ({time.monotonic() - began:.0f} s)")
    site.start("web")
    site.start("worker")
    site.wait()
    trial = Trial(site, chance)
    killer = threading.Thread(target=trial.kill_at_random, args=[asked.kills])
    readers = [threading.Thread(target=w) for w in (trial.read_over_http, trial.read_in_the_folder)]
    for thread in (killer, *readers):
        thread.start()
    began = time.monotonic()
    token = secrets.token_hex(16)
    cookie = f"sessionid={facts['cookie']}; csrftoken={token}"
    for review in facts["reviews"]:
        trial.sign(review, cookie, token)
    took = time.monotonic() - began
    killer.join()
    trial.over.set()
    for thread in readers:
        thread.join()
    for what in ("web", "worker"):
        site.kill(what)
    return tell(trial, asked.items, took)


def tell(trial, items, took):
    """Print the answers to the three questions; return whether one is wrong."""
    site = trial.site
    killed = {name: count - 1 for name, count in site.killed.items()}  # the last time was ours
    live = set(site.run(COUNT))
    lost = [review for review in trial.acknowledged if review[4] not in live]
    waiting = site.manage("public_pages", "--waiting")
    check = site.manage("public_pages", "--check")
    outcome = "clean" if check.returncode == 0 else (check.stdout + check.stderr)[-500:]
    print(f"killed: web {killed['web']} times, worker {killed['worker']} times, in {took:.0f} s")
    print(
        f"acknowledged {len(trial.acknowledged)} of {items}, public {len(live)}, lost {len(lost)}"
    )
    print(f"half pages: {len(trial.halves)} {trial.halves[:3]}")
    print(f"left to write: {(waiting.stdout or waiting.stderr).strip()[-200:]}")
    print(f"consistency check: {outcome}")
    return bool(lost or trial.halves or check.returncode or len(live) != items)


if __name__ == "__main__":
    main()
