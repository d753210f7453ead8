"""Sites and accounts are looked at, people judge what programs cannot, and the sheet is concluded."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from gongkai.core.inspection import Check, State, judge_account, judge_site
from gongkai.domain.media import errors, events
from gongkai.domain.media.actions.open import others_on
from gongkai.domain.media.fetching import Fetcher
from gongkai.domain.media.models import Account, Inspection, Site
from gongkai.domain.media.policies import INSPECT
from gongkai.domain.media.surveying import Say, survey
from gongkai.domain.organisations.queries import holders
from gongkai.foundation import clock
from gongkai.foundation.jobs.actions import start, under_way
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def ask(site: Site, *, by: Reader) -> Job:
    """Have *site* inspected in the background.

    Raises:
        NotAllowed: The post does not allow it.
        AlreadyClosed: It is no more.
        BeingInspected: Somebody asked a moment ago.
    """
    path = str(site.organisation.path)
    by.must(INSPECT, path)
    if site.closed:
        raise errors.AlreadyClosed(name=site.name, closed=site.closed)
    from gongkai.domain.media.jobs import inspect  # noqa: PLC0415  # it calls actions

    with transaction.atomic():
        Site.objects.select_for_update().get(pk=site.pk)
        if under_way(inspect, site=site.pk):
            raise errors.BeingInspected
        job = start(inspect, by=by, arguments={"site": site.pk}, title=f"检查网站：{site}"[:200])
        record(events.ASKED, by=by, act=INSPECT, path=path, on=site)
    return job


def inspect_site(
    site: Site, *, by: Reader | None, fetcher: Fetcher | None = None, say: Say = lambda _: None
) -> Inspection:
    """Look at *site* now and write its result sheet; whoever has to mend it is told what failed.

    Args:
        site: A registered site.
        by: Who asked; nobody means the system.
        fetcher: One that asks this site's hosts; an ordinary one if left out.
        say: Told what is being looked at.
    """
    facts = survey(site, fetcher or Fetcher(site.all_hosts), say=say)
    inspection = Inspection(
        site=site,
        day=facts.day,
        by=by.user if by else None,
        marks=[mark.as_json() for mark in judge_site(facts) if _applies(mark.key, site)],
        columns=[_column(asdict(column)) for column in facts.columns],
    )
    return _write(inspection, by)


def inspect_account(account: Account, *, by: Reader | None) -> Inspection:
    """Write a result sheet of *account* from the register; the rest is for a person to look at."""
    if by is not None:
        by.must(INSPECT, str(account.organisation.path))
    if account.closed:
        raise errors.AlreadyClosed(name=account.name, closed=account.closed)
    marks = judge_account(
        platform=account.platform,
        last_update=account.last_update,
        same_platform=others_on(account.platform, account.organisation),
        day=clock.today(),
    )
    inspection = Inspection(
        account=account, by=by.user if by else None, marks=[mark.as_json() for mark in marks]
    )
    return _write(inspection, by)


def judge(
    inspection: Inspection, *, key: str, failed: bool, note: str = "", by: Reader
) -> Inspection:
    """Say what only a person can tell, or correct what the program took for something else.

    Raises:
        NotAllowed: The post does not allow it.
        Concluded: The sheet stands.
        NoSuchCheck: There is no such check on it.
        NoReason: It is said to fail, and not why.
    """
    path = str(inspection.subject.organisation.path)
    by.must(INSPECT, path)
    if failed and not note.strip():
        raise errors.NoReason
    with transaction.atomic():
        fresh = _open(inspection)
        mark = next((mark for mark in fresh.marks if mark["key"] == key), None)
        if mark is None:
            raise errors.NoSuchCheck
        before = dict(mark)
        mark |= {
            "state": (State.FAILED if failed else State.PASSED).value,
            "note": note.strip()[:500],
            "by": by.user.pk if by.user else None,
        }
        fresh.settle()
        fresh.save()
        record(
            events.JUDGED,
            by=by,
            act=INSPECT,
            path=path,
            on=fresh,
            before=before,
            after=mark,
            facts={"check": key, "state": mark["state"]},
        )
    inspection.refresh_from_db()
    return inspection


def conclude(inspection: Inspection, *, by: Reader) -> Inspection:
    """Let the sheet stand as it is.

    Raises:
        NotAllowed: The post does not allow it.
        Concluded: It stands already.
        StillOpen: Nobody has judged something that decides.
    """
    path = str(inspection.subject.organisation.path)
    by.must(INSPECT, path)
    with transaction.atomic():
        fresh = _open(inspection)
        checks = fresh.checks
        waiting = [
            mark
            for mark in fresh.marks
            if mark["state"] in {State.OPEN, State.UNKNOWN} and _decides(checks.get(mark["key"]))
        ]
        if waiting and fresh.conclusion != Inspection.Conclusion.FAILED:
            raise errors.StillOpen(count=len(waiting))
        fresh.concluded = clock.now()
        fresh.save()
        record(
            events.CONCLUDED,
            by=by,
            act=INSPECT,
            path=path,
            on=fresh,
            after=fresh.marks,
            facts={"conclusion": fresh.conclusion},
        )
    inspection.refresh_from_db()
    return inspection


def _write(inspection: Inspection, by: Reader | None) -> Inspection:
    subject = inspection.subject
    inspection.settle()
    with transaction.atomic():
        inspection.save()
        failed = inspection.failed
        if failed:
            named = "、".join(mark["check"].title for mark in failed[:4])
            text = f"检查“{subject}”发现 {len(failed)} 项不符合：{named}{'等' if len(failed) > 4 else ''}。"
            people = holders("clerk", of=subject.organisation) + holders(
                "office", of=subject.organisation
            )
            notify(people, text[:300], href=inspection.get_absolute_url())
        record(
            events.INSPECTED,
            by=by,
            act=INSPECT if by else None,
            path=str(subject.organisation.path),
            on=inspection,
            after=inspection.marks,
            facts={"conclusion": inspection.conclusion, "failed": [mark["key"] for mark in failed]},
        )
    return inspection


def _open(inspection: Inspection) -> Inspection:
    fresh = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if fresh.concluded:
        raise errors.Concluded(at=f"{fresh.concluded:%Y-%m-%d}")
    return fresh


def _applies(key: str, site: Site) -> bool:
    return key != "services" or site.offers_services


def _decides(check: Check | None) -> bool:
    return check is not None and check.severity == "veto"


def _column(told: dict[str, Any]) -> dict[str, Any]:
    newest = told["newest"]
    return told | {"newest": newest.isoformat() if newest else None}
