"""Reading the indicators from ``law/indicators``."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gongkai.core.forms import Place, form
from gongkai.core.indicators.indicator import Breakdown, Indicator, Phrase, Words
from gongkai.law import LAW

INDICATORS = LAW / "indicators"

_KNOWN = {
    "key",
    "title",
    "definition",
    "unit",
    "part_of",
    "breakdowns",
    "places",
    "scale",
    "note",
    "phrases",
    "unless",
    "units",
}


class IndicatorError(ValueError):
    """指标数据有误：{0}"""


class UnknownIndicator(KeyError):
    """没有这个指标。"""


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return all indicators, in the order of the files and of the lines in them.

    Raises:
        IndicatorError: A key or a title stands twice, a field is unknown, or a place, a part or a whole
            does not exist.
    """
    found = tuple(
        _indicator(item, path)
        for path in sorted(INDICATORS.glob("*.yaml"))
        for item in _read(path)["indicators"]
    )
    _refuse_what_does_not_fit(found)
    return found


@cache
def _by_key() -> Mapping[str, Indicator]:
    return {item.key: item for item in indicators()}


@cache
def _by_title() -> Mapping[str, Indicator]:
    return {item.title: item for item in indicators()}


def indicator(key: str) -> Indicator:
    """Return the indicator *key*, such as ``requests.received``.

    Raises:
        UnknownIndicator: There is none.
    """
    try:
        return _by_key()[key]
    except KeyError:
        raise UnknownIndicator(key) from None


def indicator_titled(title: str) -> Indicator:
    """Return the indicator that offices call *title*, such as 收到申请数.

    Raises:
        UnknownIndicator: There is none.
    """
    try:
        return _by_title()[title.strip()]
    except KeyError:
        raise UnknownIndicator(title) from None


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as stream:
        data = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    return dict(data)


def _indicator(data: Mapping[str, Any], path: Path) -> Indicator:
    if unknown := data.keys() - _KNOWN:
        raise IndicatorError(f"{path.name} 的 {data.get('key')} 有不认识的项 {sorted(unknown)}")
    return Indicator(
        key=data["key"],
        title=data["title"],
        definition=data["definition"],
        unit=data["unit"],
        part_of=data.get("part_of"),
        breakdowns=tuple(
            Breakdown(item["by"], tuple(item["parts"]), item["whole"], tuple(item.get("forms", ())))
            for item in data.get("breakdowns", ())
        ),
        places={
            key: tuple(Place(*place.split("/")) for place in places)
            for key, places in data.get("places", {}).items()
        },
        scale={key: Decimal(factor) for key, factor in data.get("scale", {}).items()},
        note=data.get("note"),
        phrases=tuple(
            Phrase(
                _pattern(item["say"]), _pattern(item.get("about", "")), tuple(item.get("units", ()))
            )
            for item in data.get("phrases", ())
        ),
        unless=tuple(word.replace("的", "") for word in data.get("unless", ())),
        units=tuple(data.get("units", ())),
    )


def _pattern(text: str) -> tuple[Words, ...]:
    """Read ``收到/受理…申请``: any of the words before ``…``, later any of those after it.

    The particle 的 comes and goes in Chinese prose, so no pattern has it.
    """
    return tuple(tuple(step.replace("的", "").split("/")) for step in text.split("…") if step)


def _refuse_what_does_not_fit(found: tuple[Indicator, ...]) -> None:
    keys = {item.key for item in found}
    for name in ("key", "title"):
        seen = [getattr(item, name) for item in found]
        if twice := {value for value in seen if seen.count(value) > 1}:
            raise IndicatorError(f"{name} 重复：{'、'.join(sorted(twice))}")
    for item in found:
        if missing := set(_mentioned(item)) - keys:
            raise IndicatorError(f"{item.key} 提到的 {'、'.join(sorted(missing))} 不是指标")
        for key, places in item.places.items():
            for place in places:
                if place not in form(key):
                    raise IndicatorError(f"{item.key} 在 {key} 中的位置 {place} 不存在")


def _mentioned(item: Indicator) -> Iterator[str]:
    if item.part_of:
        yield item.part_of
    for breakdown in item.breakdowns:
        yield from breakdown.parts
