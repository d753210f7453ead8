"""All checks on one output."""

import hashlib
import io
import re
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from gongkai.core.redaction.covering import Cover, hidden_words
from gongkai.core.redaction.letters import Page
from gongkai.core.redaction.marks import Mark
from gongkai.core.redaction.plain import BLOCKS, merged
from gongkai.core.redaction.stream import bare
from gongkai.core.redaction.verifying.finding import KINDS, Finding, Verification
from gongkai.core.redaction.verifying.pixels import pictures
from gongkai.core.redaction.verifying.searching import Searched
from gongkai.core.redaction.verifying.structure import contents, structure
from gongkai.core.redaction.verifying.words import by_pdfminer, by_pypdf, expected

NOTICE = re.compile(rf"{BLOCKS}〔[^〕]*〕")


def verify(
    output: bytes, pages: Sequence[Page], covered: Sequence[Sequence[Cover]]
) -> Verification:
    """Look at an output for everything that must not be in it.

    Args:
        output: The file that would be given out.
        pages: The pages of the source, hidden letters included.
        covered: What was to be covered on each.
    """
    hidden = hidden_words(pages, [tuple(covers) for covers in covered])
    unseen = [bare(page.hidden) for page in pages]
    searched = Searched([*hidden, *(word for word in unseen if word)])
    try:
        findings = (*_as_it_is(output, searched), *_findings(output, pages, covered, searched))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        # the reader could make nothing of it: then nobody knows what is in it
        broken = Finding("structure", "文件打不开，不能确认里面有什么")
        findings = (*_as_it_is(output, searched), broken)
    return Verification(
        findings, tuple(KINDS.values()), len(hidden), hashlib.sha256(output).hexdigest()
    )


def _as_it_is(output: bytes, searched: Searched) -> Iterator[Finding]:
    """Yield hidden words in the bytes of the file as they are, unread by anybody."""
    if found := searched.found(output, is_picture=True):
        yield Finding("bytes", f"文件的字节里找到 {len(found)} 个遮盖的词")


def _findings(
    output: bytes, pages: Sequence[Page], covered: Sequence[Sequence[Cover]], searched: Searched
) -> Iterator[Finding]:
    reader = PdfReader(io.BytesIO(output), strict=True)
    if len(reader.pages) != len(pages):
        yield Finding("pages", f"处理前 {len(pages)} 页，处理后 {len(reader.pages)} 页")
        return
    broken = [*structure(output, reader, searched), *contents(reader)]
    yield from broken
    if any(found.kind == "structure" for found in broken):
        return
    wanted = [expected(page, covers) for page, covers in zip(pages, covered, strict=True)]
    words = [
        [bare(cover.words(page)) for cover in covers]
        for page, covers in zip(pages, covered, strict=True)
    ]
    yield from by_pypdf(reader, wanted, words)
    yield from by_pdfminer(output, wanted, words)
    yield from pictures(reader, pages, covered)


def verify_text(output: bytes, source: str, marks: Sequence[Mark]) -> Verification:
    """Look at a plain text that would be given out: only what was not marked is in it, in order."""
    findings: list[Finding] = []
    gone = merged(source, marks)
    kept, at = [], 0
    for span, _ in gone:
        kept.append(source[at : span.start])
        at = span.end
    kept.append(source[at:])
    text = output.decode("utf-8", "replace")
    if len(NOTICE.findall(text)) < len(gone):
        findings.append(Finding("text", "有遮盖的地方没有留下标记"))
    pieces = NOTICE.split(text) if not NOTICE.search(source) else None
    if pieces is not None and pieces != kept:
        findings.append(Finding("text", "输出的文字和没有遮盖的文字不一致"))
    hidden = [source[span.start : span.end].strip() for span, _ in gone]
    rest = "\n".join(kept)
    searched = Searched(word for word in hidden if word not in rest)
    if found := searched.found(output):
        findings.append(Finding("bytes", f"输出里找到 {len(found)} 个遮盖的词"))
    return Verification(
        tuple(findings),
        (KINDS["text"], KINDS["bytes"]),
        len(hidden),
        hashlib.sha256(output).hexdigest(),
    )
