"""The SQLite file as an office uses it: several processes writing at once lose nothing."""

import os
import subprocess
import sys

WRITER = """
import django; django.setup()
from django.db import transaction
from gongkai.foundation.trail import Event, record
SEEN = Event("tests.seen", "看到")
for _ in range(20):
    with transaction.atomic():
        record(SEEN)
"""
VERIFY = """
import django; django.setup()
from django.core.management import call_command
from gongkai.foundation.trail import queries
print(queries.verify().number)
"""


def test_processes_that_write_at_once_make_one_chain(tmp_path):
    environment = os.environ | {
        "GONGKAI_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings.development",
    }

    def run(*arguments):
        return subprocess.Popen([sys.executable, *arguments], env=environment)

    assert run("-m", "gongkai.console", "manage", "migrate", "trail", "-v0").wait() == 0
    writers = [run("-c", WRITER) for _ in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    count = subprocess.check_output([sys.executable, "-c", VERIFY], env=environment, text=True)
    assert int(count) == 60
