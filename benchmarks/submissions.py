"""Submit applications on the portal all at once while the web process and the worker are killed, and look what is lost.

``python benchmarks/submissions.py [--submissions 200] [--kills 12] [--seed 7]``; on PostgreSQL with
``python scripts/postgres.py python benchmarks/submissions.py``.

Everything is real: a platform of its own in a folder that is thrown away, ``gongkai serve`` and ``gongkai worker`` as
processes, the last step of the form sent over HTTP by as many applicants at once, each from an address of its own.
SIGKILL hits one process or the other meanwhile; whoever gets no answer sends again, as a browser would. At the end:

- does every acknowledged application exist exactly once, under the number that was acknowledged?
- did every applicant get exactly one, however often it was sent?
- are the numbers without a gap or a double?
- has every one its first fact, on the day on which it arrived, its term, and its record in an unbroken trail?

Exit code 1 if one of the answers is wrong.
"""

# our own server and our own processes
# mypy: ignore-errors

import argparse
import http.client
import json
import os
import random
import re
import secrets
import shutil
import socket
import sys
import tempfile
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.interruptions import Site

NUMBER = re.compile(r"\d{4}-\d{5}-\d{5}")
PREPARE = """
import json, sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.domain.applications.portal.models import Draft
from gongkai.domain.organisations import demo as organisations
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
organisations.load(Path(settings.GONGKAI_DEMO))
unit = Organisation.objects.get(short="市财政局")
Sessions = import_module(settings.SESSION_ENGINE).SessionStore
told = []
for n in range(int(sys.argv[1])):
    content = {"kind": "natural", "name": f"申请人{n}", "document_kind": "id-card", "document_number": "11010519491231002X",
               "telephone": f"139{n:08}", "email": f"a{n}@example.invalid", "address": f"云川市河滨路{n}号",
               "matter": f"第{n:04}批防汛物资的采购合同和验收报告", "delivery": "online", "seen": True}
    draft = Draft.objects.create(organisation=unit, content=content, expires=clock.now() + timedelta(days=1))
    session = Sessions()
    session["apply.draft"] = draft.pk
    session.save()
    told.append([draft.pk, session.session_key])
print(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "drafts": told}))
"""
LOOK = """
import json
import django; django.setup()
from gongkai.domain.applications.models import Application
from gongkai.domain.applications.portal.models import Draft
from gongkai.foundation.trail.models import Record
from gongkai.foundation.trail.queries import verify
verify()
rows = []
for row in Application.objects.order_by("number"):
    facts = list(row.facts.order_by("pk"))
    told = Record.objects.filter(event="applications.registered", facts__contains=f'"{row.number}"').count()
    whole = len(facts) == 1 and facts[0].day == row.arrived.astimezone().date() and row.terms.exists()
    rows.append([row.pk, row.number, whole, told])
print(json.dumps({"rows": rows, "drafts": list(Draft.objects.values_list("pk", "application"))}))
"""


class Portal(Site):
    """The platform, on the database that the environment names."""

    @property
    def environment(self):
        """Return where everything of it lies."""
        return super().environment | {"DATABASE_URL": os.environ.get("DATABASE_URL", "")}


@dataclass
class Trial:
    """What goes on at once, and what it finds."""

    site: Portal
    facts: dict
    chance: random.Random
    acknowledged: dict = field(default_factory=dict)
    refused: list = field(default_factory=list)
    again: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def kill_at_random(self, times):
        """Hit one process or the other, with pauses, as long as somebody still submits."""
        self.go.wait()
        for _ in range(times):
            if self.over.wait(self.chance.uniform(0.3, 2.5)):
                return
            what = self.chance.choice(("web", "web", "worker"))
            self.site.kill(what)
            self.site.start(what)

    def submit(self, place, draft, session):
        """Send the last step until an answer arrives whole."""
        self.go.wait()
        token = secrets.token_hex(16)
        head = {
            "Cookie": f"{self.facts['cookie']}={session}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token})
        for _ in range(400):
            status, text = self.ask(place, head, body)
            found = NUMBER.search(text) if status == 200 else None
            if found:
                self.acknowledged[draft] = found[0]
                return
            if status in (0, 502, 503):
                self.again += 1
                time.sleep(0.3)
                continue
            self.refused.append((draft, status, text[-200:]))
            return

    def ask(self, place, head, body):
        """Return status and text of one answer; status 0 where none arrived whole."""
        mine = (f"127.1.{place // 250}.{place % 250 + 1}", 0)
        link = http.client.HTTPConnection(
            "127.0.0.1", self.site.port, timeout=60, source_address=mine
        )
        try:
            link.request("POST", "/apply/check/", body, head)
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, ValueError, http.client.HTTPException):
            return 0, ""
        finally:
            link.close()


def main():
    """Ask, try, clean up."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--submissions", type=int, default=200)
    options.add_argument("--kills", type=int, default=12)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-submissions-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        with (folder / "log").open("w") as log:
            failed = run(Portal(folder, port, log), asked)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    raise SystemExit(1 if failed else 0)


def run(site, asked):
    """Submit while processes die; tell what was found; return whether anything is wrong."""
    facts = site.run(PREPARE, str(asked.submissions))
    where = "PostgreSQL" if site.environment["DATABASE_URL"] else "SQLite"
    print(f"{asked.submissions} applicants are at the last step, {where}", flush=True)
    trial = Trial(site, facts, random.Random(asked.seed))
    site.start("web")
    site.start("worker")
    try:
        site.wait()
        threads = [
            threading.Thread(target=trial.submit, args=[place, *draft])
            for place, draft in enumerate(facts["drafts"])
        ]
        killer = threading.Thread(target=trial.kill_at_random, args=[asked.kills])
        for thread in (killer, *threads):
            thread.start()
        began = time.monotonic()
        trial.go.set()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
        trial.over.set()
        killer.join()
    finally:
        killed = dict(site.killed)
        for what in ("web", "worker"):
            site.kill(what)
    print(
        f"{len(trial.acknowledged)} acknowledged in {took:.0f} s; killed: web {killed['web']} times, "
        f"worker {killed['worker']} times; sent again {trial.again} times",
        flush=True,
    )
    return wrong(trial, site.run(LOOK), asked.submissions)


def wrong(trial, found, asked):
    """Tell what is wrong; return whether anything is."""
    numbers = [number for _, number, _, _ in found["rows"]]
    by_key = {key: number for key, number, _, _ in found["rows"]}
    became = {draft: by_key.get(application) for draft, application in found["drafts"]}
    serials = sorted(int(number.rsplit("-", 1)[1]) for number in numbers)
    answers = {
        "applications": (len(numbers), asked),
        "acknowledged but not there under that number": (
            [d for d, number in trial.acknowledged.items() if became.get(d) != number],
            [],
        ),
        "doubles": (len(numbers) - len(set(numbers)), 0),
        "numbers without a gap": (serials == list(range(1, len(serials) + 1)), True),
        "without fact, day or term": ([n for _, n, whole, _ in found["rows"] if not whole], []),
        "without exactly one record in the trail": (
            [n for _, n, _, told in found["rows"] if told != 1],
            [],
        ),
        "refused": (trial.refused[:3], []),
    }
    for question, (got, wanted) in answers.items():
        print(f"{question}: {got}{'' if got == wanted else '   WRONG'}")
    return any(got != wanted for got, wanted in answers.values())


if __name__ == "__main__":
    print(json.dumps({"load": os.getloadavg()}))
    main()
