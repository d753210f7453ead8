"""For pytest: quick passwords, jobs at once, no files left behind."""

import atexit
import shutil
import tempfile
from pathlib import Path

from gongkai.site.settings import environment
from gongkai.site.settings.base import *  # noqa: F403  # settings are names in a module
from gongkai.site.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105  # protects nothing
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
GONGKAI_PUBLIC = (
    None  # what a test writes there, the next would read; who wants files asks for a folder
)
GONGKAI_PAGE_PROCESSES = 1
GONGKAI_WRITE_VISITS = False  # who counts in a test writes in the test
# in memory where that is to be had: every publication is a commit that waits for the disk
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own in it
GONGKAI_SEARCH_INDEX = Path(
    tempfile.mkdtemp(prefix="gongkai-search-", dir=MEMORY if MEMORY.is_dir() else None)
)
atexit.register(shutil.rmtree, GONGKAI_SEARCH_INDEX, ignore_errors=True)
FOLDER = Path(tempfile.mkdtemp(prefix="gongkai-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
GONGKAI_UPLOADS = FOLDER / "uploads"
GONGKAI_KEYS = FOLDER / "sealing.json"
MEDIA_ROOT = str(FOLDER / "media")
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
if not environment.DATABASE_URL:
    # a file, as in an office, so that several connections meet; nothing needs to reach the disk
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # no connection outlives its test
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
