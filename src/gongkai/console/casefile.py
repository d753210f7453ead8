"""``gongkai casefile``: tell whether a case file is what it says it is, without database or platform."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from gongkai.core.casefile import verify as compared

BROKEN = 1


@click.group(name="casefile", options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
def command() -> None:
    """核对申请案卷。"""


@command.command(options_metavar="[选项]")
@click.argument(
    "file", metavar="案卷.pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="清单.json",
    help="另存的清单；给出时还要与案卷里的逐字相同。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def verify(ctx: click.Context, file: Path, manifest: Path | None, *, as_json: bool) -> None:
    """逐件核对案卷里的原件、页码和清单；不符时列出哪里不符，退出码为 1。"""
    told, faults = compared(file.read_bytes(), manifest.read_bytes() if manifest else None)
    if as_json:
        click.echo(json.dumps({"manifest": asdict(told), "faults": faults}, ensure_ascii=False))
    else:
        click.echo(
            f"{told.office}　{told.case}　{told.made} 编成，{len(told.pieces)}件，{told.pages}页"
        )
        for entry in told.pieces:
            click.echo(
                f"{entry.number:>4}  {entry.first}—{entry.last}页  {entry.sha256}  {entry.title}"
            )
        for fault in faults:
            click.echo(f"不符：{fault}")
        if not faults:
            click.echo("案卷与清单相符。")
    ctx.exit(BROKEN if faults else 0)
