"""Opening and building in the background, page by page."""

from django.db import transaction
from django.urls import reverse

from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.redaction import (
    NewPage,
    Page,
    Proposal,
    Working,
    all_covers,
    open_working,
    paper,
    proposals,
    read_pages,
    rebuilt,
    redacted_text,
    remainders,
    secrecy_warnings,
    text_proposals,
    text_remainders,
)
from gongkai.core.redaction.preparing import screen_pages, screen_picture
from gongkai.core.redaction.stream import bare
from gongkai.core.redaction.verifying import verify, verify_text
from gongkai.domain.redaction import queries
from gongkai.domain.redaction.events import BUILT
from gongkai.domain.redaction.models import (
    MarkState,
    Redaction,
    RedactionMark,
    RedactionPage,
    Stage,
)
from gongkai.domain.redaction.words import lines_of, text_pages
from gongkai.domain.redaction.working import (
    chunks,
    guard,
    keep_working,
    sealed,
    source_bytes,
    working_bytes,
)
from gongkai.foundation.attachments.making import keep_made
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

CLASSIFIED = (
    "文件带有密级标志或者工作秘密标志：遮住标志不等于解密，请先按程序解密或者审查后再公开。"
)
LONGEST_TEXT = 2000
MOST_REMAINDERS = 200
"""Places that are listed; more are counted."""


@job("redaction.prepare", title="打开文件，查找个人信息", priority=10)
def prepare(progress: Progress, *, redaction: int) -> None:
    """Make the pages of a source ready for the screen and propose what to cover."""
    found = Redaction.objects.select_related("source").get(pk=redaction)
    if found.stage != Stage.PREPARING:
        return  # a worker that was slow to say so had done it: what people marked since stays
    try:
        with guard() as guarded:
            data = source_bytes(found)
            working = guarded.call(open_working, data, found.source.name)
            progress.start(working.pages)
            found.pages.all().delete()
            found.marks.all().delete()
            if working.form == "text":
                made = guarded.call(text_proposals, working.text)
                notes = guarded.call(secrecy_warnings, working.text)
                places = _text_pages(found, working.text)
            else:
                pages = _screen_pages(found, working.data, working.pages, guarded, progress)
                made = guarded.call(proposals, pages)
                notes = guarded.call(secrecy_warnings, pages)
                places = []
    except Unreadable as why:
        Redaction.objects.filter(pk=found.pk).update(stage=Stage.FAILED, notes=[str(why)])
        raise
    _propose(found, made, places)
    _ready(found, working, data, [*working.notes, *([CLASSIFIED] if notes else [])])
    progress.finish(found.get_absolute_url(), f"共 {found.page_count} 页，自动提议 {len(made)} 处")


def _screen_pages(
    found: Redaction, data: bytes, count: int, guarded: Guard, progress: Progress
) -> list[Page]:
    pages: list[Page] = []
    for numbers in chunks(count):
        for shown in guarded.call(screen_pages, data, numbers):
            page = shown.page
            pages.append(page)
            RedactionPage.objects.create(
                redaction=found,
                number=page.number,
                width=page.width,
                height=page.height,
                lines=lines_of(page),
                picture=sealed(shown.picture, "page.png"),
            )
            progress.step(f"第 {page.number} 页")
    return pages


def _text_pages(found: Redaction, text: str) -> list[tuple[int, int]]:
    places = []
    for number, (start, end, lines) in enumerate(text_pages(text), 1):
        RedactionPage.objects.create(redaction=found, number=number, lines=lines)
        places.append((start, end))
    return places


def _propose(found: Redaction, made: tuple[Proposal, ...], places: list[tuple[int, int]]) -> None:
    for each in made:
        mark = each.mark
        page = mark.page
        if mark.span is not None:
            start = mark.span.start
            page = next((at for at, (_, end) in enumerate(places, 1) if start < end), 1)
        RedactionMark.objects.create(
            redaction=found,
            page=page,
            boxes=mark.as_json()["boxes"],
            start=mark.span.start if mark.span else None,
            end=mark.span.end if mark.span else None,
            ground=mark.ground,
            is_automatic=True,
            rule=mark.rule,
            is_again=each.again,
            state=MarkState.PROPOSED,
            text=each.text[:LONGEST_TEXT],
        )


def _ready(found: Redaction, working: Working, data: bytes, notes: list[str]) -> None:
    keep_working(found, working, data)
    found.form, found.notes = working.form, notes
    found.page_count = found.pages.count()
    found.stage = Stage.MARKING
    found.save(update_fields=["working", "form", "notes", "page_count", "stage"])


