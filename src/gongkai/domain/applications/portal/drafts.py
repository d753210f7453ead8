"""Drafts: begun, kept in the session, put away under a code, found again, swept."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from gongkai.domain.applications.numbering import ALPHABET
from gongkai.domain.applications.portal.errors import NoSuchDraft, TooManyFiles
from gongkai.domain.applications.portal.models import Draft, DraftFile, Role
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.attachments.scans import readable
from gongkai.foundation.sealing import fingerprint, fingerprints, receive_sealed
from gongkai.foundation.sealing.models import SealedFile

OPEN_FOR = timedelta(days=1)
"""A draft that nobody put away: long enough for a lost connection, short for a borrowed computer."""
KEPT_FOR = timedelta(days=7)
SESSION = "apply.draft"
GROUPS, GROUP = 3, 4
MOST_FILES = 5
MEGABYTE = 2**20
LIMITS = {Role.IDENTITY: 10 * MEGABYTE, Role.MATERIAL: 20 * MEGABYTE}
SCAN_SECONDS = 20
"""Time for opening a TIFF; less than the desk has, since anybody may bring one."""
KINDS = {
    Role.IDENTITY: ("pdf", "jpeg", "png", "webp"),
    Role.MATERIAL: ("pdf", "jpeg", "png", "webp", "docx", "xlsx", "doc", "xls", "wps", "et", "txt"),
}


def begin(organisation: Organisation, session: SessionBase, **content: Any) -> Draft:
    """Begin a draft to *organisation* and have the session name it."""
    draft: Draft = Draft.objects.create(
        organisation=organisation, content=content, expires=clock.now() + OPEN_FOR
    )
    session[SESSION] = draft.pk
    return draft


def current(session: SessionBase) -> Draft | None:
    """Return the draft that the session names, if it may still be used."""
    key = session.get(SESSION)
    if key is None:
        return None
    found = Draft.objects.select_related("organisation").filter(pk=key).first()
    return found if found is not None and found.is_current else None


def address(draft: Draft, organisation: Organisation) -> None:
    """Have *draft* go to *organisation*: whoever chose the wrong one keeps all that was written."""
    if draft.organisation_id != organisation.pk:
        draft.organisation = organisation
        # what that organisation has published has not been looked at yet
        draft.content = {**draft.content, "seen": False}
        draft.save(update_fields=["organisation", "content"])


def write(draft: Draft, content: Mapping[str, Any]) -> None:
    """Keep what was typed, right or wrong: whoever comes back finds it."""
    draft.content = {**draft.content, **content}
    draft.expires = max(draft.expires, clock.now() + OPEN_FOR)
    draft.save(update_fields=["content", "expires"])


def bring(draft: Draft, upload: Any, role: Role) -> DraftFile:
    """Take in a file; the identity document replaces the one that was there.

    Raises:
        NotTaken: It may not come in.
        TooManyFiles: There are enough.
    """
    held = draft.files.filter(role=role)
    if role == Role.MATERIAL and held.count() >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    sealed = taken_in(upload, role)
    if role == Role.IDENTITY:
        held.delete()
    fresh: DraftFile = DraftFile.objects.create(draft=draft, sealed=sealed, role=role)
    return fresh


def taken_in(upload: Any, role: Role) -> SealedFile:
    """Return *upload* sealed; a TIFF becomes a PDF file.

    Raises:
        NotTaken: It may not come in.
        Unreadable: It is a TIFF that is damaged or too much.
    """
    scan = readable(upload, most=LIMITS[role], seconds=SCAN_SECONDS)
    return receive_sealed(scan, None, kinds=KINDS[role], most=LIMITS[role])


def put_away(draft: Draft) -> str:
    """Keep *draft* for a week and return the code that opens it; a code given before is void."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    draft.code_mark = fingerprint(f"draft|{signs}")
    draft.expires = clock.now() + KEPT_FOR
    draft.save(update_fields=["code_mark", "expires"])
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def find(code: str) -> Draft:
    """Return the draft that was put away under *code*.

    Raises:
        NoSuchDraft: There is none.
    """
    signs = "".join(sign for sign in code.upper() if sign in ALPHABET)
    marks = fingerprints(f"draft|{signs}")
    found = Draft.objects.filter(code_mark__in=marks, application=None).first()
    if len(signs) != GROUPS * GROUP or found is None or not found.is_current:
        raise NoSuchDraft
    return found


def forget(session: SessionBase) -> None:
    """Take away the draft that the session names, unless it was put away, and the name from the session."""
    key = session.pop(SESSION, None)
    if key is not None:
        Draft.objects.filter(pk=key, code_mark="", application=None).delete()


def sweep() -> int:
    """Take away what has expired; the sealed files go with their own sweep."""
    _, gone = Draft.objects.filter(expires__lte=clock.now()).delete()
    return gone.get(Draft._meta.label, 0)
