"""What must be settled before an item is handed in: questions that other areas ask of it.

An area that has something to say registers a gate in its ``AppConfig.ready``; the gate raises a Refusal.
"""

from collections.abc import Callable, Iterator
from typing import Final

from django.utils import timezone

from gongkai.core.refusal import Refusal
from gongkai.domain.information.errors import (
    FilesNotReady,
    NoGround,
    NotComplete,
    OverAlready,
    PicturesUntold,
    TimedChange,
)
from gongkai.domain.information.models.item import Item, Publicity
from gongkai.domain.information.pictures import pictures_in
from gongkai.foundation import clock

Gate = Callable[[Item], None]
_gates: Final[list[Gate]] = []


def gate(check: Gate) -> Gate:
    """Have *check* asked of every content that is handed in for review."""
    if check not in _gates:
        _gates.append(check)
    return check


def must_pass(content: Item) -> None:
    """Refuse *content*, an item as it would be published, while something is missing or open.

    Raises:
        NotComplete: With what is missing.
        NoGround: It is not to be open and nothing says why.
        FilesNotReady: A file has no cleaned copy that could be published.
        PicturesUntold: A picture in the text says nothing to those who cannot see it.
        TimedChange: It is public, and its change would not wait for the hour it is to have.
        OverAlready: Its last hour is over.
        Refusal: Whatever a gate has to say.
    """
    for refusal in obstacles(content):
        raise refusal


def obstacles(content: Item) -> Iterator[Refusal]:
    """Yield all that stands between *content* and its review, for a person who wants to see it at once."""
    missing = [word for word, there in needed(content).items() if not there]
    if missing:
        yield NotComplete(missing="、".join(missing))
    if content.publicity != Publicity.OPEN and not (content.ground and content.ground_note.strip()):
        yield NoGround(publicity=content.get_publicity_display())
    waiting = [file.title for file in content.files.all() if not file.digest]
    if waiting:
        yield FilesNotReady(files="、".join(waiting))
    if untold := sum(not picture.alt for picture in pictures_in(content.body)):
        yield PicturesUntold(count=untold)
    yield from _untimely(content)
    for check in _gates:
        try:
            check(content)
        except Refusal as refusal:
            yield refusal


def _untimely(content: Item) -> Iterator[Refusal]:
    if content.publicity != Publicity.OPEN:
        return
    if content.live and content.go_live_at and content.go_live_at > clock.now():
        yield TimedChange()
    if content.expire_at and content.expire_at <= clock.now():
        yield OverAlready(when=f"{timezone.localtime(content.expire_at):%Y-%m-%d %H:%M}")


def needed(content: Item) -> dict[str, object]:
    """Return what must be there before it is handed in, in words, with what is there."""
    needed: dict[str, object] = {
        "标题": content.title.strip(),
        "正文或附件": content.body.strip() or content.files.all(),
    }
    if content.publicity == Publicity.OPEN:
        needed["栏目"] = content.column_id
    return needed
