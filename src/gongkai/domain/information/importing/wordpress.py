"""WordPress export files (WXR): posts and pages, one by one, without entities and without the network."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from gongkai.domain.information.importing import errors

MOST_BYTES = 500 * 2**20
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_TYPES = {"post", "page"}


def posts(path: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield what each published post or page says, by the keys of our fields.

    Raises:
        NotAnExport: It is not such a file, or it is broken or hostile.
    """
    _must_be_one(path, name)
    try:
        with path.open("rb") as stream:
            walk = etree.iterparse(
                stream,
                events=("end",),
                tag="item",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                recover=False,
            )
            for _, item in walk:
                if (found := _post(item)) is not None:
                    yield found
                item.clear()
                while item.getprevious() is not None:
                    del item.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise errors.NotAnExport(name=name) from error


def _must_be_one(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        head = stream.read(20_000)
    # WordPress writes no document type; what has one wants entities
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"wordpress.org/export" not in head:
        raise errors.NotAnExport(name=name)


def _post(item: etree._Element) -> dict[str, str] | None:
    own = {
        etree.QName(child).localname: (child.text or "").strip()
        for child in item
        if "wordpress.org/export" in str(child.tag)
    }
    if own.get("post_type") not in _TYPES or own.get("status") not in {"publish", ""}:
        return None
    marks: dict[str, list[str]] = {"category": [], "post_tag": []}
    for mark in item.findall("category"):
        marks.setdefault(str(mark.get("domain", "")), []).append((mark.text or "").strip())
    return {
        "title": (item.findtext("title") or "").strip(),
        "address": (item.findtext("link") or "").strip(),
        "body": (item.findtext(_CONTENT) or "").strip(),
        "published_on": own.get("post_date", "")[:10].replace("0000-00-00", ""),
        "editor": (item.findtext(_CREATOR) or "").strip()[:60],
        "column": next((c for c in marks["category"] if c and c != "未分类"), ""),
        "keywords": " ".join(filter(None, marks["post_tag"]))[:200],
        "document_number": "",
    }
