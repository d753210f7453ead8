"""Checking a package, and taking it in."""

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.db.models import Max, TextField
from django.db.models.functions import Cast

from gongkai.site.api.exchange import signing
from gongkai.site.api.exchange.errors import Missing, NotAPackage, Tampered
from gongkai.site.api.exchange.packing import FORMAT
from gongkai.site.api.models import Kind, Received

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What the libraries say where the bytes of an archive make no sense."""
BLOCK = 2**20
MANIFEST_LIMIT = 64 * BLOCK
LINE_LIMIT = 64 * BLOCK
MANY = 500
FILE = re.compile(r"files/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself, its signature checked.

    Attributes:
        signer: Fingerprint of whoever signed.
        name: What we call them.
    """

    signer: str
    name: str
    after: int
    upto: int
    records: int
    sizes: dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did."""

    manifest: Manifest
    new: int
    changed: int
    gone: int
    same: int
    files: int


def verify(place: Path) -> Manifest:
    """Check signature and every digest of the package at *place*.

    Raises:
        NotAPackage: It is none, or damaged.
        NotTrusted, Forged, Tampered: It is not what a trusted platform signed.
    """
    with _opened(place) as package:
        manifest = _manifest(package)
        for name, (size, digest) in manifest.sizes.items():
            _check(package, name, size, digest)
    return manifest


def take_in(place: Path) -> Taken:
    """Check the package at *place* and keep what it tells; what is older than what is there changes nothing.

    Raises:
        Missing: It goes on where we have not come to; what was withdrawn in between would stay unknown.
        NotAPackage, NotTrusted, Forged, Tampered: See :func:`verify`.
    """
    manifest = verify(place)
    upto = _come_to(manifest.signer)
    if manifest.after > upto:
        raise Missing(after=manifest.after, upto=upto)
    left: set[str] = set()
    counts = dict.fromkeys(("new", "changed", "gone", "same"), 0)
    with _opened(place) as package:
        files = sum(_keep(package, name) for name in manifest.sizes if FILE.fullmatch(name))
        with package.open("records.jsonl") as stream, transaction.atomic():
            for some in _batches(_lines(stream)):
                for outcome in _write(some, manifest.signer, left):
                    counts[outcome] += 1
    _forget(left)
    return Taken(manifest, files=files, **counts)


def _come_to(origin: str) -> int:
    """Return the number in the journal of *origin* up to which everything was taken in; a package ends with it."""
    return Received.objects.filter(origin=origin).aggregate(last=Max("sequence"))["last"] or 0


@contextmanager
def _opened(place: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(place) as package:
            yield package
    except DAMAGED as error:
        raise NotAPackage(why=str(error)[:100] or "压缩包读不出来") from None


def _manifest(package: zipfile.ZipFile) -> Manifest:
    if package.getinfo("manifest.json").file_size > MANIFEST_LIMIT:
        raise NotAPackage(why="清单过大")
    if package.getinfo("manifest.sig").file_size > BLOCK:
        raise NotAPackage(why="签名过大")
    signed, signature = package.read("manifest.json"), package.read("manifest.sig")
    try:
        told = json.loads(signed)
        signer = str(told["signer"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAPackage(why="清单读不出来") from None
    name = signing.check(signature, signed, signer=signer)
    # from here on a trusted platform vouches for the manifest
    if told.get("format") != FORMAT:
        raise NotAPackage(why=f"格式是 {told.get('format')}，本版本认得 {FORMAT}")
    sizes = {str(f["name"]): (int(f["size"]), str(f["sha256"])) for f in told["files"]}
    strange = [n for n in package.namelist() if n not in {*sizes, "manifest.json", "manifest.sig"}]
    wrong = [n for n in sizes if n != "records.jsonl" and not FILE.fullmatch(n)]
    if (
        strange
        or wrong
        or "records.jsonl" not in sizes
        or len(package.namelist()) != len(sizes) + 2
    ):
        raise NotAPackage(why="里面的文件与清单不一致")
    return Manifest(signer, name, told["after"], told["upto"], told["records"], sizes)


def _check(package: zipfile.ZipFile, name: str, size: int, digest: str) -> None:
    """Read *name* no further than it may be long, and compare."""
    seal, read = hashlib.sha256(), 0
    with package.open(name) as stream:
        while block := stream.read(BLOCK):
            read += len(block)
            if read > size:
                raise Tampered(name=name)
            seal.update(block)
    named = name.removeprefix("files/") if FILE.fullmatch(name) else digest
    if read != size or seal.hexdigest() != digest or named != digest:
        raise Tampered(name=name)


def _keep(package: zipfile.ZipFile, name: str) -> int:
    """Put a file under its digest; tell whether it was new."""
    digest = name.removeprefix("files/")
    place = _place(digest)
    if place.exists():
        return 0
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    with package.open(name) as source, fresh.open("wb") as out:
        shutil.copyfileobj(source, out, BLOCK)
    fresh.replace(place)
    return 1


def _lines(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    while text := stream.readline(LINE_LIMIT):
        yield json.loads(text)


def _batches(lines: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for told in lines:
        some.append(told)
        if len(some) == MANY:
            yield some
            some = []
    if some:
        yield some


def _digests(data: dict[str, Any] | None) -> set[str]:
    named = {str(each["sha256"]) for each in (data or {}).get("files", ())}
    return {
        each for each in named if FILE.fullmatch(f"files/{each}")
    }  # and no way out of the folder


def _forget(digests: set[str]) -> None:
    """Take away the files that belong to nothing any more: what was withdrawn does not stay with us."""
    rows = Received.objects.annotate(said=Cast("data", TextField()))
    for digest in digests:
        if not rows.filter(said__contains=digest).exists():
            _place(digest).unlink(missing_ok=True)


def _place(digest: str) -> Path:
    return signing.folder() / "files" / digest[:2] / digest


def _write(some: list[dict[str, Any]], origin: str, left: set[str]) -> Iterator[str]:
    """Keep what is newer than what is there; *left* gathers the files that a thing no longer has."""
    keys = [told["key"] for told in some]
    there = {
        (row.kind, row.key): row for row in Received.objects.filter(origin=origin, key__in=keys)
    }
    made: list[Received] = []
    changed: list[Received] = []
    for told in some:
        old = there.get((told["kind"], told["key"]))
        if old is not None and old.sequence >= told["sequence"]:
            yield "same"
            continue
        row = old or Received(origin=origin, kind=Kind(told["kind"]), key=told["key"])
        left |= _digests(row.data) - _digests(told["data"])
        row.sequence, row.is_gone = told["sequence"], bool(told["gone"])
        row.at, row.data = datetime.fromisoformat(told["at"]), told["data"]
        (changed if old else made).append(row)
        yield "gone" if row.is_gone else "changed" if old else "new"
    Received.objects.bulk_create(made)
    Received.objects.bulk_update(changed, ["sequence", "is_gone", "at", "data"])
