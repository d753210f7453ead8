"""Values and files that the database, its backups and its readers must not be able to read.

A model seals columns by inheriting :class:`~.models.SealedModel` and using the fields of :mod:`.fields`::

    class Applicant(SealedModel):
        name = SealedCharField("姓名", max_length=100)
        document_number = SealedCharField("证件号码", max_length=40, blank=True)
        document_mark = FingerprintField("证件号码的标记", of="document_number")

    Applicant.objects.filter(document_mark__in=fingerprints("110101…"))   # equality, and nothing else

A :class:`~.fields.MarkField` holds ``fingerprint(…)`` of something that is kept nowhere, such as a secret code.

What is in the table is authenticated ciphertext bound to its model, column and row: a value moved elsewhere
does not open. What is read is an ordinary ``str`` that hides itself in ``repr``, and is opened only when
somebody asks for it. Queries other than "is it empty" are refused, and so are ``update()`` and
``bulk_update()`` of sealed columns; set them on the object and save it.

Files: ``receive_sealed(upload, by)`` gives a :class:`~.models.SealedFile` whose bytes are ciphertext on the disk;
``with sealed.open() as stream`` reads them. They have no text, no public copy and no address.

Keys stand in one file, ``settings.GONGKAI_KEYS``, never in the database. ``gongkai manage rotate_keys``
makes a new one and seals everything anew while the platform works.

Do not put sealed values into ``record(before=…, after=…)``: a digest of a telephone number can be guessed.
A trigger that makes rows append-only has to leave the sealed columns and fingerprints out, or keys cannot be rotated.
"""

from typing import TYPE_CHECKING

from gongkai.foundation.sealing.fields import (
    FingerprintField,
    MarkField,
    SealedCharField,
    SealedJSONField,
    SealedTextField,
)
from gongkai.foundation.sealing.marking import fingerprint, fingerprints
from gongkai.foundation.sealing.private import Private

if TYPE_CHECKING:
    from gongkai.foundation.sealing.models import SealedFile, SealedModel
    from gongkai.foundation.sealing.receiving import receive_sealed

__all__ = [
    "FingerprintField",
    "MarkField",
    "Private",
    "SealedCharField",
    "SealedFile",
    "SealedJSONField",
    "SealedModel",
    "SealedTextField",
    "fingerprint",
    "fingerprints",
    "receive_sealed",
]


def __getattr__(name: str) -> object:
    # models cannot be imported while the apps are loading
    if name in {"SealedFile", "SealedModel"}:
        from gongkai.foundation.sealing import models  # noqa: PLC0415

        return getattr(models, name)
    if name == "receive_sealed":
        from gongkai.foundation.sealing.receiving import receive_sealed  # noqa: PLC0415

        return receive_sealed
    raise AttributeError(name)
