"""What was found, held against the criteria."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.core.directories.inspection import days_of
from gongkai.core.inspection.checks import Check, account_checks, site_checks


class State(StrEnum):
    """What came of one check."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The program could not tell."""
    OPEN = "open"
    """A person has to look."""


STATES: Mapping[State, str] = {
    State.PASSED: "符合",
    State.FAILED: "不符合",
    State.UNKNOWN: "查不出",
    State.OPEN: "待人工判断",
}
MOST_EVIDENCE = 50


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of a site as it was found.

    Attributes:
        freshness: ``dynamic``, ``notice``, or empty for one without a period of its own.
        newest: The newest day of an entry; ``None`` where none is dated.
        problem: Why it could not be looked at.
    """

    name: str
    address: str
    freshness: str = ""
    newest: date | None = None
    blank: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SeenLink:
    """A link that leads nowhere."""

    address: str
    text: str
    page: str
    problem: str


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What was found on a site on one day.

    Attributes:
        newest: The newest day on the home page.
        unreachable: Share of probes that failed, in per cent; ``None`` where there were too few.
        search: ``works``, ``finds-nothing``, ``untried`` (there, but not to be tried), ``missing``.
    """

    day: date
    reached: bool = True
    problem: str = ""
    newest: date | None = None
    columns: tuple[SeenColumn, ...] = ()
    links_checked: int = 0
    broken: tuple[SeenLink, ...] = ()
    search: str = "missing"
    searched_for: str = ""
    consultation: bool = False
    error_report: bool = False
    mark: bool = False
    government_domain: bool = False
    ipv6: bool | None = None
    probes: int = 0
    unreachable: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of one check, and why.

    Attributes:
        measured: What was measured, in words.
        evidence: Title, address and note of what shows it.
    """

    key: str
    state: State
    measured: str = ""
    evidence: tuple[tuple[str, str, str], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return it ready for a database."""
        return {
            "key": self.key,
            "state": self.state.value,
            "measured": self.measured,
            "evidence": [list(one) for one in self.evidence[:MOST_EVIDENCE]],
        }


def judge_site(facts: SiteFacts) -> list[Mark]:
    """Return what comes of every check of a website."""
    return [_mark(key, check, facts) for key, check in site_checks().items()]


def judge_account(
    *, platform: str, last_update: date | None, same_platform: int, day: date
) -> list[Mark]:
    """Return what comes of every check of an account.

    Args:
        platform: Key of the platform.
        last_update: When something was last published, where somebody looked.
        same_platform: How many open accounts the unit has on that platform.
        day: The day of the inspection.
    """
    marks = []
    for key, check in account_checks().items():
        if check.only and platform not in check.only:
            continue
        if check.measure == "account":
            marks.append(_age(key, check, last_update, day, "没有填写最近更新日期"))
        elif check.measure == "single":
            marks.append(_count(key, check, same_platform))
        else:
            marks.append(Mark(key, State.OPEN))
    return marks


def conclusion(marks: Iterable[Mapping[str, Any]], checks: Mapping[str, Check]) -> State:
    """Return what the whole comes to: failed by any veto, open while one is open."""
    told = [
        (mark["state"], checks[mark["key"]].severity) for mark in marks if mark["key"] in checks
    ]
    if any(state == State.FAILED and severity == "veto" for state, severity in told):
        return State.FAILED
    if any(state in {State.OPEN, State.UNKNOWN} and severity == "veto" for state, severity in told):
        return State.OPEN
    return State.PASSED


def _mark(key: str, check: Check, facts: SiteFacts) -> Mark:
    if check.by == "person":
        return Mark(key, State.OPEN)
    if check.measure == "unreachable":
        return _unreachable(key, check, facts)
    if check.measure == "domain":
        return _yes_or_no(key, facts.government_domain, "以 gov.cn 结尾", "不以 gov.cn 结尾")
    if check.measure == "ipv6" and facts.ipv6 is not None:
        return _yes_or_no(key, facts.ipv6, "有 IPv6 地址", "没有 IPv6 地址")
    if not facts.reached or check.measure == "ipv6":
        return Mark(key, State.UNKNOWN, facts.problem or "没有查到")
    return _MEASURES[check.measure](key, check, facts)


def _unreachable(key: str, check: Check, facts: SiteFacts) -> Mark:
    needed = check.probes * check.days
    if facts.unreachable is None:
        return Mark(
            key, State.UNKNOWN, f"近 {check.days} 天访问了 {facts.probes} 次，不足 {needed} 次"
        )
    told = f"近 {check.days} 天访问 {facts.probes} 次，打不开的占 {facts.unreachable:.1f}%"
    return Mark(key, State.FAILED if facts.unreachable >= check.limit else State.PASSED, told)


