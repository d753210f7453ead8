"""From what stands in a cell to what an item holds."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from gongkai.core import codes
from gongkai.core.refusal import Refusal
from gongkai.domain.information.models.item import Kind, Publicity
from gongkai.domain.review.models import Importance


class NotADay(Refusal):
    """{field}“{value}”看不懂。请写成 2024-03-01 这样的日期。"""


class NotAChoice(Refusal):
    """{field}“{value}”不在可选范围内。请改为：{choices}。"""


class TooLong(Refusal):
    """{field}有 {length} 字，超过 {limit} 字。请缩短。"""


_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?")
_PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119
_YES = frozenset({"是", "√", "1", "y", "yes", "true"})
_NO = frozenset({"否", "×", "0", "n", "no", "false", "无"})
LIMITS: Mapping[str, int] = {
    "title": 300,
    "index_number": 80,
    "document_number": 100,
    "keywords": 200,
    "source": 120,
    "editor": 60,
    "registration_number": 80,
    "summary": 2000,
    "ground_note": 2000,
    "address": 500,
}


def text(cell: Any) -> str:
    """Return what stands in a cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
        )
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("_x000D_", "").replace("\0", "").strip()


def day(value: str, *, field: str) -> date | None:
    """Return the day written in *value*, in any of the ways offices write one.

    Raises:
        NotADay: Nobody could tell which.
    """
    given = unicodedata.normalize("NFKC", value).strip()
    if not given:
        return None
    parts = _DAY.fullmatch(given) or _PACKED.fullmatch(given)
    try:
        if parts:
            return date(*map(int, parts.groups()))
        if given.isdigit() and int(given) in _EXCEL_DAYS:
            return _EXCEL_ZERO + timedelta(days=int(given))
    except ValueError:
        pass
    raise NotADay(field=field, value=value[:40])


def choice(value: str, choices: Mapping[str, str], *, field: str) -> str:
    """Return the key among *choices*, label to key, that *value* names.

    Raises:
        NotAChoice: With what there is.
    """
    given = re.sub(r"\s+", "", value)
    if not given:
        return ""
    for label, key in choices.items():
        if given in (label, key):
            return key
    shown = list(dict.fromkeys(choices))
    raise NotAChoice(field=field, value=value[:40], choices="、".join(shown[:24]))


@cache
def topics() -> Mapping[str, str]:
    """Return the subjects by what people write: 综合政务/政务公开, or a second level that is unique."""
    known = codes.topics()
    named: dict[str, str] = {}
    seen: dict[str, list[str]] = {}
    for key, topic in known.items():
        seen.setdefault(_close(topic.label), []).append(key)
        above = known.get(topic.parent)
        named[_close(f"{above.label}/{topic.label}" if above else topic.label)] = key
    for label, keys in seen.items():
        if len(keys) == 1:
            named.setdefault(label, keys[0])
    return named


def topic(value: str, *, field: str) -> str:
    """Return the key of the subject that *value* names, on one level or two."""
    given = re.sub(r"[\\＼>＞→|]|--", "/", value)
    key = topics().get(_close(given))
    if key is None and value.strip() in codes.topics():
        key = value.strip()
    if key is None and value.strip():
        classes = [t.label for t in codes.topics().values() if not t.parent]
        raise NotAChoice(field=field, value=value[:40], choices="；".join(classes))
    return key or ""


def genre(value: str, *, field: str) -> str:
    """Return the key of the kind of document."""
    return choice(
        value,
        {entry.label: key for key, entry in codes.genres().items()}
        | {"命令": "order", "令": "order"},
        field=field,
    )


def publicity(value: str, *, field: str) -> str:
    """Return the key of the publicity; open where nothing is said."""
    named = {str(label): key for key, label in Publicity.choices} | {
        "免予公开": "closed",
        "公开": "open",
        "主动": "open",
        "依申请": "on-request",
        "不公开": "closed",
    }
    return choice(value, named, field=field) or Publicity.OPEN.value


def ground(value: str, *, field: str) -> str:
    """Return the key of the reason to withhold."""
    return choice(
        value, {entry.label: key for key, entry in codes.exemptions().items()}, field=field
    )


def importance(value: str, *, field: str) -> str:
    """Return the importance; general where nothing is said."""
    named = {str(label): key for key, label in Importance.choices}
    return choice(value, named, field=field) or Importance.GENERAL.value


def kind(value: str, *, field: str) -> str:
    """Return which regime the document has of its own."""
    plain = value.strip().lower()
    if plain in _NO:
        return Kind.OTHER.value
    if plain in _YES:
        return Kind.NORMATIVE.value
    named = {str(label): str(key) for key, label in Kind.choices} | {
        "规范性文件": "normative",
        "政府规章": "rule",
    }
    return choice(value, named, field=field)


def short(key: str, value: str, *, field: str) -> str:
    """Return *value* if it is not too long for its place.

    Raises:
        TooLong: It is.
    """
    limit = LIMITS.get(key)
    if limit is not None and len(value) > limit:
        raise TooLong(field=field, length=len(value), limit=limit)
    return value


Read = Callable[..., Any]
READERS: Mapping[str, Read] = {
    "made_on": day,
    "published_on": day,
    "formed_on": day,
    "effective_on": day,
    "expires_on": day,
    "topic": topic,
    "genre": genre,
    "publicity": publicity,
    "ground": ground,
    "importance": importance,
    "kind": kind,
}


def _close(label: str) -> str:
    return re.sub(r"[\s（()）]", "", label)
