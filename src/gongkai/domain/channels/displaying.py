"""What screens and kiosks show: public items and nothing else, asked anew each time."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

import gongkai
from gongkai.core.rendering.prose import Grid, Picture, pieces
from gongkai.core.rendering.qr import code_of
from gongkai.domain.channels.models import Screen
from gongkai.domain.channels.printing import absolute
from gongkai.domain.directory.models import Column
from gongkai.domain.directory.models.column import ColumnQuerySet
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock

FEW = 50
"""Units whose items are looked up one by one."""
KEEP = timedelta(hours=72)
"""How long a screen without network goes on showing what it has; something may have been taken back since."""
TOLD = 1500
"""Characters of an item that a screen shows; the code leads to the rest."""
TABLE = "（此处有表格，请扫码阅读全文。）"
PICTURE = "（此处有图：{alt}。请扫码查看。）"
LINKS = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)


def items_of(screen: Screen) -> ItemQuerySet:
    """Return the public items that *screen* may show, the newest first."""
    found: ItemQuerySet = Item.objects.public()
    if screen.columns.exists():
        found = found.filter(column__in=list(columns_of(screen).values_list("pk", flat=True)))
        return found.order_by("-published_on", "-pk")
    below = Organisation.objects.below(screen.organisation)
    units = list(below.values_list("pk", flat=True)[: FEW + 1])
    if len(units) <= FEW:
        found = found.filter(organisation__in=units)
    else:  # most of what is newest is theirs: going through it from the newest finds enough soon
        found = found.filter(organisation__path__startswith=screen.organisation.path)
    return found.order_by("-published_on", "-pk")


def newest(screen: Screen, count: int) -> list[Item]:
    """Return the *count* newest items that *screen* may show."""
    return loaded(items_of(screen).values_list("pk", flat=True)[:count])


def loaded(keys: Iterable[int]) -> list[Item]:
    """Return the items of *keys* in their order, those that are public; sorting keys is cheap, sorting texts is not."""
    wanted = list(keys)
    found = Item.objects.public().select_related("organisation", "column").in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def columns_of(screen: Screen) -> ColumnQuerySet:
    """Return the open columns that were chosen for *screen* with all below them, or all of its organisation."""
    chosen = list(screen.columns.values_list("path", flat=True))
    if not chosen:
        own: ColumnQuerySet = Column.objects.of(screen.organisation).open()
        return own
    within = Q()
    for path in chosen:
        within |= Q(path__startswith=path)
    found: ColumnQuerySet = Column.objects.filter(within).open()
    return found


def beat(screen: Screen) -> None:
    """Note that *screen* is on; nothing else is noted."""
    now = clock.now()
    if screen.seen is None or now - screen.seen > timedelta(seconds=30):
        Screen.objects.filter(pk=screen.pk).update(seen=now)
        screen.seen = now


def content(screen: Screen) -> dict[str, Any]:
    """Return what *screen* shows until it asks again, JSON."""
    return {
        "made": clock.now().isoformat(timespec="seconds"),
        "version": gongkai.__version__,
        "seconds": screen.seconds,
        "keep": int(KEEP.total_seconds()),
        "line": screen.line,
        "items": [_told(item) for item in newest(screen, screen.count)],
    }


def _told(item: Item) -> dict[str, object]:
    address = absolute(item.address)
    code = code_of(address)
    paragraphs, more = _paragraphs(item)
    return {
        "key": item.pk,
        "title": item.title,
        "column": item.column.title if item.column else "",
        "unit": item.organisation.name,
        "day": f"{item.published_on:%Y-%m-%d}" if item.published_on else "",
        "number": item.document_number,
        "paragraphs": paragraphs,
        "more": more,
        "address": address,
        "code": {"size": code.size, "path": code.path},
    }


def _paragraphs(item: Item) -> tuple[list[dict[str, str]], bool]:
    """Return the beginning of an item's text, and whether there is more of it."""
    found = pieces(item.body)
    told: list[dict[str, str]] = []
    count = 0
    for piece in found:
        if isinstance(piece, Grid):
            if not told or told[-1]["text"] != TABLE:
                told.append({"text": TABLE, "kind": "table"})
            continue
        if isinstance(piece, Picture):
            told.append({"text": PICTURE.format(alt=piece.alt), "kind": "table"})
            continue
        text = f"{piece.mark}{piece.text.strip()}"
        if told and count + len(text) > TOLD:
            return told, True
        kind = "heading" if piece.level else piece.align or "text"
        told.append({"text": text[:TOLD], "kind": kind})
        count += len(text)
    return told, any(isinstance(piece, Grid | Picture) for piece in found)


def without_links(body: str) -> str:
    """Return clean HTML without its links: a kiosk leads nowhere else."""
    return LINKS.sub("", body)


def sections_of(screen: Screen) -> list[Column]:
    """Return the columns that a kiosk's first page offers: those chosen, or the parts of the section."""
    chosen = screen.columns.filter(live=True).order_by("path")
    return _with_items(screen, list(chosen) or list(columns_of(screen).sections()))


def below(screen: Screen, column: Column) -> list[Column]:
    """Return the open columns right below *column* that have something to read."""
    inside = columns_of(screen).filter(path__startswith=column.path, depth=column.depth + 1)
    return _with_items(screen, list(inside))


def _with_items(screen: Screen, columns: Sequence[Column]) -> list[Column]:
    """Keep those of *columns* with public items in them or below: a kiosk leads nobody into an empty room."""
    public = Item.objects.public().filter(column=OuterRef("pk"))
    filled = columns_of(screen).filter(Exists(public)).order_by()
    paths = list(filled.values_list("path", flat=True))
    return [c for c in columns if any(path.startswith(c.path) for path in paths)]


def items_in(screen: Screen, column: Column) -> ItemQuerySet:
    """Return the public items of *column* and of all below it, the newest first."""
    inside = list(
        columns_of(screen).filter(path__startswith=column.path).values_list("pk", flat=True)
    )
    found: ItemQuerySet = Item.objects.public().filter(column__in=inside)
    return found.order_by("-published_on", "-pk")


def way_to(screen: Screen, column: Column) -> Sequence[Column]:
    """Return the columns above *column* that the kiosk shows, from the top."""
    step = column.steplen
    path = str(column.path)
    above = [path[:end] for end in range(step, len(path), step)]
    return list(columns_of(screen).filter(path__in=above, depth__gte=Column.SECTION_DEPTH))
