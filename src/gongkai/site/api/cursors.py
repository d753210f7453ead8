"""Where a reader of a list has come to, as an opaque word."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from gongkai.core.refusal import Refusal

LONGEST = 200


class BadCursor(Refusal):
    """cursor 不对。请原样使用上一页返回的 next，或去掉 cursor 从头开始。"""


def write(*parts: Any) -> str:
    """Return the cursor that says *parts*, JSON."""
    told = json.dumps(parts, separators=(",", ":"), default=str).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def read(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """Return the parts of *cursor*, of the *kinds* expected.

    Raises:
        BadCursor: It is none of ours, or of another list.
    """
    try:
        if len(cursor) > LONGEST:
            raise BadCursor
        padded = cursor + "=" * (-len(cursor) % 4)
        told = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, binascii.Error, RecursionError):
        raise BadCursor from None
    fits = isinstance(told, list) and len(told) == len(kinds)
    # bool is an int to Python, and a number beyond 64 bits one that no database takes
    if not fits or not all(
        type(part) is kind and not (isinstance(part, int) and not 0 <= part < 2**63)
        for part, kind in zip(told, kinds, strict=True)
    ):
        raise BadCursor
    return list(told)
