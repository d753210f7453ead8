"""A hash chain: entries of which none can be changed, removed or slipped in unnoticed.

Each entry is sealed with the digest of its own content and of the entry before it. The content is
written as canonical JSON (keys sorted, no spaces, UTF-8), so that anybody can compute the same
digest with any language. The algorithm is named in every digest (``sha256:…``).

What a chain cannot show by itself is that its *end* was cut off. Whoever keeps the number and
digest of an entry outside the database (:class:`Seal`) can ask for it later.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.core.refusal import Refusal

FORMAT = "gongkai.trail/1"
ALGORITHM = "sha256"
START = f"{ALGORITHM}:{'0' * 64}"
"""What the first entry has before it."""


class BrokenChain(Refusal):
    """第 {number} 条留痕断链：{why}。此前 {intact} 条完好。"""


class NotAChain(Refusal):
    """这不是留痕导出文件：{why}。请使用 gongkai trail export 导出的文件。"""


@dataclass(frozen=True, slots=True)
class Seal:
    """The number of an entry and its digest: enough to find out later whether it still stands."""

    number: int
    digest: str


def canonical(content: Any) -> bytes:
    """Return *content* as canonical JSON."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(content: Any) -> str:
    """Return the digest of *content* with the name of the algorithm."""
    return f"{ALGORITHM}:{hashlib.new(ALGORITHM, canonical(content)).hexdigest()}"


def verify(entries: Iterable[Mapping[str, Any]], *, expect: Seal | None = None) -> Seal:
    """Walk over *entries*, oldest first, and return the seal of the last one.

    Args:
        entries: Mappings with ``number`` (from 1, without gaps), ``previous``, ``digest`` and
            whatever else was sealed.
        expect: An entry that must be among them, noted down earlier outside the database.

    Raises:
        BrokenChain: At the first entry that does not follow from the one before it.
    """
    last = Seal(0, START)
    seen = expect is None
    for entry in entries:
        number = last.number + 1
        if entry.get("number") != number:
            raise BrokenChain(
                number=number, intact=last.number, why=f"编号不连续，读到 {entry.get('number')}"
            )
        if entry.get("previous") != last.digest:
            raise BrokenChain(number=number, intact=last.number, why="与上一条的摘要不衔接")
        content = {key: value for key, value in entry.items() if key != "digest"}
        if entry.get("digest") != digest(content):
            raise BrokenChain(number=number, intact=last.number, why="内容与摘要不符")
        last = Seal(number, entry["digest"])
        seen = seen or last == expect
    if not seen and expect is not None:
        raise BrokenChain(
            number=expect.number, intact=last.number, why="与另行保存的摘要不符，或末尾已被截断"
        )
    return last
