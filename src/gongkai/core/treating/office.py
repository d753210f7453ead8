"""DOCX, XLSX and PPTX: what was found is changed in the elements that it was read from.

The readers of ``core/screening/files`` tell for each stretch of the text where in the file it came from; a number
that Word has split over several runs is one stretch with several origins. Afterwards the same words go wherever else
they stand in the package: in the fallback of a text box, the address of a link, a formula, a description.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lxml import etree

from gongkai.core.cleaning import strip_metadata
from gongkai.core.cleaning.metadata import SLIDES, WORD, WORKBOOK
from gongkai.core.cleaning.office import CONTENT_TYPES
from gongkai.core.cleaning.opened import Opened
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.sources.errors import Bomb, Damaged, Unreadable
from gongkai.core.extraction.sources.limits import (
    MAX_ARCHIVE_DEPTH,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
)
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.redaction.stream import bare
from gongkai.core.screening import Hit, Word, WordList, screen_text
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.office import embedded_in, local
from gongkai.core.screening.files.opening import office_kind
from gongkai.core.screening.files.slides import read_slides
from gongkai.core.screening.files.word import FALLBACK, read_word
from gongkai.core.screening.files.workbook import read_workbook
from gongkai.core.treating.changes import Change, changes_of
from gongkai.core.treating.chosen import CELLS, EMBEDDED, PAGES, REVISIONS, Chosen
from gongkai.core.treating.errors import NothingFound, StillThere
from gongkai.core.treating.hidden import without_hidden
from gongkai.core.treating.leaves import (
    CALCULATION,
    CELL,
    STRINGS,
    Leaves,
    drop_point,
    forget_calculation,
)
from gongkai.core.treating.parts import without_parts

Read = Callable[[Package, Material], None]
FORMATS: Mapping[str, tuple[str, Read]] = MappingProxyType(
    {"docx": (WORD, read_word), "xlsx": (WORKBOOK, read_workbook), "pptx": (SLIDES, read_slides)}
)
PARTS = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
TOGETHER = ("{*}p", "{*}si", "{*}is", "{*}comment", "{*}threadedComment", "{*}cm")
"""Elements whose words are one stretch, however many runs they are split into."""
LEAST = 5
"""Letters from which a word is looked for in the rest of the file; a shorter one stands there by chance."""


def treat_office(data: bytes, kind: str, chosen: Chosen, depth: int = 0) -> tuple[bytes, int]:
    """Return the file without what was chosen and without the names of its authors, and how many places were changed.

    Office files inside it are treated likewise. Call it through :meth:`gongkai.core.extraction.guarding.Guard.call`.

    Args:
        data: The file.
        kind: ``docx``, ``xlsx`` or ``pptx``.
        chosen: What is to be done.
        depth: Inside how many other files it is.

    Raises:
        NothingFound: The rule finds nothing.
        StillThere: The words stand in a part that cannot be changed.
        Unreadable: It is damaged, has a password, or unpacks to too much.
    """
    if len(data) > MAX_FILE_BYTES:
        raise Bomb(limit=f"{MAX_FILE_BYTES >> 20} MB")
    media_type, read = FORMATS[kind]
    package = Opened(data, kind.upper())
    if len(package.members()) > MAX_MEMBERS:
        raise Damaged(kind=kind.upper())
    material = Material(kind, remembers=True)
    read(package, material)
    if chosen.rule == EMBEDDED:
        return _cleaned(package, media_type, without_parts, chosen, len(embedded_in(package)))
    inside = _treat_embedded(package, chosen, depth)
    if (whole := REVISIONS.get(chosen.rule)) or chosen.rule in CELLS | PAGES:
        count = inside + sum(chosen.takes(hit) for hit in material.traces())
        leave_out = without_hidden if chosen.rule in CELLS else without_parts
        return _cleaned(package, media_type, None if whole else leave_out, chosen, count)
    text = material.text()
    hits = [*screen_text(text, word_list=chosen.word_list), *material.traces()]
    changes = changes_of(hits, chosen)
    if not changes and not inside:
        raise NothingFound
    leaves = Leaves(package.xml(STRINGS) if STRINGS in package else None)
    _change(material, changes, leaves)
    gone = _words_gone(hits, chosen)
    _sweep(package, gone, leaves, only_fallback=not chosen.everywhere)
    if leaves.calculated and CALCULATION in package:
        forget_calculation(package)
    made = package.written(without={CALCULATION} if leaves.calculated else ())
    made = strip_metadata(made, media_type, revisions="keep")
    if chosen.everywhere and (left := _left(made, gone, kind)):
        raise StillThere(count=left)
    return made, len(changes) + inside


def _cleaned(
    package: Opened,
    media_type: str,
    leave_out: Callable[[Opened, str], Iterable[str]] | None,
    chosen: Chosen,
    count: int,
) -> tuple[bytes, int]:
    """Return the package without the parts to *leave_out*, or without tracked changes or comments."""
    if not count:
        raise NothingFound
    made = package.written(without=leave_out(package, chosen.rule) if leave_out else ())
    revisions = REVISIONS.get(chosen.rule, "keep")
    return strip_metadata(made, media_type, revisions=revisions), count


def _treat_embedded(package: Opened, chosen: Chosen, depth: int) -> int:
    """Treat the Office files inside *package*; return how many places in them were changed.

    Of one that cannot be opened, nothing is known: it is found when the file is looked at again.
    """
    count = 0
    for part in embedded_in(package) if depth < MAX_ARCHIVE_DEPTH else ():
        data = package.read(part, MAX_FILE_BYTES)
        try:
            kind = office_kind(data)
            made, changed = treat_office(data, kind, chosen, depth + 1) if kind else (data, 0)
        except Unreadable:
            continue
        package.put(part, made)
        count += changed
    return count


def _change(material: Material, changes: list[Change], leaves: Leaves) -> None:
    """Change the origins of every stretch; both are in order."""
    first = 0
    for origin in material.origins:
        while first < len(changes) and changes[first].at.end <= origin.at.start:
            first += 1
        at = first
        while at < len(changes) and changes[at].at.start < origin.at.end:
            change = changes[at]
            low = max(change.at.start, origin.at.start)
            high = min(change.at.end, origin.at.end)
            place = Span(low - origin.at.start, high - origin.at.start)
            leaves.note(origin.element, origin.words, place, change.part(low, high))
            at += 1
    leaves.apply()


def _words_gone(hits: Iterable[Hit], chosen: Chosen) -> dict[str, str]:
    """Return what must not stand in the file any more, and what takes its place."""
    return {
        hit.text: words
        for hit in hits
        if chosen.takes(hit)
        and not chosen.is_hidden
        and (words := chosen.words_for(hit)) is not None
    }


def _sweep(
    package: Opened, gone: Mapping[str, str], leaves: Leaves, *, only_fallback: bool
) -> None:
    """Put the same in the place of the words wherever else they stand in the package.

    The fallback that Word writes beside a text box says the same once more, so there every word counts.
    """
    every = WordList(Word(word, mask) for word, mask in gone.items())
    long = WordList(Word(word, mask) for word, mask in gone.items() if len(bare(word)) >= LEAST)
    for info in package.members():
        if not PARTS.search(info.filename) or info.filename == CONTENT_TYPES:
            continue
        try:
            root = package.xml(info.filename)
        except Damaged:
            continue  # an old drawing that is no XML; what stands in it is looked for at the end
        for fallback in root.iter(FALLBACK):
            _together(fallback, every)
        if only_fallback or not len(long):
            continue
        _together(root, long)
        for element in list(root.iter(etree.Element)):
            _alone(element, long, leaves)


def _together(root: etree._Element, words: WordList) -> None:
    for holder in root.iter(*TOGETHER):
        leaves = Leaves.under(holder)
        if leaves:
            raw = "".join(leaf.text or "" for leaf in leaves)
            for start, word in reversed(list(words.find(raw))):
                end = start + len(word.word)
                Leaves.put(leaves, start, end, word.right)


def _alone(element: etree._Element, words: WordList, leaves: Leaves) -> None:
    name, text = local(element), element.text or ""
    if (swept := _swept(text, words)) != text:
        if name == "f":
            leaves.freeze(element)
        elif name == "v" and (cell := element.getparent()) is not None and local(cell) == CELL:
            leaves.write(cell, swept)
        else:
            element.text = swept
            drop_point(element)
    if element.tail:
        element.tail = _swept(element.tail, words)
    for key, value in element.attrib.items():
        if (other := _swept(str(value), words)) != value:
            element.set(key, other)


def _swept(text: str, words: WordList) -> str:
    for start, word in reversed(list(words.find(text))):
        text = text[:start] + word.right + text[start + len(word.word) :]
    return text


def _left(made: bytes, gone: Mapping[str, str], kind: str) -> int:
    """Return how many words can still be found in the bytes of some part."""
    package = Package(made, kind.upper())
    words = WordList(Word(word) for word in gone if len(bare(word)) >= LEAST)
    found: set[str] = set()
    for info in package.members():
        data = package.read(info.filename)
        for coding in ("utf-8",) if PARTS.search(info.filename) else ("utf-8", "utf-16-le"):
            found |= {word.word for _, word in words.find(data.decode(coding, "replace"))}
    return len(found)
