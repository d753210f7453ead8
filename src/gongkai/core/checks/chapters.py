"""The chapters that a report must have, and what stands under them."""

from collections.abc import Iterator

from gongkai.core.checks.examined import ORDER, Examined, squeezed
from gongkai.core.checks.patterns import compiled, words_of
from gongkai.core.checks.rules import enforces, rule
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import Finding
from gongkai.core.forms import Form, Heading

FIRST_WORDS = 600
FEWEST = 3
"""With fewer chapters found the text is taken for an excerpt, of which nothing is missing."""


def _form(examined: Examined) -> Form | None:
    """Return the form whose headings apply: the one used, else the one prescribed."""
    return examined.reading.form or examined.prescribed


@enforces("chapter.missing", "chapter.unnamed", "chapter.cut-off")
def missing(examined: Examined) -> Iterator[Finding]:
    """Yield the chapters that the report does not have."""
    form = _form(examined)
    if form is None or len(examined.chapters) < FEWEST:
        return
    words = words_of(rule("chapter.missing"))
    titles = "\n".join(chapter.title for chapter in examined.chapters)
    required = [heading for heading in form.headings if not heading.optional]
    present = [heading for heading in required if words[heading.key].search(titles)]
    lacking = [heading for heading in required if heading not in present]
    # an overview often stands before the first chapter, without a heading
    lacking = [h for h in lacking if h.key != "overview" or examined.chapters[0].at.start < 80]
    if lacking and present and _cut_off(examined, lacking, present[-1], form):
        yield rule("chapter.cut-off").finding(
            f"读到“{examined.chapters[-1].title}”为止，没有{_list(lacking)}", right=_list(lacking)
        )
        return
    mentioned = [h for h in lacking if words[h.key].search(examined.text)]
    absent = [h for h in lacking if h not in mentioned]
    if absent:
        yield rule("chapter.missing").finding(
            f"没有{_list(absent)}，全文也没有提到；没有发生也应当写明", right=_list(absent)
        )
    if mentioned:
        yield rule("chapter.unnamed").finding(
            f"没有单列{_list(mentioned)}一章", right=_list(mentioned)
        )


def _cut_off(examined: Examined, lacking: list[Heading], last: Heading, form: Form) -> bool:
    """Whether only the end is lacking, of a text that stops in the middle."""
    order = {heading.key: index for index, heading in enumerate(form.headings)}
    ends = examined.text.rstrip().endswith(("。", "!", "日", ")"))
    return not ends and all(order[h.key] > order[last.key] for h in lacking)


def _list(headings: list[Heading]) -> str:
    return "、".join(
        f"“{heading.label.partition('、')[2] or heading.label}”" for heading in headings
    )


@enforces("chapter.empty")
def empty(examined: Examined) -> Iterator[Finding]:
    """Yield chapters under which nothing is written."""
    least = int(rule("chapter.empty").parameters["least"])
    chapters = examined.chapters
    if len(chapters) < FEWEST:
        return
    for chapter in chapters:
        if chapter.alone and len(squeezed(examined.text[slice(*chapter.body)])) < least:
            yield rule("chapter.empty").finding(
                f"“{chapter.title}”下面没有内容", at=(examined.span(*chapter.at),)
            )


@enforces("chapter.wording")
def wording(examined: Examined) -> Iterator[Finding]:
    """Yield headings that are worded otherwise than the form prescribes."""
    form = _form(examined)
    if form is None or not all("、" in heading.label for heading in form.headings):
        return
    words = words_of(rule("chapter.missing"))
    for heading in form.headings:
        labels = [squeezed(normal(x).text) for x in (heading.label, *heading.alias)]
        for chapter in examined.chapters:
            number = ORDER.get(heading.label.partition("、")[0])
            title = squeezed(f"{heading.label.partition('、')[0]}{chapter.title}")
            if (
                not chapter.alone
                or chapter.number != number
                or not words[heading.key].search(chapter.title)
            ):
                continue
            if not title.startswith(tuple(labels)):
                yield rule("chapter.wording").finding(
                    f"标题“{chapter.title}”，规定的写法是“{heading.label.partition('、')[2]}”",
                    left=chapter.title,
                    right=heading.label.partition("、")[2],
                    at=(examined.span(*chapter.at),),
                )


@enforces("chapter.stated")
def stated(examined: Examined) -> Iterator[Finding]:
    """Yield a number of parts announced at the beginning that is not the number there is."""
    given = rule("chapter.stated").parameters
    chapters = examined.chapters
    if len(chapters) < FEWEST:
        return
    # it is said at the very beginning
    match = compiled(given["clause"]).search(examined.text, 0, chapters[0].body.start + FIRST_WORDS)
    if match is None:
        return
    said = ORDER.get(match[1]) or (int(match[1]) if match[1].isdigit() else 0)
    whole = compiled(given["last"]).search(chapters[-1].title)  # else the end may be cut off
    if said and (len(chapters) > said or (len(chapters) < said and whole)):
        yield rule("chapter.stated").finding(
            f"自称由{match[1]}个部分组成，实际有 {len(chapters)} 个",
            left=str(said),
            right=str(len(chapters)),
            at=(examined.span(match.start(1), match.end()),),
        )


@enforces("chapter.too-long", "chapter.fees")
def contents(examined: Examined) -> Iterator[Finding]:
    """Yield what the form of 2021 asks of the first chapter and the last."""
    form, chapters = examined.reading.form, examined.chapters
    if form is None or form.reference.partition("/")[0] != _source("chapter.too-long"):
        return
    given = rule("chapter.too-long").parameters
    if chapters and "总体" in chapters[0].title:
        length = len("".join(examined.text[slice(*chapters[0].body)].split()))
        if length > given["characters"] * given["allowance"]:
            yield rule("chapter.too-long").finding(
                f"总体情况约 {length} 字，格式要求一般不超过 {given['characters']} 字",
                left=str(length),
                right=str(given["characters"]),
                at=(examined.span(*chapters[0].at),),
            )
    last = [chapter for chapter in chapters if "其他" in chapter.title]
    words = compiled(rule("chapter.fees").parameters["words"])
    if last and not words.search(last[-1].title + examined.text[slice(*last[-1].body)]):
        yield rule("chapter.fees").finding(
            "“其他需要报告的事项”没有写信息处理费的情况，没有收取也应当写明",
            at=(examined.span(*last[-1].at),),
        )


def _source(identifier: str) -> str:
    return (rule(identifier).source or "").partition("/")[0]
