"""Numbers of applications, without gap or double, and the secret codes of applicants."""

import secrets

from django.db import connection

from gongkai.domain.applications.models import Counter
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.sealing import fingerprint, fingerprints

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that cannot be taken for another one."""
CODE_LENGTH = 8
TABLE = Counter._meta.db_table
ADVANCE = f"""INSERT INTO {TABLE} (scope, last) VALUES (%s, %s)
    ON CONFLICT (scope) DO UPDATE SET last = {TABLE}.last + excluded.last RETURNING last"""  # noqa: S608  # the name of our own table


def take(organisation: Organisation, year: int, count: int = 1) -> list[str]:
    """Return the next *count* numbers of *organisation*, inside the caller's transaction.

    Two who ask at once wait for each other; what is not committed gives its number back.
    """
    scope = f"application-{organisation.pk}-{year}"
    last = advance(scope, count)
    return [f"{year}-{organisation.pk:05}-{n:05}" for n in range(last - count + 1, last + 1)]


def advance(scope: str, count: int = 1) -> int:
    """Move the counter *scope* on by *count* and return where it stands, inside a transaction."""
    with connection.cursor() as cursor:
        # one way to the database and back, whether the counter is there or not
        cursor.execute(ADVANCE, [scope, count])
        (last,) = cursor.fetchone()
    return int(last)


def new_code() -> str:
    """Return a secret code as it is told to the applicant, once: ``7KQ2-M4XW``."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def mark_of(number: str, code: str) -> str:
    """Return what is kept of the *code* of the application *number*."""
    return fingerprint(f"{number}|{_plain(code)}")


def fits(number: str, code: str, mark: str) -> bool:
    """Tell whether *code* is the one that *mark* was made of, in constant time."""
    known = fingerprints(f"{number}|{_plain(code)}")
    return any([secrets.compare_digest(each, mark) for each in known])  # noqa: C419  # all of them, always


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign in ALPHABET)
