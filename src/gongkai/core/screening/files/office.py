"""What every Office file may carry beside its text: properties, programs, other files, links, pictures."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from gongkai.core.extraction.sources.errors import Damaged, Unreadable
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.screening.files.image import image_format, picture_traces
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces

PROPERTIES = Where("文件属性")
PERSONAL = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "Manager": "经理",
    "Company": "单位",
    "HyperlinkBase": "超链接基础",
    "keywords": "关键词",
    "description": "备注",
    "subject": "主题",
    "category": "类别",
}
PROGRAM = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/|activeX/|attachedToolbars)"
)
EMBEDDED = re.compile(
    r"(?:^|/)(?:embeddings|afchunk)[^/]*/?|\.(?:exe|bat|cmd|vbs|js|ps1|scr|lnk)$", re.IGNORECASE
)
LOCAL = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\|/{2}[^/])")
PICTURE = re.compile(r"/media/[^/]+\.(?:jpe?g|png|webp|tiff?)$", re.IGNORECASE)


@enforces("hidden.author", "hidden.properties", "hidden.script", "hidden.linked")
def carried(package: Package, material: Material) -> None:
    """Note everything that is not the text itself."""
    names = sorted(info.filename for info in package.members())
    _properties(package, material)
    for name in names:
        if PROGRAM.search(name):
            material.trace("hidden.script", "文件里有宏或者控件", name, where=Where("宏"))
        elif PICTURE.search(name):
            _picture(package, name, material)
        elif name.endswith(".rels"):
            _links(package, name, material)


def embedded_in(package: Package) -> list[str]:
    """Return the parts that are files of their own."""
    return sorted(
        info.filename
        for info in package.members()
        if EMBEDDED.search(info.filename)
        and not PROGRAM.search(info.filename)
        and not info.filename.endswith(("/", ".rels"))
    )


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute whatever its namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def parts(package: Package, pattern: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield name and root of the parts whose name matches *pattern*, numbers counted as numbers."""
    found = [i.filename for i in package.members() if re.fullmatch(pattern, i.filename)]
    for name in sorted(found, key=lambda n: [int(x) for x in re.findall(r"\d+", n)] or [0]):
        yield name, package.xml(name)


def _properties(package: Package, material: Material) -> None:
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if part not in package:
            continue
        for element in package.xml(part).iter():
            label, value = PERSONAL.get(local(element)), (element.text or "").strip()
            if label and value:
                at = material.write(f"\n{value}", PROPERTIES)
                material.trace("hidden.author", f"文件属性里有{label}“{value[:40]}”", value, at=at)
    if "docProps/custom.xml" in package:
        for item in package.xml("docProps/custom.xml"):
            value = "".join(str(text) for text in item.itertext()).strip()
            name = attribute(item, "name") or ""
            if value and not name.startswith(("KSO", "ICV", "_")):
                at = material.write(f"\n{name}:{value}", PROPERTIES)
                words = f"自定义属性“{name}”的值是“{value[:40]}”"
                material.trace("hidden.properties", words, value, at=at)


def _links(package: Package, name: str, material: Material) -> None:
    try:
        relations = package.xml(name)
    except Damaged:
        return
    for relation in relations:
        kind = (relation.get("Type") or "").rpartition("/")[2]
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            continue
        if kind != "hyperlink" or LOCAL.match(target):
            what = {"attachedTemplate": "模板", "oleObject": "外部对象", "image": "外部图片"}.get(
                kind, "外部文件"
            )
            material.trace("hidden.linked", f"链接到{what}", target, where=Where("链接"))


def _picture(package: Package, name: str, material: Material) -> None:
    try:
        data = package.read(name)
    except Unreadable:
        return
    if image_format(data):
        picture_traces(data, material, Where(f"图片 {PurePosixPath(name).name}"))
