"""``gongkai screen``: what must not be published, or should be looked at first, in files and texts."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from gongkai.console import BAD_INPUT
from gongkai.core.checks.patterns import around
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources import Source, Unreadable, collect
from gongkai.core.screening import Hit, Screening, Word, WordList, screen_file, starter_words
from gongkai.core.screening.reference import markdown

SEVERITIES = {"block": "必须处理", "ask": "需要确认", "note": "请看一眼"}
STYLES = {"block": "bold red", "ask": "yellow", "note": "dim"}
BLOCKED = 1
WIDTH = 100
"""Columns where no terminal says."""


@click.command(
    options_metavar="[选项]",
    epilog="例：gongkai screen 公示名单.xlsx 通知.docx；gongkai screen 待发布 --json",
)
@click.argument("paths", metavar="路径…", nargs=-1, type=click.Path())
@click.option(
    "--json", "as_json", is_flag=True, help="每份文件输出一行 JSON（gongkai.screening/1）。"
)
@click.option(
    "--words",
    type=click.Path(dir_okay=False, exists=True),
    metavar="文件",
    help="本单位的词表：每行一个词，制表符后面写正确的写法。",
)
@click.option("--rules", "listing", is_flag=True, help="输出全部预检规则的说明（Markdown）。")
def command(paths: tuple[str, ...], words: str | None, *, as_json: bool, listing: bool) -> None:
    """发布前预检：查出文件里的密级标志、个人信息、隐藏内容和错别字。

    路径可以是 docx、xlsx、pptx、pdf、图片、网页、文本文件，或者装着它们的目录、zip。有必须处理的内容时退出码为 1，
    没有为 0，有文件读不了为 2。
    """
    if listing:
        click.echo(markdown(), nl=False)
        return
    if not paths:
        raise click.UsageError("缺少路径；例如 gongkai screen 公示名单.xlsx")
    word_list = starter_words() + own_words(words) if words else None
    screenings = []
    with Guard() as guard:
        for source in sources(paths):
            screening = screen(guard, source, word_list)
            screenings.append(screening)
            for problem in screening.problems:
                click.echo(f"gongkai：{screening.file}：{problem}", err=True)
            if as_json:
                click.echo(json.dumps(screening.as_json(), ensure_ascii=False))
    if not as_json:
        show(screenings)
    if any(screening.problems for screening in screenings):
        raise click.exceptions.Exit(BAD_INPUT)
    if any(screening.blocks for screening in screenings):
        raise click.exceptions.Exit(BLOCKED)


def sources(paths: Sequence[str]) -> Iterator[Source]:
    """Yield every file behind *paths*, those that only screening reads, such as pictures, included."""
    for path in map(Path, paths):
        yield from collect([path])
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.suffix.lower() in {
                    ".jpg",
                    ".jpeg",
                    ".png",
                    ".webp",
                    ".tif",
                    ".tiff",
                    ".pptx",
                }:
                    yield from (
                        s for s in collect([inner]) if inner.is_file() and not inner.is_symlink()
                    )


def screen(guard: Guard, source: Source, word_list: WordList | None) -> Screening:
    """Return the screening of *source*, done in the guarded process."""
    if source.data is None:
        return Screening(source.name, problems=(str(source.problem or Unreadable()),))
    try:
        return guard.call(screen_file, source.data, source.name, word_list=word_list)
    except Unreadable as problem:
        return Screening(source.name, problems=(str(problem),))


def own_words(path: str) -> WordList:
    """Return the list that an office keeps in a text file."""
    lines = Path(path).read_text("utf-8-sig", errors="replace").splitlines()
    pairs = (line.partition("\t") for line in lines if line.strip() and not line.startswith("#"))
    return WordList(Word(word.strip(), right.strip()) for word, _, right in pairs)


def show(screenings: Sequence[Screening]) -> None:
    """Print the hits for people, and a summary."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = WIDTH
    for screening in screenings:
        console.print(screening.file, style="bold")
        for hit in screening.hits:
            word = Text(f"  {SEVERITIES[hit.severity]}  ", style=STYLES[hit.severity])
            console.print(word + Text(hit.message, style=""))
            for line in details(screening, hit):
                console.print(f"            {line}")
        if not screening.hits and not screening.problems:
            console.print("  没有发现问题")
        console.print()
    console.print(summary(screenings))


def details(screening: Screening, hit: Hit) -> Iterator[str]:
    """Yield place, words, proposal and rule, a line each."""
    place = str(hit.where)
    if hit.at:
        line = "" if place else f"第 {screening.text.count(chr(10), 0, hit.at.start) + 1} 行"
        yield f"位置：{place or line}：“{around(screening.text, *hit.at)}”"
    elif place or hit.text:
        yield (
            f"位置：{place}：“{' '.join(hit.text.split())[:60]}”" if hit.text else f"位置：{place}"
        )
    if hit.proposal is not None:
        yield f"建议：{hit.proposal}"
    yield f"可以：{'、'.join(treatment.label for treatment in hit.treatments)}（{hit.rule}）"


def summary(screenings: Sequence[Screening]) -> str:
    """Return the closing sentence."""
    counts = Counter[str](hit.severity for screening in screenings for hit in screening.hits)
    told = "，".join(f"{word} {counts[severity]} 处" for severity, word in SEVERITIES.items())
    free = sum(not screening.blocks for screening in screenings)
    return f"共预检 {len(screenings)} 份：{told}；可以发布的 {free} 份。"
