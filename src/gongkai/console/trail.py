"""``gongkai trail``: verify and export the trail.

A file that was exported is verified without a database and without Django.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from gongkai.core import chain
from gongkai.core.refusal import Refusal

BROKEN = 1
HEAD = "head"


class NotASeal(Refusal):
    """“{text}”不是摘要。请写成“序号:摘要”，如 120:sha256:3f…。"""


def seal_of(text: str | None) -> chain.Seal | None:
    """Return the seal written as ``120:sha256:3f…``."""
    if text is None:
        return None
    number, _, digest = text.partition(":")
    if not number.isdigit() or not digest.startswith(f"{chain.ALGORITHM}:"):
        raise NotASeal(text=text)
    return chain.Seal(int(number), digest)


@click.group()
def command() -> None:
    """核验、导出操作留痕。"""


@command.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--expect", metavar="序号:摘要", help="另行保存的摘要，必须仍在链上；用来发现末尾被截断。"
)
def verify(file: Path | None, expect: str | None) -> None:
    """核验整条留痕链；给出 FILE 时核验导出的文件，不需要数据库。"""
    wanted = seal_of(expect)
    try:
        seal = verify_file(file, wanted) if file else verify_database(wanted)
    except chain.BrokenChain as broken:
        click.echo(str(broken), err=True)
        raise SystemExit(BROKEN) from None
    click.echo(f"留痕完好，共 {seal.number} 条。末条摘要：{seal.number}:{seal.digest}")


def verify_database(expect: chain.Seal | None) -> chain.Seal:
    """Walk over the chain in the database."""
    _load_platform()
    from gongkai.foundation.trail import queries  # noqa: PLC0415  # platform only

    return queries.verify(expect)


def verify_file(file: Path, expect: chain.Seal | None) -> chain.Seal:
    """Walk over the chain in an exported file and compare it with what its first line says."""
    with file.open("rb") as stream:
        head = _json(next(iter(stream), b""), 1)
        if head.get("format") != chain.FORMAT:
            raise chain.NotAChain(why=f"第一行没有写明格式 {chain.FORMAT}")
        seal = chain.verify(
            (_json(line, n) for n, line in enumerate(stream, start=2)), expect=expect
        )
    said = chain.Seal(head.get("count", 0), head.get(HEAD, ""))
    if seal != said:
        raise chain.BrokenChain(
            number=seal.number + 1, intact=seal.number, why=f"文件开头写明共 {said.number} 条"
        )
    return seal


def _json(line: bytes, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise chain.NotAChain(why=f"第 {number} 行不是一条记录")
    return found


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """把整条留痕链导出到 FILE，交给外部核验。"""
    _load_platform()
    from gongkai.foundation import clock  # noqa: PLC0415  # platform only
    from gongkai.foundation.trail import queries  # noqa: PLC0415

    seal = queries.verify()
    head = {
        "format": chain.FORMAT,
        "algorithm": chain.ALGORITHM,
        "count": seal.number,
        HEAD: seal.digest,
        "exported": clock.now().isoformat(),
    }
    with file.open("wb") as stream:
        for entry in _upto(seal.number, head, queries.entries()):
            stream.write(chain.canonical(entry) + b"\n")
    click.echo(f"已导出 {seal.number} 条到 {file}。核验：gongkai trail verify {file}")


def _upto(
    count: int, head: dict[str, Any], entries: Iterator[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the head and the first *count* entries: others may be added meanwhile."""
    yield head
    for entry in entries:
        if entry["number"] > count:
            return
        yield entry


def _load_platform() -> None:
    from gongkai.console.manage import prepare  # noqa: PLC0415

    prepare()
    import django  # noqa: PLC0415  # platform only

    django.setup()
