"""DOCX, XLSX and PPTX without properties, names of persons and paths of somebody's computer."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from gongkai.core.cleaning.errors import HasComments, HasPrograms, HasRevisions
from gongkai.core.cleaning.pictures import clean_jpeg, clean_png
from gongkai.core.cleaning.revisions import (
    ACCEPTING,
    DROPPING,
    Revisions,
    accept,
    revisions_in,
)
from gongkai.core.extraction.sources.errors import Bomb, Damaged, Unreadable
from gongkai.core.extraction.sources.limits import (
    MAX_ARCHIVE_DEPTH,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_UNPACKED_BYTES,
)
from gongkai.core.extraction.sources.packed import Package

MOMENT = (1980, 1, 1, 0, 0, 0)
CONTENT_TYPES = "[Content_Types].xml"
PROGRAMS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/|macrosheets/)")
REMOVED = re.compile(
    r"docProps/|customXml/|_xmlsignatures/|(?:word|xl|ppt)/(?:printerSettings|revisions|changesInfos|customXml)\b"
)
"""Parts that say who made the file, and with what; a signature no longer holds for a file that was changed."""
PERSONS = re.compile(
    r"(?:word/people\.xml|xl/persons/|ppt/(?:commentAuthors|authors)\.xml)|word/comments(?:Ids|Extensible)\.xml$"
)
"""Parts that comments refer to; they go unless the comments stay."""
COMMENTS = re.compile(r"word/comments\w*\.xml$|xl/(?:comments|threadedComments)|ppt/comments/")
COMMENTS_THEMSELVES = re.compile(
    r"word/comments\.xml$|xl/comments/?\w*\.xml$|xl/threadedComments/\w+\.xml$|ppt/comments/\w+\.xml$"
)
EMBEDDED = re.compile(r"(?:^|/)(?:embeddings/|afchunk)[^/]*\.(?:docx|xlsx|pptx)$", re.IGNORECASE)
PICTURE = re.compile(r"/media/[^/]+\.(jpe?g|png)$", re.IGNORECASE)
TRACE_ATTRIBUTES = re.compile(r"^(?:rsid\w*|paraId|textId)$")
TRACE_ELEMENTS = {
    "rsids", "attachedTemplate", "docVars", "mailMerge", "absPath", "fileSharing", "legacyDrawing", "revisionPtr",
    "documentProtection", "saveThroughXslt",
}  # fmt: skip
COMMENT_ELEMENTS = {"commentRangeStart", "commentRangeEnd", "commentReference"}


def clean_office(data: bytes, *, revisions: Revisions, depth: int = 0) -> bytes:
    """Return an Office file, inside *depth* others, without traces; tracked changes and comments by *revisions*."""
    package = Package(data, "Office")
    names = [info.filename for info in package.members() if not info.is_dir()]
    if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
        raise Damaged(kind="Office")
    if any(PROGRAMS.search(name) for name in names):
        raise HasPrograms
    _judge(package, names, revisions)
    gone = {
        name
        for name in names
        if REMOVED.search(name)
        or (revisions in {"refuse", *DROPPING} and PERSONS.search(name))
        or (revisions in DROPPING and COMMENTS.search(name))
    }
    gone |= {name for name in names if _relations_of(name) in gone}
    parts = {name: part for name, part in _parts(package, names) if name not in gone}
    return packed(
        {
            name: _cleaned(name, part, gone, revisions=revisions, depth=depth)
            for name, part in parts.items()
        }
    )


def _judge(package: Package, names: list[str], revisions: Revisions) -> None:
    if revisions != "refuse":
        return
    changes = sum(
        revisions_in(package.xml(name)) for name in names if re.fullmatch(r"word/\w+\.xml", name)
    )
    if changes:
        raise HasRevisions(count=changes)
    comments = 0
    for name in names:
        if COMMENTS_THEMSELVES.search(name):
            root = package.xml(name)
            comments += sum(
                1 for e in root.iter() if _local(e) in {"comment", "cm", "threadedComment"}
            )
    if comments:
        raise HasComments(count=comments)


def _parts(package: Package, names: list[str]) -> Iterator[tuple[str, bytes]]:
    left = MAX_UNPACKED_BYTES
    for name in names:
        part = package.read(name)
        left -= len(part)
        if left < 0:
            raise Bomb(limit=f"{MAX_UNPACKED_BYTES >> 20} MB")
        yield name, part


def _cleaned(name: str, part: bytes, gone: set[str], *, revisions: Revisions, depth: int) -> bytes:
    if found := PICTURE.search(name):
        try:
            return clean_png(part) if found[1].lower() == "png" else clean_jpeg(part)
        except Unreadable:
            return part  # not what its name says; nothing is known of it
    if EMBEDDED.search(name):
        return _cleaned_inside(part, revisions, depth)
    if not name.endswith((".xml", ".rels")):
        return part
    root = _root(part)
    if name == CONTENT_TYPES:
        for item in list(root):
            if (item.get("PartName") or "").lstrip("/") in gone:
                root.remove(item)
    elif name.endswith(".rels"):
        _relations(root, name, gone)
    else:
        _traces(root, revisions=revisions)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _cleaned_inside(part: bytes, revisions: Revisions, depth: int) -> bytes:
    """Return a file inside a file without traces; what it hides is a matter of the pre-check."""
    if depth >= MAX_ARCHIVE_DEPTH or len(part) > MAX_FILE_BYTES:
        return part
    try:
        return clean_office(
            part, revisions="keep" if revisions == "refuse" else revisions, depth=depth + 1
        )
    except Unreadable:
        return part  # it cannot be opened, or has programs; the pre-check says so


def _relations(root: etree._Element, name: str, gone: set[str]) -> None:
    """Take out relations to parts that are gone, and to the template on somebody's computer."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for item in list(root):
        target = item.get("Target") or ""
        path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        template = (item.get("Type") or "").endswith(("/attachedTemplate", "/printerSettings"))
        if template or (item.get("TargetMode") != "External" and path in gone):
            root.remove(item)


def _traces(root: etree._Element, *, revisions: Revisions) -> None:
    if revisions in ACCEPTING:
        accept(root)
    for element in list(root.iter()):
        name = _local(element)
        if name in TRACE_ELEMENTS or (revisions in DROPPING and name in COMMENT_ELEMENTS):
            # notes of a sheet are drawn by a part of their own; without notes there is nothing to draw, unless
            # buttons stand there too
            notes = name == "legacyDrawing"
            if not notes or (revisions in DROPPING and root.find("{*}controls") is None):
                _remove(element)
            continue
        for key in list(element.attrib):
            # comments know their answers by these
            if revisions not in {"keep", "changes"} and TRACE_ATTRIBUTES.match(
                str(key).rpartition("}")[2]
            ):
                del element.attrib[key]


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    # Word writes an alternative around what only newer versions know
    if _local(parent) in {"AlternateContent", "Choice"} and len(parent) == 1:
        _remove(parent)
    else:
        parent.remove(element)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the package, its parts in order of name and without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda n: (n != CONTENT_TYPES, n != "_rels/.rels", n)):
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def _relations_of(name: str) -> str:
    """Return the part whose relations *name* lists, or nothing."""
    folder, _, file = name.rpartition("/")
    if not file.endswith(".rels") or not folder.endswith("_rels"):
        return ""
    return posixpath.join(folder.removesuffix("_rels"), file.removesuffix(".rels"))


def _root(part: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(kind="Office") from error
    if root.getroottree().docinfo.doctype:
        raise Damaged(kind="Office")
    return root


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
