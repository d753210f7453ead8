"""The plan made into organisations, items with their reviews, releases and gazette issues, by the usual actions."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from benchmarks.notices import notice
from django.db import transaction
from scripts.replay.plans import Plan, Thing
from scripts.replay.published import CHANNELS, OTHER

from gongkai.core.codes import categories, genres, topics
from gongkai.domain.channels.actions import compose, include, issue, release_many
from gongkai.domain.channels.models import Gazette, Release
from gongkai.domain.channels.models.release import GAZETTE
from gongkai.domain.directory.actions import set_up_all
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import Reviewed, publish_many
from gongkai.domain.information.events import shown
from gongkai.domain.information.models import Item
from gongkai.domain.organisations import actions as organisations
from gongkai.domain.organisations.models import Organisation, Post
from gongkai.domain.review.actions import SigningStep, set_chain
from gongkai.domain.review.models import Chain
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader

BATCH = 500
PER_ISSUE = 10
"""Articles in an issue of the gazette, at most."""
EVIDENCE = "重演数据，没有纸质审批单"
LEVELS = {
    "xinxiang": ("prefecture", "county"),
    "dayu": ("county",),
    "gaoping": ("county", "township"),
}
OUTSIDE = ("press", "broadcast", "board", "screen", "handbook")
"""What was published in other ways went out in one of these."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: the government, its units in the order of the plan, and those who act."""

    top: Organisation
    units: list[Organisation]
    clerk: Reader
    head: Reader
    office: Reader
    archive: Reader
    """Takes in what was reviewed elsewhere; signs nothing."""
    chain: Chain
    signers: list[User]


def found(plan: Plan) -> Cast:
    """Return the organisations and people of *plan*, founded where they are not there yet."""
    name = f"重演单位（{plan.key} {plan.published.year}）"
    levels = LEVELS[plan.key]
    with transaction.atomic():
        top = Organisation.objects.filter(name=name).first()
        if top is None:
            top = organisations.found(
                parent=None, name=name, short="重演", kind="government", level=levels[0], by=None
            )
            for at, (level, _, _) in enumerate(plan.rows):
                organisations.found(
                    parent=top,
                    name=f"重演单位第{at + 1:03}号",
                    kind="department" if level == 0 else "government",
                    level=levels[level],
                    by=None,
                )
            _engage(top)
            set_up_all(Organisation.objects.below(top), by=None)
    people = {u.username: u for u in User.objects.filter(username__startswith="replay-")}
    office = Reader.of(people["replay-office"])
    chain = Chain.objects.active().filter(organisation=top).first()
    if chain is None:
        steps = [SigningStep("办公室主任", "office", top), SigningStep("分管领导", "leader", top)]
        chain = set_chain(top, "general", steps, by=office)
    return Cast(
        top=top,
        units=list(Organisation.objects.below(top).exclude(pk=top.pk)),
        clerk=Reader.of(people["replay-clerk"]),
        head=Reader.of(people["replay-head"]),
        office=office,
        archive=Reader.of(people["replay-archive"]),
        chain=chain,
        signers=[people["replay-office"], people["replay-leader"]],
    )


def _engage(top: Organisation) -> None:
    for name, role in (
        *((r, r) for r in ("clerk", "head", "office", "leader")),
        ("archive", "office"),
    ):
        user = organisations.engage(
            username=f"replay-{name}", name=f"重演{name}", password=None, organisation=top, by=None
        )
        where = Organisation.objects.below(top) if role in ("clerk", "head") else [top]
        Post.objects.bulk_create(
            Post(user=user, organisation=unit, role=role, since=date(2008, 5, 1)) for unit in where
        )


@contextmanager
def without_pages() -> Iterator[None]:
    """Have nobody listen to what is shown: no page is outdated, nothing goes into the search index."""
    kept, shown.receivers = shown.receivers, []
    shown.sender_receivers_cache.clear()
    try:
        yield
    finally:
        shown.receivers = kept
        shown.sender_receivers_cache.clear()


