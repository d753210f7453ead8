"""Whether a case file is what it says it is, with nothing but the file in hand."""

import io
from collections.abc import Iterator
from hashlib import sha256

import pikepdf

from gongkai.core.casefile.assembling import MANIFEST
from gongkai.core.casefile.manifest import Manifest, manifest_of
from gongkai.core.refusal import Refusal


class NotACaseFile(Refusal):
    """这不是本软件编成的案卷：{reason}。"""


def verify(data: bytes, manifest: bytes | None = None) -> tuple[Manifest, tuple[str, ...]]:
    """Return the manifest of a case file and what does not agree with it, a sentence each.

    Args:
        data: The PDF file.
        manifest: The manifest as it was kept apart from the file, if it is to be compared.

    Raises:
        NotACaseFile: It is no PDF, or has no manifest.
    """
    try:
        book = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise NotACaseFile(reason="不是能打开的 PDF 文件") from error
    attached = {
        name: bytes(spec.get_file().read_bytes()) for name, spec in book.attachments.items()
    }
    if MANIFEST not in attached:
        raise NotACaseFile(reason=f"里面没有 {MANIFEST}")
    try:
        told = manifest_of(attached[MANIFEST])
    except ValueError as error:
        raise NotACaseFile(reason=f"{MANIFEST} 读不懂") from error
    return told, tuple(_faults(book, attached, told, manifest))


def _faults(
    book: pikepdf.Pdf, attached: dict[str, bytes], told: Manifest, apart: bytes | None
) -> Iterator[str]:
    if apart is not None and apart != attached[MANIFEST]:
        yield "案卷里的清单与另存的清单不同。"
    page = 1
    for number, entry in enumerate(told.pieces, 1):
        data = attached.get(entry.name)
        if entry.number != number or entry.first != page or entry.last < entry.first:
            yield f"清单第{number}件的次序或者页码不连续。"
        page = entry.last + 1
        if data is None:
            yield f"第{entry.number}件“{entry.title}”的原件不在案卷里。"
        elif sha256(data).hexdigest() != entry.sha256 or len(data) != entry.size:
            yield f"第{entry.number}件“{entry.title}”与清单上的哈希值不符，内容已被改动。"
    if told.pages != page - 1 or len(book.pages) <= told.pages:
        yield "案卷的页数与清单不符，有页被抽去或者添加。"
    for name in attached.keys() - {MANIFEST} - {entry.name for entry in told.pieces}:
        yield f"案卷里多出清单上没有的文件“{name}”。"
