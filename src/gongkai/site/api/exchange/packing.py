"""Writing a package."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.domain.information.models import ItemFile
from gongkai.foundation import clock
from gongkai.foundation.attachments import places
from gongkai.site.api.dumps import line
from gongkai.site.api.exchange import signing
from gongkai.site.api.models import Change, Kind
from gongkai.site.api.routes import changes_in_full

FORMAT = "gongkai.exchange/1"
MANY = 500
BLOCK = 2**20
MOMENT = (1980, 1, 1, 0, 0, 0)
"""Of every file in the ZIP: the same content makes the same bytes."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written.

    Attributes:
        first: After which number of the journal it begins.
        last: Up to which it goes; the next package begins after it.
    """

    place: Path
    first: int
    last: int
    records: int
    files: int


def export(place: Path, *, after: int = 0) -> Packed:
    """Write to *place* everything that changed in public behind the number *after*, signed.

    Raises:
        NoKey: This platform has no key.
    """
    key = signing.own_key()
    fresh = place.with_name(f".{place.name}.new")
    told: list[dict[str, Any]] = []
    digests: dict[str, int] = {}
    last, count = after, 0
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open(_entry("records.jsonl"), "w", force_zip64=True) as out:
            seal, size = hashlib.sha256(), 0
            for page in _pages(after):
                for facts in changes_in_full(page, with_data=True):
                    data = f"{line(facts)}\n".encode()
                    out.write(data)
                    seal.update(data)
                    size += len(data)
                    count += 1
                digests |= _public_files(page)
                last = page[-1].sequence
        told.append({"name": "records.jsonl", "size": size, "sha256": seal.hexdigest()})
        for digest, length in sorted(digests.items()):
            _copy(package, digest)
            told.append({"name": f"files/{digest}", "size": length, "sha256": digest})
        manifest = {
            "format": FORMAT,
            "signer": signing.fingerprint(key.public_key()),
            "made": clock.now().isoformat(timespec="seconds"),
            "after": after,
            "upto": last,
            "records": count,
            "files": told,
        }
        signed = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        package.writestr(_entry("manifest.json"), signed)
        package.writestr(_entry("manifest.sig"), key.sign(signed))
    fresh.replace(place)
    return Packed(place, after, last, count, len(digests))


def _pages(after: int) -> Iterator[list[Change]]:
    while page := list(Change.objects.filter(sequence__gt=after).order_by("sequence")[:MANY]):
        yield page
        after = page[-1].sequence


def _public_files(page: list[Change]) -> dict[str, int]:
    """Return digest and size of the public copies of what is public now."""
    keys = [change.key for change in page if change.kind == Kind.ITEM]
    files = ItemFile.objects.filter(item__in=keys, item__live=True).exclude(
        stored__public_digest=""
    )
    return dict(files.values_list("stored__public_digest", "stored__public_size"))


def _copy(package: zipfile.ZipFile, digest: str) -> None:
    entry = _entry(f"files/{digest}")
    with places.open_public(digest) as source, package.open(entry, "w", force_zip64=True) as out:
        while block := source.read(BLOCK):
            out.write(block)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
