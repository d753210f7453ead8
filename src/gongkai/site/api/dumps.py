"""Dumps as files: everything public to take away.

Items lie in parts of a thousand, so that one publication has one part written anew, however many there are;
columns, organisations and reports in one file each. Like every public page a part is gone at once when something
in it changes, and written again by a job.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models.signals import post_save
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from gongkai.core.rendering.cleaning import harmless
from gongkai.domain.directory.events import columns_changed
from gongkai.domain.information.events import shown
from gongkai.domain.information.models import Item
from gongkai.domain.information.ranges import public_ranges
from gongkai.domain.organisations.models import Guide, Organisation
from gongkai.foundation.publicfiles import PageSource, register, touch
from gongkai.oversight.reports.models import Edition
from gongkai.oversight.reports.portal.queries import issued
from gongkai.site.api import shapes

PER_PART = 1000
FARTHEST = (2**63 - 1) // PER_PART - 1
"""Part beyond which no database has a key."""
FORMATS = ("jsonl", "csv")
TYPES = {"jsonl": "application/jsonl; charset=utf-8", "csv": "text/csv; charset=utf-8"}
WHOLE: dict[str, Callable[[], Iterable[shapes.Facts]]] = {
    "columns": lambda: shapes.columns(list(shapes.columns_shown())),
    "organisations": lambda: shapes.organisations(list(Organisation.objects.order_by("pk"))),
    "reports": lambda: shapes.reports(list(issued().order_by("pk"))),
}
LONG = ("body", "text", "files", "change_notes", "guide")
"""What a table has no room for; the lines of JSON have it."""


def part_of(key: int) -> int:
    """Return the part in which the item *key* lies."""
    return key // PER_PART


def parts() -> list[int]:
    """Return the numbers of the parts that hold something."""
    return public_ranges(PER_PART)


def addresses_of(part: int) -> list[str]:
    """Return the addresses of a part."""
    return [f"/data/items/{part}.{kind}" for kind in FORMATS]


def all_pages() -> Iterator[str]:
    """Yield every address that has a file."""
    yield "/data/index.json"
    for name in WHOLE:
        yield from (f"/data/{name}.{kind}" for kind in FORMATS)
    for part in parts():
        yield from addresses_of(part)


@require_safe
def items(request: HttpRequest, number: int, format: str) -> HttpResponse:  # noqa: A002, ARG001  # the name in the address
    """Send a part of the items, in full as lines of JSON, without their texts as a table."""
    if number > FARTHEST:
        raise Http404
    shown = shapes.items_shown()
    rows = list(
        shown.filter(pk__range=(number * PER_PART, (number + 1) * PER_PART - 1)).order_by("pk")
    )
    if not rows:
        raise Http404
    return _sent(shapes.items(rows, full=format == "jsonl"), format)


@require_safe
def whole(request: HttpRequest, name: str, format: str) -> HttpResponse:  # noqa: A002, ARG001  # the name in the address
    """Send all columns, organisations or reports; or the list of all files."""
    if (name, format) == ("index", "json"):
        told = {
            "items": [address for part in parts() for address in addresses_of(part)],
            **{each: [f"/data/{each}.{kind}" for kind in FORMATS] for each in WHOLE},
        }
        return JsonResponse(told, json_dumps_params={"indent": 1})
    if name not in WHOLE:
        raise Http404
    return _sent(WHOLE[name](), format)


@require_safe
def index(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Lead people to the page that explains them."""
    return redirect("open_data")


def _sent(rows: Iterable[shapes.Facts], format: str) -> HttpResponse:  # noqa: A002  # the name in the address
    if format == "jsonl":
        body = "".join(f"{line(facts)}\n" for facts in rows).encode()
    elif format == "csv":
        body = _table(list(rows)).encode("utf-8-sig")
    else:
        raise Http404
    return HttpResponse(body, content_type=TYPES[format])


def line(facts: shapes.Facts) -> str:
    """Return *facts* as one line of JSON."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


def _table(rows: list[shapes.Facts]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if rows:
        heads = [name for name in rows[0] if name not in LONG]
        writer.writerow(heads)
        writer.writerows([_cell(row[name]) for name in heads] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    """Return *value* for a cell; nothing that a spreadsheet would take for a formula."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("label") or ""
    if isinstance(value, list):
        value = " ".join(str(each) for each in value)
    return harmless("" if value is None else str(value))


# -- listening -------------------------------------------------------------------------------------------


def listen() -> None:
    """Take part in the public files, and hear of what changes."""
    register(
        PageSource(
            name="open-data",
            title="开放数据",
            owns=("/data/",),
            gathering=("/data/",),
            all_pages=all_pages,
            looks=(Path(__file__).parent / "shapes.py", Path(__file__)),
        )
    )
    shown.connect(_items_shown, dispatch_uid="api-dumps-items")
    columns_changed.connect(_columns_changed, dispatch_uid="api-dumps-columns")
    post_save.connect(_organisation, sender=Organisation, dispatch_uid="api-dumps-unit")
    post_save.connect(_guide, sender=Guide, dispatch_uid="api-dumps-guide")
    post_save.connect(_edition, sender=Edition, dispatch_uid="api-dumps-edition")


def _items_shown(items: Iterable[int], **_: Any) -> None:
    changed = {part_of(key) for key in items}
    touch([address for part in changed for address in addresses_of(part)] + ["/data/index.json"])


def _touch_whole(name: str) -> None:
    touch([f"/data/{name}.{kind}" for kind in FORMATS])


def _touch_parts(**having: Any) -> None:
    """Note the parts whose items call a column or an organisation by its name."""
    found = Item.objects.public().filter(**having).ranges(PER_PART)
    touch([address for part in found for address in addresses_of(part)])


def _columns_changed(columns: Iterable[int], **_: Any) -> None:
    _touch_whole("columns")
    _touch_parts(column__in=list(columns))


def _organisation(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: FBT001  # Django's signature
    _touch_whole("organisations")
    if not created:
        _touch_whole("columns")
        _touch_whole("reports")
        _touch_parts(organisation=instance)


def _guide(**_: Any) -> None:
    _touch_whole("organisations")


def _edition(**_: Any) -> None:
    _touch_whole("reports")