def _home(key: str, check: Check, facts: SiteFacts) -> Mark:
    return _age(key, check, facts.newest, facts.day, "首页没有注明日期的内容，视为不更新")


def _age(key: str, check: Check, newest: date | None, day: date, missing: str) -> Mark:
    if newest is None:
        state = State.FAILED if "视为" in missing else State.OPEN
        return Mark(key, state, missing)
    days = (day - newest).days
    state = State.FAILED if days > check.threshold else State.PASSED
    return Mark(key, state, f"最近更新 {newest:%Y-%m-%d}，距检查 {max(days, 0)} 天")


def _main(key: str, check: Check, facts: SiteFacts) -> Mark:
    late = [
        c
        for c in _looked_at(facts)
        if c.freshness in {"dynamic", "notice"} and _is_late(c, facts, days_of(c.freshness))
    ]
    return _columns(key, check, facts, late)


def _stale(key: str, check: Check, facts: SiteFacts) -> Mark:
    late = [
        c
        for c in _looked_at(facts)
        if c.freshness not in {"dynamic", "notice"} and _is_late(c, facts, days_of(check.criterion))
    ]
    return _columns(key, check, facts, late)


def _blank(key: str, check: Check, facts: SiteFacts) -> Mark:
    return _columns(key, check, facts, [c for c in _looked_at(facts) if c.blank])


def _looked_at(facts: SiteFacts) -> list[SeenColumn]:
    return [column for column in facts.columns if not column.problem]


def _is_late(column: SeenColumn, facts: SiteFacts, days: int) -> bool:
    # what has no day is not updated; what has nothing at all is blank, which is counted by itself
    if column.blank:
        return False
    return column.newest is None or (facts.day - column.newest).days > days


def _columns(key: str, check: Check, facts: SiteFacts, late: Sequence[SeenColumn]) -> Mark:
    if not facts.columns:
        return Mark(key, State.UNKNOWN, "没有登记栏目，也没有从首页认出栏目")
    evidence = tuple(
        (c.name, c.address, f"最近 {c.newest:%Y-%m-%d}" if c.newest else "没有注明日期的内容")
        for c in late
    )
    unseen = sum(bool(column.problem) for column in facts.columns)
    told = f"检查 {len(facts.columns) - unseen} 个栏目，有 {len(late)} 个"
    if unseen:
        told += f"；另有 {unseen} 个打不开"
    return Mark(key, State.FAILED if len(late) >= check.threshold else State.PASSED, told, evidence)


def _broken(key: str, check: Check, facts: SiteFacts) -> Mark:
    evidence = tuple(
        (link.text or "（没有文字）", link.address, f"{link.problem}，在 {link.page}")
        for link in facts.broken
    )
    told = f"检查 {facts.links_checked} 个链接，{len(facts.broken)} 个打不开"
    return Mark(
        key, State.FAILED if len(facts.broken) >= check.limit else State.PASSED, told, evidence
    )


def _search(key: str, _: Check, facts: SiteFacts) -> Mark:
    told = {
        "works": f"搜“{facts.searched_for}”，有结果",
        "finds-nothing": f"有搜索框，但搜不到首页上的“{facts.searched_for}”",
        "untried": "有搜索入口，没有试搜",
        "missing": "没有找到搜索入口",
    }[facts.search]
    state = State.PASSED if facts.search in {"works", "untried"} else State.FAILED
    return Mark(key, state, told)


def _consultation(key: str, _: Check, facts: SiteFacts) -> Mark:
    # an entry in a menu is no proof that it works, so that only a person passes it
    if facts.consultation:
        return Mark(key, State.OPEN, "有咨询、信箱或留言入口，是否有效请人工判断")
    return Mark(key, State.FAILED, "首页没有咨询、信箱或留言入口")


def _count(key: str, check: Check, count: int) -> Mark:
    state = State.FAILED if count >= check.threshold else State.PASSED
    return Mark(key, state, f"同一平台 {count} 个账号")


def _yes_or_no(key: str, answer: bool, yes: str, no: str) -> Mark:  # noqa: FBT001  # which of two sentences
    return Mark(key, State.PASSED if answer else State.FAILED, yes if answer else no)


_MEASURES: Mapping[str, Callable[[str, Check, SiteFacts], Mark]] = {
    "home": _home,
    "main": _main,
    "stale": _stale,
    "blank": _blank,
    "broken": _broken,
    "search": _search,
    "consultation": _consultation,
    "error_report": lambda key, _, facts: _yes_or_no(
        key, facts.error_report, "有入口", "首页没有找到入口"
    ),
    "mark": lambda key, _, facts: _yes_or_no(
        key, facts.mark, "有网站标识码", "首页没有找到网站标识码"
    ),
}
