"""``python -m scripts.replay.requests``: the tables of applications and remedies built as cases, counted, compared.

新乡 2016 and 高平 2012 from what their narratives say, 新蔡 2020 from its table, and a city that nobody published, in
the form of 2021. Only the numbers are theirs; applicants, matters and units are invented.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from scripts.replay.plans import shared

from gongkai.core import codes, forms
from gongkai.core.deadlines import receipt
from gongkai.core.extraction.reader import read
from gongkai.core.indicators import indicator
from gongkai.core.lifecycle import Fact, conditions

ROOT = Path(__file__).parents[2]
STAT65 = "stat65-2014"
KINDS = ("natural", "biz", "research", "ngo", "legal", "other_org")
NOT_OUTCOMES = {"new", "carried_in", "carried_out", "result_total"}
EVIDENCE = "重演数据，没有原始案卷"


@dataclass(frozen=True)
class Goal:
    """What a report says.

    Attributes:
        form: The form that counts it.
        cells: The figures, by place.
        units: Over how many units they are spread: our choice.
    """

    key: str
    year: int
    form: str
    cells: Mapping[str, int]
    units: int = 1


def narrative(key: str, year: int, folder: Path, units: int) -> Goal:
    """Return what the narrative of *key* says, in the places of the form of 2014."""
    told: dict[str, int] = {}
    for said in read(folder / f"{key}-{year}.txt").statements:
        name = said.indicator or ""
        if name.startswith(("requests.", "outcomes.", "remedies.", "complaints.total")):
            for place in indicator(name).places.get(STAT65, ())[:1]:
                told[str(place)] = int(said.value)
    ways = sum(told.get(f"stat65/{row}/value", 0) for row in WAYS)
    rest = told["stat65/req_received/value"] - ways
    if rest:  # 高平 says 书面, which the form of 2014 calls 信函
        told["stat65/req_mail/value"] = rest
    return Goal(key, year, STAT65, told, units)


def table(key: str, year: int, folder: Path) -> Goal:
    """Return the tables of applications and remedies that the report of *key* prints."""
    reading = read(folder / f"{key}-{year}.txt")
    filled = reading.filled()
    if filled is None:
        raise LookupError(key)
    told = {
        str(place): int(cell.value or 0)
        for place, cell in filled.cells.items()
        if place.table in {"requests", "remedies"} and place.row in known_rows(filled.form.key)
    }
    return Goal(key, year, filled.form.key, told)


def invented(new: int = 14069, carried_in: int = 560, carried_out: int = 819) -> Goal:
    """Return a city of 14,629 applications: 14,069 new and 560 carried over, 13,810 decided and 819 left."""
    form = "format-2021"
    told: dict[str, int] = {}
    columns = dict(zip(KINDS, (70, 14, 2, 1, 9, 4), strict=True))
    for row, total in (("new", new), ("carried_in", carried_in), ("carried_out", carried_out)):
        _spread(told, row, total, columns)
    for column in KINDS:
        told[f"requests/result_total/{column}"] = (
            told[f"requests/new/{column}"]
            + told[f"requests/carried_in/{column}"]
            - told[f"requests/carried_out/{column}"]
        )
    told["requests/result_total/total"] = new + carried_in - carried_out
    rows = [row for row in known_rows(form) if row not in {*NOT_OUTCOMES, *REMEDY_ROWS}]
    weights = [38.0 if row == "granted" else 17.0 if row == "u_notheld" else 2.0 for row in rows]
    for column in KINDS:
        parts = shared(told[f"requests/result_total/{column}"], weights)
        told |= {f"requests/{r}/{column}": n for r, n in zip(rows, parts, strict=True)}
    for row in rows:
        told[f"requests/{row}/total"] = sum(told[f"requests/{row}/{c}"] for c in KINDS)
    scale = new / 14069
    for row, total in zip(REMEDY_ROWS, (round(n * scale) for n in (790, 56, 156)), strict=True):
        parts = shared(total, [61.0, 14.0, 17.0, 8.0])
        names = ("upheld", "corrected", "other", "pending")
        told |= {f"remedies/{row}/{c}": n for c, n in zip(names, parts, strict=True)}
        told[f"remedies/{row}/total"] = total
    return Goal("invented", 2023, form, told, units=max(2, round(60 * scale)))


WAYS = ("req_inperson", "req_fax", "req_web", "req_mail")
REMEDY_ROWS = ("recon", "lit_direct", "lit_after")


def known_rows(form: str) -> list[str]:
    """Return the rows of the tables of applications and remedies in *form* that cases fill."""
    leaves = {codes.ground(key).row(form) for key in codes.grounds()}
    rows = forms.form(form).table("requests").rows
    return [*(r for r in rows if r in leaves or r in NOT_OUTCOMES), *REMEDY_ROWS]


def _spread(told: dict[str, int], row: str, total: int, columns: Mapping[str, int]) -> None:
    parts = shared(total, [float(weight) for weight in columns.values()])
    told |= {f"requests/{row}/{c}": n for c, n in zip(columns, parts, strict=True)}
    told[f"requests/{row}/total"] = total


# -- cases that give those figures -------------------------------------------------------------------------


def cases(goal: Goal) -> Iterator[Any]:
    """Yield a case for each application of *goal*."""
    from gongkai.domain.applications.actions import Case  # noqa: PLC0415  # Django first

    for serial, (channel, kind, row, before) in enumerate(_plan(goal)):
        received = _day(goal.year - 1, serial, 300, 360) if before else _day(goal.year, serial)
        if row == "" and not before:
            received = _day(goal.year, serial, 335, 365)
        facts = list(_facts(goal, row, received, before=before))
        given = {
            "kind": kind,
            "name": f"重演申请人{serial + 1}",
            "telephone": "0000000",
            "matter": f"重演申请第{serial + 1}号所指的文件",
        }
        yield Case(channel, facts, given)


def _plan(goal: Goal) -> Iterator[tuple[str, str, str, bool]]:
    """Yield channel, kind of applicant, row of the outcome and whether it came in the year before."""
    if goal.form == STAT65:
        channels = _listed(goal, WAYS)
        leaves = sorted({r for g in codes.grounds().values() if (r := g.row(STAT65))})
        rows = _listed(goal, leaves)
        rows += ["ans_granted"] * (len(channels) - len(rows))
        for way, row in zip(channels, rows, strict=True):
            yield CHANNELS[way], "natural", row, False
        return
    ways = cycle(("in-person", "registered-mail", "in-person"))
    for column in KINDS:
        outcomes = [
            row
            for row in known_rows(goal.form)
            if row not in {*NOT_OUTCOMES, *REMEDY_ROWS}
            for _ in range(goal.cells.get(f"requests/{row}/{column}", 0))
        ]
        carried = goal.cells.get(f"requests/carried_in/{column}", 0)
        left = goal.cells.get(f"requests/carried_out/{column}", 0)
        outcomes += [""] * left
        for at, row in enumerate(outcomes):
            yield next(ways), column, row, at < carried


def _listed(goal: Goal, rows: Sequence[str]) -> list[str]:
    return [row for row in rows for _ in range(goal.cells.get(f"stat65/{row}/value", 0))]


CHANNELS = {
    next_row: next(k for k, c in receipt.channels().items() if c.rows.get(STAT65) == next_row)
    for next_row in WAYS
}


def _facts(goal: Goal, row: str, received: date, *, before: bool) -> Iterator[Fact]:
    """Yield what happens to an application that ends in *row*, all within the year of the goal."""
    yield Fact("receive", received, 1)
    if not row:
        return
    ground = _ground(goal.form, row, received)
    day = received + timedelta(3)
    if before:
        day = max(day, date(goal.year, 1, 4))
    needs = conditions().get(ground)
    if ground == "withdrawn":
        yield Fact("withdraw", day, 2)
        return
    if needs is not None and needs.after:
        yield from _leading_to(needs.after, received, lapsed=needs.lapsed)
        day = max(day, received + timedelta(60 if needs.lapsed else 9))
    yield Fact("decide", min(day, date(goal.year, 12, 31)), 9, grounds=(ground,))


def _leading_to(act: str, received: date, *, lapsed: bool) -> Iterator[Fact]:
    asked = received + timedelta(2)
    if act in {"supplement", "ask-supplement"}:
        yield Fact("ask-supplement", asked, 2, until=asked + timedelta(15))
        if not lapsed:
            yield Fact("supplement", asked + timedelta(4), 3)
    elif act == "ask-reasons":
        yield Fact("ask-reasons", asked, 2, until=asked + timedelta(10))
        yield Fact("reasons", asked + timedelta(3), 3)
    else:
        yield Fact("charge", asked, 2)


def _ground(form: str, row: str, received: date) -> str:
    """Return a ground that counts in *row* and was law on the day of receipt."""
    for key, ground in codes.grounds().items():
        lawful = ground.articles is None or ground.articles.get(received) is not None
        if ground.row(form) == row and lawful and ground.group != "unanswered":
            return key
    raise LookupError(f"{form} {row} {received}")


def _day(year: int, serial: int, first: int = 3, last: int = 280) -> date:
    """Return a day of *year*, so early that whatever must follow still falls into it."""
    return date(year, 1, 1) + timedelta(first + serial * 37 % (last - first))


# -- building and comparing --------------------------------------------------------------------------------


def replay(goal: Goal) -> bool:
    """Build *goal* where it is not yet, count, print, and tell whether every figure is the published one."""
    from gongkai.domain.applications.actions import bring_in  # noqa: PLC0415
    from gongkai.domain.applications.models import Application  # noqa: PLC0415
    from gongkai.foundation import clock  # noqa: PLC0415
    from gongkai.foundation.figures import Period, cell_sources  # noqa: PLC0415

    with clock.moved_to(date(goal.year + 1, 1, 10)):
        units, office = _cast(goal)
        began = time.monotonic()
        if not Application.objects.filter(organisation__in=units).exists():
            found = list(cases(goal))
            for at, unit in enumerate(units):
                mine = list(islice(found, at, None, len(units)))
                if mine:
                    bring_in(unit, mine, by=office, evidence=EVIDENCE)
            _remedies(goal, units, office)
            spent = time.monotonic() - began
            print(f"{goal.key} {goal.year}：{len(found)} 件申请，{spent:.1f} 秒")
        began = time.monotonic()
        counted: Counter[str] = Counter()
        keys = [unit.pk for unit in units]
        for source in cell_sources().values():
            for cells in source.ask(keys, Period(goal.year), goal.form).values():
                for place, answer in cells.items():
                    counted[place] += int(answer.value)
    print(f"统计 {time.monotonic() - began:.2f} 秒")
    return _compare(goal, counted)


def _compare(goal: Goal, counted: Mapping[str, int]) -> bool:
    form, equal = forms.form(goal.form), True
    shown = [place for place, n in goal.cells.items() if n or goal.key != "xincai"]
    for place in shown:
        same = counted.get(place, 0) == goal.cells[place]
        equal &= same
        if not same or place.endswith(("/total", "/value")):
            label = form.label(forms.Place(*place.split("/")))
            mark = "相等" if same else "不等"
            print(f"{mark}　公布 {goal.cells[place]:>6}　统计 {counted.get(place, 0):>6}　{label}")
    extra = {p: n for p, n in counted.items() if n and p not in goal.cells and _says(goal, p)}
    for place, n in extra.items():
        print(f"不等　没有公布　统计 {n:>6}　{place}")
    return equal and not extra


def _says(goal: Goal, place: str) -> bool:
    """Tell whether the report would have said it: a narrative leaves out what it does not tell."""
    return goal.form != STAT65 and not place.startswith("stat65/")


def _cast(goal: Goal) -> tuple[list[Any], Any]:
    from gongkai.domain.organisations import actions as organisations  # noqa: PLC0415
    from gongkai.domain.organisations.models import Organisation, Post  # noqa: PLC0415
    from gongkai.foundation.accounts.models import User  # noqa: PLC0415
    from gongkai.foundation.permissions import Reader  # noqa: PLC0415

    name = f"重演单位（申请 {goal.key} {goal.year}）"
    top = Organisation.objects.filter(name=name).first()
    if top is None:
        top = organisations.found(
            parent=None, name=name, short="重演", kind="government", level="prefecture", by=None
        )
        for at in range(goal.units):
            organisations.found(
                parent=top,
                name=f"{name}第{at + 1:02}号",
                kind="department",
                level="prefecture",
                by=None,
            )
        organisations.engage(
            username=f"replay-{goal.key}", name="重演", password=None, organisation=top, by=None
        )
        user = User.objects.get(username=f"replay-{goal.key}")
        Post.objects.bulk_create(
            Post(user=user, organisation=unit, role="office", since=date(2008, 5, 1))
            for unit in Organisation.objects.below(top)
        )
    units = list(Organisation.objects.below(top).exclude(pk=top.pk))
    return units, Reader.of(User.objects.get(username=f"replay-{goal.key}"))


def _remedies(goal: Goal, units: Sequence[Any], office: Any) -> None:
    from gongkai.domain.applications.models import Application  # noqa: PLC0415
    from gongkai.domain.remedies.actions import lodge  # noqa: PLC0415

    decided = cycle(
        Application.objects.filter(organisation__in=units, decided__isnull=False)
        .select_related("organisation")
        .order_by("decided", "pk")
    )
    for row, column in _wanted_remedies(goal):
        application = next(decided)
        filed = application.decided
        facts = {"by": office, "filed": filed, "body": "重演机关"}
        if row == "complaint":
            lodge(application, kind="complaint", **facts)
            continue
        before = None
        if row == "lit_after":
            # its reconsideration ended before the year, where it does not count any more
            before = _earlier(goal, application)
            facts["filed"] = max(filed, date(goal.year, 1, 1))
        kind = "reconsideration" if row == "recon" else "litigation"
        remedy = lodge(application, kind=kind, follows=before, **facts)
        _end(goal, remedy, column, office)


def _earlier(goal: Goal, application: Any) -> Any:
    """Return a reconsideration of *application* that counts nowhere: it was lodged and ended the same day, before."""
    from gongkai.domain.remedies.models import Kind, Remedy  # noqa: PLC0415

    day = date(goal.year - 1, 12, 30)
    return Remedy.objects.create(
        application=application,
        organisation=application.organisation,
        kind=Kind.RECONSIDERATION,
        ground=application.outcome,
        body="重演机关",
        filed=day,
        decided=day,
        outcome="recon-upheld",
    )


def _end(goal: Goal, remedy: Any, column: str, office: Any) -> None:
    from gongkai.domain.remedies.actions import conclude  # noqa: PLC0415

    if column == "pending":
        return
    outcome = next(
        key
        for key, told in codes.remedy_outcomes().items()
        if told.kind == remedy.kind and told.column == column
    )
    day = min(remedy.filed + timedelta(20), date(goal.year, 12, 31))
    conclude(remedy, by=office, outcome=outcome, decided=day)


def _wanted_remedies(goal: Goal) -> Iterator[tuple[str, str]]:
    if goal.form != STAT65:
        for row in REMEDY_ROWS:
            for column in ("upheld", "corrected", "other", "pending"):
                yield from [(row, column)] * goal.cells.get(f"remedies/{row}/{column}", 0)
        return
    for name, row in (("recon", "recon"), ("lit", "lit_direct")):
        for column in ("upheld", "corrected", "other"):
            yield from [(row, column)] * goal.cells.get(f"stat65/{name}_{column}/value", 0)
    yield from [("complaint", "")] * goal.cells.get("stat65/complaints/value", 0)


def main() -> int:
    """Replay what is asked for; return 1 where a figure differs."""
    asked = argparse.ArgumentParser(prog="make replay", description="重演已公布的申请和救济统计数")
    asked.add_argument("cities", nargs="*", metavar="城市")
    asked.add_argument("--seeds", type=Path, default=ROOT.parent / "shared" / "seeds")
    asked.add_argument("--data", type=Path, default=ROOT / "var" / "replay" / "requests")
    options = asked.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    os.environ["GONGKAI_DATA"] = str(options.data)
    os.environ.pop("DATABASE_URL", None)  # never into a database that somebody uses
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.development")
    import django  # noqa: PLC0415  # the settings above must stand first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    wanted = options.cities or list(GOALS)
    equal = [replay(GOALS[key](options.seeds)) for key in wanted]
    return 0 if all(equal) else 1


GOALS = {
    "xinxiang": lambda folder: narrative("xinxiang", 2016, folder, 12),
    "xincai": lambda folder: table("xincai", 2020, folder),
    "gaoping": lambda folder: narrative("gaoping", 2012, folder, 2),
    "invented": lambda _: invented(),
}


if __name__ == "__main__":
    sys.exit(main())
