"""``gongkai due``: the statutory clock on the command line."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from gongkai.console.dates import Date, with_weekday
from gongkai.core.deadlines import (
    Consultation,
    Counts,
    Deadline,
    Event,
    Extension,
    FeeNotice,
    Limit,
    Supplement,
    Whom,
    due,
    limit_of,
    limits,
    receive,
    reply,
)
from gongkai.core.rulebook import Rulebook
from gongkai.core.workdays import AnnouncedCalendar, calendar

REPLY = "application.reply"
DAY = Date()
SPAN = (DAY, DAY)
ONLY_FOR_REPLIES = {
    "channel": "channel",
    "confirmed": "confirmed",
    "asked": "asked",
    "corrected": "corrected",
    "pauses": "pause",
    "agencies": "co-agency",
    "fee": "fee",
    "extended_on": "extended-on",
}
"""Options, by parameter, that tell of an application and of nothing else."""


@click.command(
    options_metavar="[选项]",
    epilog="例：gongkai due 2024-09-27 --rule application.reply --pause 2024-10-08 2024-10-15 --days",
)
@click.argument("start", metavar="日期", type=Date(year=True), required=False)
@click.option(
    "--rule",
    "key",
    default=REPLY,
    show_default=True,
    metavar="名称",
    help="哪一项期限，见 --list。",
)
@click.option("--list", "listing", is_flag=True, help="列出全部期限。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--days", "with_days", is_flag=True, help="列出计入的每一天。")
@click.option(
    "--channel", metavar="渠道", help="收到申请的渠道：当面、邮寄、平信、传真、电子邮件、网络。"
)
@click.option("--confirmed", type=DAY, help="与申请人确认的日期（平信、传真、网络等渠道）。")
@click.option("--asked", type=DAY, help="告知申请人补正的日期。")
@click.option("--corrected", type=DAY, help="收到补正的日期。")
@click.option(
    "--pause",
    "pauses",
    type=SPAN,
    multiple=True,
    metavar="发出 收到",
    help="征求第三方意见：发出和收到意见的日期；可以多次。",
)
@click.option(
    "--co-agency",
    "agencies",
    type=SPAN,
    multiple=True,
    metavar="发出 收到",
    help="征求共同制作机关意见：发出和收到意见的日期；可以多次。",
)
@click.option("--fee", type=SPAN, metavar="通知 缴费", help="收费通知送达和缴清信息处理费的日期。")
@click.option(
    "--extend", type=click.IntRange(min=1), metavar="数量", help="延长多少（工作日或者日）。"
)
@click.option("--extended-on", type=DAY, help="告知申请人延长的日期。")
@click.option("--as-known-on", "known_on", type=DAY, help="只用这一天以前公布的放假安排。")
@click.option(
    "--local", multiple=True, metavar="地方", help="加上地方规定：law/local 下的目录名或者路径。"
)
def command(**asked: Any) -> None:
    """计算期限，并说明每一步的依据。

    日期是期限开始的那一天：收到申请、收到通知、作出决定等；年度报告写所报的年度，如 2024。
    """
    book = Rulebook(*asked["local"])
    if asked["listing"]:
        show_list(book, as_json=asked["as_json"])
        return
    if asked["start"] is None:
        raise click.UsageError("缺少日期；例如 gongkai due 2024-09-27 --rule application.reply")
    days = calendar(book, known_on=asked["known_on"])
    limit = limit_of(asked["key"], book)
    deadline = answer(asked, limit, book, days)
    if asked["as_json"]:
        more = {"days": [str(day) for day in deadline.counted]} if asked["with_days"] else {}
        click.echo(json.dumps(deadline.as_dict() | more, ensure_ascii=False, indent=2))
        return
    for line in report(limit, deadline):
        click.echo(line)
    if asked["with_days"]:
        for line in list_days(deadline, days):
            click.echo(line)


def answer(
    asked: dict[str, Any], limit: Limit, book: Rulebook, days: AnnouncedCalendar
) -> Deadline:
    """Return the deadline that was asked for."""
    if asked["key"] == REPLY:
        received = asked["start"]
        if asked["channel"]:
            received = receive(asked["channel"], received, asked["confirmed"], book=book)
        elif asked["confirmed"]:
            raise click.UsageError("--confirmed 要和 --channel 一起用")
        return reply(received, events(asked), book=book, days=days)
    for option, name in ONLY_FOR_REPLIES.items():
        if asked[option]:
            raise click.UsageError(f"--{name} 只用于答复申请（{REPLY}），不能用于“{limit.title}”")
    return due(asked["key"], asked["start"], extend=asked["extend"] or 0, book=book, days=days)


def events(asked: dict[str, Any]) -> Iterator[Event]:
    """Yield what happened to the application, as the options tell it."""
    if asked["asked"] or asked["corrected"]:
        yield Supplement(asked["asked"], asked["corrected"])
    for sent, answered in asked["pauses"]:
        yield Consultation(sent, answered)
    for sent, answered in asked["agencies"]:
        yield Consultation(sent, answered, Whom.CO_AGENCY)
    if asked["fee"]:
        yield FeeNotice(*asked["fee"])
    if asked["extend"]:
        yield Extension(asked["extend"], asked["extended_on"])
    elif asked["extended_on"]:
        raise click.UsageError("--extended-on 要和 --extend 一起用")


def report(limit: Limit, deadline: Deadline) -> Iterator[str]:
    """Yield the lines that people read."""
    mark = "（暂估）" if deadline.provisional else ""
    mark += "" if deadline.confirmed else "（待核）"
    yield f"{limit.title}：{with_weekday(deadline.day)}{mark}"
    for step in deadline.steps:
        yield f"  {step}"


def list_days(deadline: Deadline, days: AnnouncedCalendar) -> Iterator[str]:
    """Yield the days that were counted, numbered."""
    if not deadline.counted:
        yield "这项期限不按工作日计算，没有逐日清单。"
    for number, day in enumerate(deadline.counted, 1):
        mark = "  调休上班" if day in days.make_up_days else ""
        mark += "  暂估" if days.is_provisional(day) else ""
        yield f"{number:>4}  {with_weekday(day)}{mark}"


def show_list(book: Rulebook, *, as_json: bool) -> None:
    """Print every limit with what it counts from and its values."""
    if as_json:
        click.echo(json.dumps(list(as_dicts(book)), ensure_ascii=False, indent=2))
        return
    width = max(map(len, limits(book)))
    for key, limit in limits(book).items():
        values = "；".join(
            f"{provision.since} 起 {value_in_words(limit, provision.value)}"
            f"（{provision.reference}{'' if provision.confirmed else '，待核'}）"
            for provision in limit.values
        )
        click.echo(f"{key:<{width}}  {limit.title}：自{limit.starts}起\n{'':<{width}}  {values}")


def as_dicts(book: Rulebook) -> Iterator[dict[str, Any]]:
    """Yield every limit as JSON has it."""
    for key, limit in limits(book).items():
        yield {
            "rule": key,
            "title": limit.title,
            "starts": limit.starts,
            "counts": limit.counts.value,
            "values": [
                {
                    "since": date.isoformat(provision.since),
                    "value": provision.value,
                    "reference": str(provision.reference),
                    "confirmed": provision.confirmed,
                }
                for provision in limit.values
            ],
        }


def value_in_words(limit: Limit, value: int | str) -> str:
    """Return a limit as people say it: 20个工作日, 次年01-31前."""
    if limit.counts is Counts.DATE:
        return f"次年{value}前"
    return f"{value}{limit.counts.unit}"
