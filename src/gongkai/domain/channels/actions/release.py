"""It is out: when, where, and what shows it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction

from gongkai.domain.channels.actions.holding import ACT, held, must_be, must_reach
from gongkai.domain.channels.errors import BeforePublication, NoEvidence, NotALink, NotPublic
from gongkai.domain.channels.events import RELEASED
from gongkai.domain.channels.models import Release, State
from gongkai.domain.channels.models.release import EVIDENCE
from gongkai.domain.information.models import Item
from gongkai.foundation import clock
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that something was released; any of them will do that the outlet asks for.

    Attributes:
        link: Where it can be seen.
        photo: A picture of it.
        page: Newspaper page, page of a handbook.
        note: What cannot be shown otherwise: station and hour, how many were told.
    """

    link: str = ""
    photo: StoredFile | None = None
    page: str = ""
    note: str = ""


def release(planned: Release, evidence: Evidence, *, by: Reader, on: date | None = None) -> Release:
    """Record that *planned* is out, since *on*, today if left out.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: It is not planned.
        NotPublic: The item is not public.
        NoEvidence: Nothing shows it.
        NotALink: The link is no address of the web.
        BeforePublication: The day cannot be.
    """
    day = on or clock.today()
    author = person(by)
    with transaction.atomic():
        row = held(planned.pk)
        path = must_reach(by, row)
        must_be(row, State.PLANNED, State.GIVEN_UP, verb="登记发布")
        must_be_public(row.item)
        if day > clock.today() or (row.item.published_on and day < row.item.published_on):
            raise BeforePublication(day=row.item.published_on)
        _must_be_shown(row, evidence)
        row.state, row.on = State.DONE, row.on or day
        row.by, row.at = author, clock.now()
        row.link, row.photo = evidence.link.strip(), evidence.photo
        row.page, row.note = evidence.page.strip(), evidence.note.strip()
        row.due = None
        row.save()
        record(
            RELEASED,
            by=by,
            act=ACT,
            path=path,
            on=row,
            facts={
                "item": row.item_id,
                "outlet": row.outlet,
                "on": day.isoformat(),
                "link": row.link,
                "page": row.page,
                "photo": row.photo.digest if row.photo else "",
            },
        )
    return row


def must_be_public(item: Item) -> None:
    """Refuse *item* unless everybody may see it now.

    Raises:
        NotPublic: With its title.
    """
    if not Item.objects.public().filter(pk=item.pk).exists():
        raise NotPublic(title=item.title)


def _must_be_shown(row: Release, evidence: Evidence) -> None:
    link = evidence.link.strip()
    if link and (urlsplit(link).scheme not in {"http", "https"} or not urlsplit(link).netloc):
        raise NotALink(link=link)
    asked = row.facts.evidence
    given = {
        "link": link,
        "photo": evidence.photo,
        "page": evidence.page.strip(),
        "note": evidence.note.strip(),
    }
    if asked and not any(given[kind] for kind in asked):
        wanted = "、".join(EVIDENCE[kind] for kind in asked)
        raise NoEvidence(outlet=row.get_outlet_display(), wanted=wanted)
