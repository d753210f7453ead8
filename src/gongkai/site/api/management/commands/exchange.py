"""``gongkai manage exchange``: signed packages for a network without connection."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.core.refusal import Refusal
from gongkai.foundation.trail import record
from gongkai.site.api import journal
from gongkai.site.api.events import EXPORTED, IMPORTED
from gongkai.site.api.exchange import opening, packing, signing


class Command(BaseCommand):
    """Export what changed in public, import and verify what others exported."""

    help = "离线交换：keygen 生成密钥，trust 信任对方，export 导出，verify 核验，import 导入，journal 补记"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("keygen", help="生成本平台的签名密钥，打印公钥")
        trust = verbs.add_parser("trust", help="信任另一个平台的公钥")
        trust.add_argument("public_key", type=Path)
        trust.add_argument("--name", required=True, help="对方的名称")
        export = verbs.add_parser("export", help="导出交换包")
        export.add_argument("place", type=Path)
        export.add_argument(
            "--after", type=int, default=0, help="从这个序号之后（上次导出时打印的）"
        )
        for verb, words in (("verify", "核验交换包，不导入"), ("import", "核验并导入交换包")):
            verbs.add_parser(verb, help=words).add_argument("place", type=Path)
        verbs.add_parser("journal", help="把早于变化记录的公开内容补记进去")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Do one of them."""
        try:
            self.stdout.write(getattr(self, f"_{verb}")(**options))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            place = error.filename or ""
            raise CommandError(
                f"{place} 打不开或写不进去（{error.strerror}）。请检查路径、权限和剩余空间。"
            ) from None

    def _keygen(self, **_: Any) -> str:
        return signing.make_key().strip()

    def _trust(self, *, public_key: Path, name: str, **_: Any) -> str:
        return f"已信任{name}，指纹 {signing.trust(public_key.read_bytes(), name)[:16]}。"

    def _export(self, *, place: Path, after: int, **_: Any) -> str:
        made = packing.export(place, after=after)
        facts = {"after": made.first, "upto": made.last, "records": made.records}
        record(EXPORTED, facts=facts)
        return (
            f"已导出 {made.records} 条变化、{made.files} 个附件到 {place}，"
            f"到序号 {made.last}；下次用 --after {made.last} 接着导出。"
        )

    def _verify(self, *, place: Path, **_: Any) -> str:
        found = opening.verify(place)
        return f"完好：{found.name} 签名，{found.records} 条变化，序号 {found.after + 1} 至 {found.upto}。"

    def _import(self, *, place: Path, **_: Any) -> str:
        taken = opening.take_in(place)
        facts = {"signer": taken.manifest.signer[:16], "upto": taken.manifest.upto}
        record(IMPORTED, facts=facts)
        return (
            f"已导入：新增 {taken.new} 条，更新 {taken.changed} 条，不再公开 {taken.gone} 条，"
            f"已有 {taken.same} 条，附件 {taken.files} 个。"
        )

    def _journal(self, **_: Any) -> str:
        return f"已补记 {journal.complete()} 条。"