@job("redaction.build", title="生成遮盖后的文件并检查", priority=10)
def build(progress: Progress, *, redaction: int) -> None:
    """Make the output of the marks that count, look at it with other readers, and show its pages."""
    found = Redaction.objects.select_related("source", "working").get(pk=redaction)
    if found.stage != Stage.BUILDING:
        return
    owner = progress.job.owner
    by = Reader.of(owner) if owner else None
    try:
        if found.is_text:
            build_text(found, by)
        else:
            build_pages(found, by, progress)
    except BaseException:
        # whatever happened, the marks can be worked on again
        Redaction.objects.filter(pk=found.pk).update(stage=Stage.MARKING)
        raise
    said = "检查通过" if found.verification["passed"] else "检查没有通过"
    progress.finish(reverse("redaction:compare", args=[found.pk]), said)


def build_pages(found: Redaction, by: Reader | None, progress: Progress) -> None:
    """Make the PDF file."""
    data = working_bytes(found)
    marks = [mark.as_core(is_text=False) for mark in queries.accepted(found)]
    progress.start(2 * found.page_count)
    made: list[NewPage] = []
    with guard() as guarded:
        for numbers in chunks(found.page_count):
            made += guarded.call(rebuilt, data, marks, numbers)
            progress.step(f"第 {made[-1].source.number} 页", count=len(numbers))
        # what makes the file is not asked what it covered: the source is read again
        pages: list[Page] = []
        for numbers in chunks(found.page_count):
            pages += guarded.call(read_pages, data, numbers)
        known = guarded.call(proposals, pages)
    output = paper(made)
    covered = all_covers(pages, marks)
    verification = verify(output, pages, covered)
    left = remainders(pages, covered, known)
    for page in found.pages.all():
        page.result = sealed(screen_picture(output, page.number), "page.png")
        page.save(update_fields=["result"])
        progress.step(f"检查第 {page.number} 页")
    words = "\n".join("".join(line.text for line in page.lines) for page in made)
    found.output = keep_made(output, _name(found, "pdf"), "pdf", by=by, text=words)
    _built(
        found,
        verification.as_json(),
        [
            {
                "page": each.page,
                "boxes": [[box.left, box.top, box.right, box.bottom] for box in each.boxes],
                "text": each.text,
            }
            for each in left
        ],
        by,
    )


def build_text(found: Redaction, by: Reader | None) -> None:
    """Make the plain text."""
    source = working_bytes(found).decode("utf-8")
    marks = [mark.as_core(is_text=True) for mark in queries.accepted(found)]
    text = redacted_text(source, marks)
    output = text.encode("utf-8")
    verification = verify_text(output, source, marks)
    left = [
        {"page": _page_of(found, span.start), "boxes": [], "text": word}
        for span, word in text_remainders(source, marks)
    ]
    found.output = keep_made(output, _name(found, "txt"), "txt", by=by, text=text)
    _built(found, verification.as_json(), left, by)


def _built(
    found: Redaction,
    verification: dict[str, object],
    left: list[dict[str, object]],
    by: Reader | None,
) -> None:
    if found.output is None:
        return
    found.verification = verification
    found.remainders = left[:MOST_REMAINDERS]
    found.marks_digest = queries.digest_of_marks(found)
    found.output_digest = found.output.digest
    found.stage = Stage.BUILT
    with transaction.atomic():
        found.save()
        record(
            BUILT,
            by=by,
            on=found,
            facts={
                "output": f"sha256:{found.output_digest}",
                "marks": f"sha256:{found.marks_digest}",
                "passed": bool(verification["passed"]),
            },
        )


def _name(found: Redaction, ending: str) -> str:
    """Return what the output is called: after the source, unless that tells what is covered."""
    stem = found.source.name.rpartition(".")[0] or found.source.name
    words = {bare(mark.text) for mark in queries.accepted(found)}
    if any(len(word) > 1 and word in bare(stem) for word in words):
        return f"区分处理后的文件.{ending}"
    return f"{stem[:80]}（区分处理）.{ending}"


def _page_of(found: Redaction, start: int) -> int:
    """Return the page on which a place of a plain text is shown."""
    for page in found.pages.all():
        ends = [word[2] for line in page.lines for word in line]
        if ends and start < max(ends):
            return page.number
    return 1
