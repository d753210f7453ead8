"""What the page of an item shows."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q

from gongkai.core.codes import genres, publicities, topic_title, validities
from gongkai.domain.information.models import ChangeNote, Item, ItemFile, Link, NoteKind
from gongkai.domain.information.models.item import Validity
from gongkai.domain.information.models.link import BACKWARDS, Relation
from gongkai.domain.information.pictures import is_name, placed
from gongkai.domain.information.portal import addresses
from gongkai.domain.information.portal.sections import Place, Section, sections_of
from gongkai.foundation.attachments import places
from gongkai.foundation.attachments.naming import plain_name

logger = logging.getLogger(__name__)
LONGEST_NAME = 180
"""Bytes of a file's name, its ending and number left out; disks end at 255."""
SALUTATION = re.compile(r"\A(\s*)<p>([^<]{2,120}：</p>)")
STANDINGS = {
    Validity.VALID: "is-good",
    Validity.PENDING: "is-info",
    Validity.AMENDED: "is-warn",
    Validity.EXPIRED: "is-bad",
    Validity.REPEALED: "is-bad",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as the reader sees it."""

    title: str
    name: str
    address: str
    ending: str
    size: str
    digest: str
    is_picture: bool

    @property
    def is_shown(self) -> bool:
        """Tell whether browsers show it instead of saving it."""
        return self.is_picture or self.ending == "PDF"

    @property
    def href(self) -> str:
        """Return the address as a link has it."""
        return quote(self.address)


@dataclass(frozen=True, slots=True)
class Related:
    """Another public item, and what ties them."""

    word: str
    title: str
    href: str
    number: str
    day: date | None


@dataclass
class Shown:
    """A public item with everything its page says."""

    item: Item
    section: Section
    files: list[Attachment] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    notes: list[ChangeNote] = field(default_factory=list)
    folder: str = ""
    """Where the pictures of its text stand, if not where the public gets them."""

    @property
    def attached(self) -> list[Attachment]:
        """The files below the text; a picture that stands in it is no attachment."""
        return [file for file in self.files if not is_name(file.name)]

    @cached_property
    def title_lines(self) -> list[str]:
        """The title, broken behind the name of whoever issued it."""
        for name in (self.item.organisation.name, f"{self.item.organisation.name}办公室"):
            rest = self.item.title.removeprefix(name)
            if rest != self.item.title and rest.startswith("关于"):
                return [name, rest]
        return [self.item.title]

    @property
    def address(self) -> str:
        """The address of its page."""
        return addresses.item(self.item.pk)

    @property
    def whole_address(self) -> str:
        """The address as paper tells it, on which nobody can press."""
        return f"{settings.GONGKAI_PUBLIC_URL}{self.address}"

    @property
    def description(self) -> str:
        """What it is about, for those who look before they open it."""
        return self.item.summary or self.item.title

    @property
    def place(self) -> Place | None:
        """The column it stands in, where it is open."""
        return self.section.by_key.get(self.item.column_id or 0)

    @property
    def crumbs(self) -> list[Place]:
        """The way to it."""
        return self.section.chain(self.place) if self.place else []

    @property
    def is_document(self) -> bool:
        """Tell whether it looks like a document: number below the title, red line."""
        return bool(self.item.document_number)

    @cached_property
    def validity(self) -> Validity | None:
        """Whether the document is in force."""
        return self.item.validity()

    @property
    def standing(self) -> str:
        """The class of the validity banner."""
        return STANDINGS[self.validity] if self.validity else ""

    @property
    def validity_word(self) -> str:
        """Return the word that the law's table has for it."""
        return validities()[self.validity].label if self.validity else ""

    @property
    def keywords(self) -> str:
        """The keywords, as a reader takes them in."""
        return "、".join(self.item.keywords.split())

    @property
    def body(self) -> str:
        """The text; whom it is addressed to stands at the margin, as on paper."""
        text = placed(self.item.body, self.folder or self.item.folder)
        return SALUTATION.sub(r'\1<p class="flush">\2', text, count=1)

    @property
    def in_force(self) -> str:
        """Return from when to when the document is in force, as a reader asks it."""
        item = self.item
        if self.validity == Validity.REPEALED:
            return f"已于{_in_words(item.repealed_on)}废止，不再作为行政管理的依据"
        if self.validity == Validity.EXPIRED:
            return f"已于{_in_words(item.expires_on)}失效，不再作为行政管理的依据"
        told = []
        if item.effective_on:
            told.append(f"自{_in_words(item.effective_on)}起施行")
        if item.expires_on:
            told.append(f"有效期至{_in_words(item.expires_on - timedelta(days=1))}")
        return "，".join(told)

    @property
    def interpretations(self) -> list[Related]:
        """What explains it."""
        return [each for each in self.related if each.word == BACKWARDS[Relation.INTERPRETS]]

    @property
    def others(self) -> list[Related]:
        """Everything else it is tied to."""
        return [each for each in self.related if each.word != BACKWARDS[Relation.INTERPRETS]]

    @property
    def corrections(self) -> list[ChangeNote]:
        """What was put right since it was first public."""
        return [n for n in self.notes if n.kind == NoteKind.CORRECTED]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The table at the head, in the order of norms and pages in use; empty ones are left out."""
        item = self.item
        genre = genres().get(item.genre)
        rows = [
            ("索引号", item.index_number or ""),
            ("主题分类", topic_title(item.topic).replace("\\", " › ")),
            ("发布机构", item.organisation.name),
            ("体裁", genre.label if genre else ""),
            ("成文日期", _day(item.made_on)),
            ("公开日期", _day(item.published_on)),
            ("文号", item.document_number),
            ("公开方式", publicities()[item.publicity].label),
        ]
        if self.validity:
            rows += [
                ("统一登记号", item.registration_number or ""),
                ("有效性", self.validity_word),
                ("生效日期", _day(item.effective_on)),
                ("废止日期", _day(item.repealed_on))
                if item.repealed_on
                else ("失效日期", _day(item.expires_on)),
            ]
        return [(name, value) for name, value in rows if value]


def show(items: Sequence[Item]) -> dict[int, Shown]:
    """Return what the pages of *items* show, by key, with a constant number of queries."""
    sections = sections_of({item.organisation_id: item.organisation for item in items}.values())
    shown = {item.pk: Shown(item, sections[item.organisation_id]) for item in items}
    for key, files in attachments(shown).items():
        shown[key].files = files
    for key, related in _related(shown).items():
        shown[key].related = related
    for note in ChangeNote.objects.filter(item__in=shown).order_by("pk"):
        shown[note.item_id].notes.append(note)
    return shown


def public(keys: Iterable[int]) -> list[Item]:
    """Return the public items with *keys*, ready for :func:`show`.

    A row that is not what was signed has been written past the platform; it is left out and told of.
    """
    found = Item.objects.public().with_amended().filter(pk__in=list(keys))
    items = list(found.select_related("organisation"))
    files: dict[int, list[ItemFile]] = defaultdict(list)
    for file in ItemFile.objects.filter(item__in=[item.pk for item in items]):
        files[file.item_id].append(file)
    signed = []
    for item in items:
        if item.content_digest_with(files[item.pk]) == item.digest:
            signed.append(item)
        else:
            logger.error("item %s is not what was signed; its page is not written", item.pk)
    return signed


def named(item: int, files: Iterable[ItemFile]) -> list[Attachment]:
    """Return *files*, in their order, under names that a disk takes and no two share."""
    made: list[Attachment] = []
    taken: set[str] = set()
    for file in files:
        name = _name(file, taken)
        taken.add(name.casefold())
        made.append(
            Attachment(
                title=file.title,
                name=name,
                address=addresses.files(item) + name,
                ending=file.stored.ending,
                size=file.stored.size_in_words,
                digest=file.digest.rpartition(":")[2],
                is_picture=file.stored.is_picture,
            )
        )
    return made


def file_of(attachment: Attachment) -> str | None:
    """Return the path of the cleaned copy on this machine's disk, ``None`` where it lies elsewhere."""
    try:
        return str(default_storage.path(places.place_of("public", attachment.digest)))
    except NotImplementedError:
        return None


def bytes_of(attachment: Attachment) -> bytes:
    """Return the cleaned copy, from wherever it lies."""
    with places.open_public(attachment.digest) as stream:
        return bytes(stream.read())


def _name(file: ItemFile, taken: set[str]) -> str:
    ending = file.stored.kind_facts.ending
    stem = plain_name(file.title)
    if stem.lower().endswith(f".{ending}"):
        stem = stem[: -len(ending) - 1]
    stem = stem.encode()[:LONGEST_NAME].decode("utf-8", "ignore").strip(" .%#") or "附件"
    stem = stem.replace("%", "％").replace("#", "＃")
    name, number = f"{stem}.{ending}", 2
    while name.casefold() in taken:
        name, number = f"{stem}-{number}.{ending}", number + 1
    return name


def attachments(keys: Iterable[int]) -> dict[int, list[Attachment]]:
    """Return the attachments of the items *keys*, in their order; whoever asks knows that they are public."""
    rows: dict[int, list[ItemFile]] = defaultdict(list)
    files = ItemFile.objects.filter(item__in=list(keys)).select_related("stored")
    for file in files.order_by("item_id", "sort_order", "pk"):
        rows[file.item_id].append(file)
    return {key: named(key, found) for key, found in rows.items()}


def _related(keys: Iterable[int]) -> dict[int, list[Related]]:
    wanted = set(keys)
    found: dict[int, list[Related]] = defaultdict(list)
    sides = [
        f"{side}_{name}" if name == "id" else f"{side}__{name}"
        for side in ("source", "target")
        for name in ("id", "title", "document_number")
    ]
    links = Link.objects.filter(Q(source__in=wanted) | Q(target__in=wanted))
    # both are public: whoever of the two is not has no page, and is not to be named on the other's
    links = links.filter(source__live=True, target__live=True).order_by("-day", "pk")
    for relation, day, *facts in links.values_list("relation", "day", *sides):
        source, target = facts[:3], facts[3:]
        for mine, (other, title, number), word in (
            (source[0], target, Relation(relation).label),
            (target[0], source, BACKWARDS[Relation(relation)]),
        ):
            if mine in wanted:
                found[mine].append(Related(word, title, addresses.item(other), number, day))
    return found


def _in_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
