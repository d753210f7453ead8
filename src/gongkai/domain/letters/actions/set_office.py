"""How an office signs is set."""

from typing import Any

from django.db import transaction

from gongkai.core.letters import letter_number
from gongkai.domain.letters import policies
from gongkai.domain.letters.errors import MarkTaken, NotAPicture
from gongkai.domain.letters.events import OFFICE_SET, SEAL_SET
from gongkai.domain.letters.models import LetterOffice
from gongkai.domain.letters.offices import settings_of
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.sealing import receive_sealed
from gongkai.foundation.trail import record

FIELDS = ("mark", "kind", "reviewers", "court", "online", "contact", "retention")
LARGEST_SEAL = 2 * 2**20


def set_office(organisation: Organisation, *, by: Reader, **told: Any) -> LetterOffice:
    """Set what letters of *organisation* say of it: any of ``FIELDS``.

    Raises:
        NotAllowed: The post does not allow it.
        BadMark: The mark cannot be part of a number.
        MarkTaken: Another office has it.
    """
    path = str(organisation.path)
    by.must(policies.SETTINGS, path)
    if told.get("mark"):
        letter_number(told["mark"], clock.today().year, 1)
        others = LetterOffice.objects.filter(mark=str(told["mark"]).strip())
        taken = others.exclude(organisation=organisation).select_related("organisation").first()
        if taken is not None:
            raise MarkTaken(mark=taken.mark, office=taken.organisation)
    with transaction.atomic():
        row = settings_of(organisation)
        before = {name: getattr(row, name) for name in FIELDS}
        for name in FIELDS:
            if name in told:
                setattr(row, name, str(told[name] or "").strip())
        row.changed = clock.now()
        row.save()
        after = {name: getattr(row, name) for name in FIELDS}
        record(
            OFFICE_SET,
            by=by,
            act=policies.SETTINGS,
            path=path,
            on=row,
            before=before,
            after=after,
        )
    return row


def set_seal(organisation: Organisation, upload: Any, *, by: Reader) -> LetterOffice:
    """Set the picture of the seal; nothing for *upload* takes it away.

    Raises:
        NotAllowed: The post does not allow it.
        NotAPicture, NotTaken: The file is not one.
    """
    path = str(organisation.path)
    by.must(policies.SEAL, path)
    seal = receive_sealed(upload, by, most=LARGEST_SEAL) if upload else None
    if seal is not None and seal.kind not in {"png", "jpeg"}:
        raise NotAPicture
    with transaction.atomic():
        row = settings_of(organisation)
        row.seal, row.changed = seal, clock.now()
        row.save()
        record(
            SEAL_SET,
            by=by,
            act=policies.SEAL,
            path=path,
            on=row,
            facts={"seal": seal.pk if seal else None},
        )
    return row
