"""What is printed and shown of gazettes and sheets: always the items as they are public now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.utils import timezone

from gongkai.core.days import in_chinese
from gongkai.core.rendering.gazette import Article, IssuedGazette, Part
from gongkai.core.rendering.prose import Picture, Piece, pieces, texts
from gongkai.core.rendering.sheet import Posted, Sheet
from gongkai.domain.channels.models import Gazette, GazetteEntry
from gongkai.domain.information.models import ChangeNote, Item, ItemFile, NoteKind
from gongkai.domain.information.pictures import HOME
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.attachments import places

REARRANGED = "本电子版已按出版以后的更正和撤回重新编排，页码可能与纸质版不同。"
A_PICTURE = 150
"""Characters whose room a picture takes."""
POSTED = 900
"""Characters of a notice that are posted; the code leads to the rest."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of an issue as the public may read it now."""

    entry: GazetteEntry
    item: Item | None
    """Nothing where it is no longer public: not even its title is shown."""
    note: str = ""
    address: str = ""

    @property
    def title(self) -> str:
        """Return its title."""
        return self.item.title if self.item else ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what stands below the title."""
        if self.item is None:
            return ()
        return tuple(line for line in (self.item.document_number,) if line)


def shown(gazette: Gazette) -> list[Shown]:
    """Return the documents of *gazette* in their order; two queries."""
    entries = list(
        gazette.entries.select_related("item", "item__organisation").order_by("place", "pk")
    )
    corrected: dict[int, date] = {}
    notes = ChangeNote.objects.filter(
        item__in=[entry.item_id for entry in entries], kind=NoteKind.CORRECTED
    )
    for note in notes.order_by("pk"):
        corrected[note.item_id] = timezone.localtime(note.at).date()
    return [_shown(gazette, entry, corrected.get(entry.item_id)) for entry in entries]


def _shown(gazette: Gazette, entry: GazetteEntry, corrected: date | None) -> Shown:
    item = entry.item
    if not item.live:
        day = timezone.localtime(item.withdrawn_at).date() if item.withdrawn_at else None
        note = f"本文已于{in_chinese(day)}撤回" if day else "本文已不再公开"
        return Shown(entry, None, note, item.address)
    note = ""
    if gazette.is_issued and entry.digest != item.digest:
        when = f"于{in_chinese(corrected)}" if corrected else "在出版后"
        note = f"本文{when}更正，此处为更正后的文本"
    return Shown(entry, item, note, item.address)


def by_section(documents: Iterable[Shown]) -> list[tuple[str, list[Shown]]]:
    """Return *documents* under their headings."""
    return [
        (heading, list(group))
        for heading, group in groupby(documents, key=lambda each: each.entry.section)
    ]


def printed(gazette: Gazette) -> IssuedGazette:
    """Return *gazette* as it is set on paper."""
    documents = shown(gazette)
    parts = tuple(
        Part(heading, tuple(article(each) for each in group))
        for heading, group in by_section(documents)
    )
    return IssuedGazette(
        title=gazette.title,
        agency=gazette.organisation.name,
        year=gazette.year,
        number=gazette.number,
        total=gazette.total,
        day=gazette.day,
        parts=parts,
        imprint=tuple(imprint(gazette)),
        notes=(REARRANGED,) if any(d.note for d in documents) else (),
        pictures=pictures_of(document.item for document in documents if document.item),
    )


def article(document: Shown) -> Article:
    """Return a document as it is set on paper."""
    return Article(
        key=str(document.entry.pk),
        title=document.title,
        lines=document.lines,
        pieces=pieces(document.item.body) if document.item else (),
        note=document.note,
    )


def imprint(gazette: Gazette) -> list[str]:
    """Return the lines at the foot of the cover."""
    editor = f"　编辑：{gazette.editor}" if gazette.editor else ""
    lines = [f"主办：{gazette.organisation.name}{editor}"]
    facts = [
        gazette.serial,
        f"印数：{gazette.print_run} 份" if gazette.print_run else "",
        "免费赠阅",
    ]
    lines.append("　".join(fact for fact in facts if fact))
    return [*lines, gazette.contact] if gazette.contact else lines


def sheet_of(items: Sequence[Item], organisation: Organisation, *, day: date) -> Sheet:
    """Return the notice-board sheet of *items*, which must be public, as posted on *day*."""
    guide = getattr(organisation, "guide", None)
    reached = (guide.office, guide.telephone) if guide else ()
    return Sheet(
        title="政务公开栏",
        agency=organisation.name,
        day=day,
        contact="　".join(part for part in reached if part),
        notices=tuple(_posted(item) for item in items),
        pictures=pictures_of(items),
    )


def pictures_of(items: Iterable[Item]) -> dict[str, bytes]:
    """Return the pictures in the texts of *items*, by their address in the text; one query."""
    rows = ItemFile.objects.filter(item__in=[item.pk for item in items], item__live=True)
    found: dict[str, bytes] = {}
    for file in rows:
        if file.in_text and file.digest:
            with places.open_public(file.digest) as stream:
                found[f"{HOME}{file.title}"] = stream.read()
    return found


def _posted(item: Item) -> Posted:
    whole = pieces(item.body)
    told = _beginning(whole)
    day = f"{in_chinese(item.published_on)}公开" if item.published_on else ""
    return Posted(
        title=item.title,
        line="　".join(
            part for part in (item.document_number, item.organisation.name, day) if part
        ),
        pieces=told,
        address=absolute(item.address),
        more=len(told) < len(whole),
    )


def _beginning(whole: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return as many pieces as are posted, at least one."""
    kept: list[Piece] = []
    count = 0
    for piece in whole:
        count += A_PICTURE if isinstance(piece, Picture) else sum(map(len, texts((piece,))))
        if kept and count > POSTED:
            break
        kept.append(piece)
    return tuple(kept)


def absolute(address: str) -> str:
    """Return the whole address at which the public reads *address*."""
    return f"{settings.GONGKAI_PUBLIC_URL}{address}"
