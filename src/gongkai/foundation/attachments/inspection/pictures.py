"""Pictures: whole, of a bearable size, and what they say they are."""

import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from gongkai.foundation.attachments import errors

MOST_PIXELS = 80_000_000
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)


def told_by(head: bytes) -> str | None:
    """Return the kind of picture that *head* begins, or ``None``."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def tell(path: Path, name: str, kind: str) -> str:
    """Return *kind* if the picture at *path* is one that can be shown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=[kind.upper()]) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise _too_many(name, width, height)
                picture.verify()
    except Image.DecompressionBombError as error:
        raise _too_many(name, 0, 0) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise errors.Damaged(name=name, what="图片") from error
    return kind


def _too_many(name: str, width: int, height: int) -> errors.TooManyPixels:
    return errors.TooManyPixels(
        name=name, limit=MOST_PIXELS // 10_000, width=width or "？", height=height or "？"
    )