def build(plan: Plan, cast: Cast, *, tell: Progress = lambda _: None) -> int:
    """Publish what is not there yet; return how many that were. What was stopped goes on where it was."""
    columns: dict[int, dict[str, Column]] = defaultdict(dict)
    for column in Column.objects.filter(organisation__in=cast.units).holding_items():
        columns[column.organisation_id][column.key] = column
    fresh = 0
    for at, unit in enumerate(cast.units):
        things = plan.things(at)
        there = Item.objects.filter(organisation=unit).count()
        tell(sum(1 for _ in islice(things, there)))
        while batch := list(islice(things, BATCH)):
            with (
                transaction.atomic()
            ):  # items and releases together, so that counting items tells what is done
                _publish(unit, batch, columns[unit.pk], cast)
            fresh += len(batch)
            tell(len(batch))
    return fresh


def _publish(
    unit: Organisation, batch: list[Thing], columns: dict[str, Column], cast: Cast
) -> None:
    items = publish_many(
        unit,
        [Reviewed(_values(thing, columns)) for thing in batch],
        chain=cast.chain,
        signers=cast.signers,
        evidence=EVIDENCE,
        by=cast.archive,
    )
    out: dict[str, list[Item]] = defaultdict(list)
    for item, thing in zip(items, batch, strict=True):
        if thing.open and thing.outlet:
            out[_outlet(thing)].append(item)
    for outlet, gone in out.items():
        if outlet != "website":
            release_many(gone, outlet, evidence=EVIDENCE, by=cast.office, alone=True)


def issue_gazettes(plan: Plan, cast: Cast) -> int:
    """Let the issues of the gazette appear, one after the other, of what went out in it; return how many are out.

    Which item stood in which issue nobody published; each has a few of its stretch of the year.
    """
    count, year = plan.published.gazettes, plan.published.year
    out = Release.objects.filter(outlet=GAZETTE, organisation__in=cast.units).order_by("on", "item")
    keys = list(out.values_list("item", flat=True))
    for number in range(1, count + 1):
        if Gazette.objects.issued().filter(year=year, number=number).exists():
            continue
        first, last = (len(keys) * n // count for n in (number - 1, number))
        facts = {
            "title": "重演公报",
            "year": year,
            "number": number,
            "total": number,
            "day": date(year, number * 12 // count, 28),
            "print_run": 1,
        }
        with transaction.atomic():
            gazette = compose(cast.top, by=cast.office, **facts)
            mine = Item.objects.filter(pk__in=keys[first : min(last, first + PER_ISSUE)])
            include(gazette, mine, by=cast.office)
            issue(gazette, by=cast.office)
    return Gazette.objects.issued().filter(organisation=cast.top, year=year).count()


def _outlet(thing: Thing) -> str:
    if thing.outlet == OTHER:
        return OUTSIDE[thing.serial % len(OUTSIDE)]
    return CHANNELS[thing.outlet]


TOPICS = [key for key, topic in topics().items() if not topic.parent]
GENRES = [key for key, genre in genres().items() if genre.direction != "up"]


def _values(thing: Thing, columns: dict[str, Column]) -> dict[str, object]:
    words = notice(thing.serial + 1)
    values: dict[str, object] = {
        "title": words.title[:300],
        "body": words.html,
        "document_number": words.number
        if not thing.normative
        else f"重演规〔{thing.day.year}〕{thing.serial}号",
        "keywords": " ".join(words.keywords),
        "topic": TOPICS[thing.serial * 7 % len(TOPICS)],
        "genre": GENRES[thing.serial * 5 % len(GENRES)],
        "made_on": thing.day,
        "published_on": thing.day,
        "column": _column(thing, columns),
        "source": "重演数据",
    }
    if thing.normative:
        values["kind"] = "normative"
    if not thing.open:
        values |= {"publicity": "closed", "ground": "internal", "ground_note": "重演数据"}
    return values


def _column(thing: Thing, columns: dict[str, Column]) -> Column:
    if thing.normative:
        return columns["policy-normative"]
    wanted = columns_of(thing.category)
    keys = [key for key in columns if (key in wanted if wanted else key not in _sorted())]
    return columns[keys[thing.serial % len(keys)]]


def columns_of(category: str) -> tuple[str, ...]:
    """Return the preset columns whose items belong to *category*, nothing for the last one."""
    return categories()[category].columns if category else ()


@cache
def _sorted() -> frozenset[str]:
    return frozenset(key for category in categories().values() for key in category.columns)
