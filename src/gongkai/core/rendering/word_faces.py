"""The faces of official documents, and what stands in for them where they are not installed."""

from typing import Any, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from gongkai.core.rendering.word_parts import element


class Face(NamedTuple):
    """A Chinese face.

    Attributes:
        name: What Windows calls it.
        alternatives: What WPS, macOS and the domestic systems call it, best first.
        latin: The face for letters and digits set with it.
        family: Its class, by which a program finds a stand-in: ``roman``, ``modern``, ``script``.
    """

    name: str
    alternatives: tuple[str, ...]
    latin: str = "Times New Roman"
    family: str = "roman"


TITLE = Face(
    "方正小标宋简体",
    ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "思源宋体", "Noto Serif CJK SC"),
)
BODY = Face("仿宋", ("仿宋_GB2312", "FangSong", "华文仿宋", "方正仿宋_GBK", "Noto Serif CJK SC"))
KAI = Face(
    "楷体",
    ("楷体_GB2312", "KaiTi", "华文楷体", "方正楷体_GBK", "Noto Serif CJK SC"),
    family="script",
)
HEI = Face(
    "黑体",
    ("SimHei", "华文黑体", "方正黑体_GBK", "Noto Sans CJK SC"),
    latin="Arial",
    family="modern",
)
SONG = Face("宋体", ("SimSun", "华文宋体", "方正书宋_GBK", "Noto Serif CJK SC"))
FACES = (TITLE, BODY, KAI, HEI, SONG)


def declare(document: Any) -> None:
    """Write the faces with their alternatives into the document's font table."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entries = [
        element(
            "w:font",
            {"w:name": face.name},
            element("w:altName", {"w:val": ",".join(face.alternatives)}),
            element("w:charset", {"w:val": "86"}),
            element("w:family", {"w:val": face.family}),
            element("w:pitch", {"w:val": "default"}),
        )
        for face in FACES
    ]
    part._blob = _joined(part.blob, entries)  # noqa: SLF001  # python-docx keeps this part as bytes only


def _joined(blob: bytes, entries: list[Any]) -> bytes:
    root = etree.fromstring(blob)
    root.extend(entries)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
