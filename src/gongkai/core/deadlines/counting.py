"""From a day and a limit to the day by which something is due."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gongkai.core.days import in_chinese
from gongkai.core.deadlines.deadline import Deadline, Step
from gongkai.core.deadlines.errors import ExtensionTooLong, NothingToExtend
from gongkai.core.deadlines.limits import Counts, Limit, convention, limit_of
from gongkai.core.rulebook import Provision, Rulebook, national
from gongkai.core.workdays import AnnouncedCalendar, Festival, calendar


def due(  # noqa: PLR0913  # every one of them is a fact of the case
    key: str,
    start: date,
    *,
    extend: int = 0,
    law: date | None = None,
    book: Rulebook | None = None,
    days: AnnouncedCalendar | None = None,
) -> Deadline:
    """Return the day by which something is due.

    Args:
        key: The limit, such as ``application.reply``.
        start: The day from which the limit runs; for a report, any day of the year reported on.
        extend: How many units the limit was extended by.
        law: The day whose law applies, where it is not *start*.
        book: The law data; the national one where left out.
        days: The calendar; all notices of *book* where left out.

    Raises:
        UnknownLimit: There is no such limit.
        NotYetInForce: The law of that day set no such limit.
        ExtensionTooLong: The law does not allow so much.
        OutsideCalendar: The day is so far away that it must be a slip.
    """
    book = book or national()
    days = days or calendar(book)
    limit = limit_of(key, book)
    days.is_workday(start)  # refuses a day outside the calendar
    if limit.counts is Counts.DATE:
        return _fixed(limit, start, extend)
    provision = limit.values.on(law or start)
    count = int(provision.value)
    prolonged = tuple(prolongation(limit, law or start, extend, count))
    count += extend
    counted: tuple[date, ...] = ()
    if limit.counts is Counts.WORKING_DAYS:
        counted = days.days(start, count)
        steps = [*moved_days(days, counted), ends(limit, provision, counted[-1], count)]
    else:
        last = natural_end(limit.counts, start, count)
        steps = [*unknown_years(days, start, last), ends(limit, provision, last, count)]
        if limit.rolls and not days.is_workday(last):
            steps.append(rolls(last, days.on_or_after(last), law or start, book))
    last = steps[-1].day
    return Deadline(
        day=last,
        provisional=days.provisional_between(start + timedelta(days=1), last),
        steps=in_order(
            begins(limit, start, book),
            *prolonged,
            *steps,
            *lapses(limit, law or start, last),
        ),
        counted=counted,
    )


def in_order(*steps: Step) -> tuple[Step, ...]:
    """Return *steps* by day; those of one day stay in the order of their reasons."""
    return tuple(sorted(steps, key=lambda step: step.day))


def _fixed(limit: Limit, start: date, extend: int) -> Deadline:
    if extend:
        raise NothingToExtend(title=limit.title)
    year_end = date(start.year, 12, 31)
    provision = limit.values.on(year_end)
    month, day = (int(part) for part in str(provision.value).split("-"))
    last = date(start.year + 1, month, day)
    return Deadline(
        day=last,
        provisional=False,
        steps=(
            Step(year_end, f"{limit.starts}（{start.year}年）结束"),
            Step(
                last,
                f"次年{month}月{day}日前，{limit.title}；固定日期，不因休息日顺延",
                provision.reference,
                provision.confirmed,
            ),
        ),
    )


def natural_end(counts: Counts, start: date, count: int) -> date:
    """Return the last day of *count* days, months or years that run from the day after *start*."""
    if counts is Counts.DAYS:
        return start + timedelta(days=count)
    return months_after(start, count * (12 if counts is Counts.YEARS else 1))


def months_after(day: date, months: int) -> date:
    """Return the day of the same number *months* later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def begins(limit: Limit, start: date, book: Rulebook, what: str = "") -> Step:
    """Return the first step: what happened, and that its day is not counted."""
    counting = convention("counting.start", book)
    source = counting.values.on(start)
    text = f"{what or limit.starts}；{counting.title}"
    return Step(start, text, source.reference, source.confirmed)


def ends(limit: Limit, provision: Provision[int | str], last: date, count: int) -> Step:
    """Return the step on which the limit is reached."""
    ordinal = f"第{count}个工作日" if limit.counts is Counts.WORKING_DAYS else ""
    text = f"{ordinal or f'满{count}{limit.counts.unit}'}，{limit.title}的期限届满"
    return Step(last, text, provision.reference, provision.confirmed)


def rolls(last: date, workday: date, law: date, book: Rulebook) -> Step:
    """Return the step that moves a last day off on to the next working day."""
    roll = convention("counting.roll", book)
    source = roll.values.on(law)
    text = f"{in_chinese(last)}是休息日；{roll.title}"
    return Step(workday, text, source.reference, source.confirmed)


def lapses(limit: Limit, start: date, last: date) -> Iterator[Step]:
    """Yield the step that says what follows from silence, where the law says so."""
    lapse = limit.lapse.get(start) if limit.lapse else None
    if lapse:
        yield Step(last, f"逾期的，{lapse.value.label}", lapse.reference, lapse.confirmed)


def prolongation(limit: Limit, start: date, extend: int, count: int) -> Iterator[Step]:
    """Check an extension by *extend* units of a limit of *count*, and yield its step."""
    if not extend:
        return
    if not limit.extension:
        raise NothingToExtend(title=limit.title)
    source = limit.extension.values.on(start)
    most = source.value - (count if limit.extension.reaches == "total" else 0)
    unit = limit.counts.unit
    if not 0 < extend <= most:
        raise ExtensionTooLong(limit=most, count=extend, unit=unit)
    text = f"{limit.extension.title}{extend}{unit}（最多{most}{unit}）"
    yield Step(start, text, source.reference, source.confirmed)


def moved_days(days: AnnouncedCalendar, counted: tuple[date, ...]) -> Iterator[Step]:
    """Yield a step for each festival that moved a day on the way, and for each unknown year."""
    first, last = counted[0], counted[-1]
    for festival in days.festivals_between(first, last):
        moved = min(day for day in festival.days if first <= day <= last)
        yield Step(moved, _arrangement(festival), festival.notice)
    yield from unknown_years(days, first, last)


def unknown_years(days: AnnouncedCalendar, first: date, last: date) -> Iterator[Step]:
    """Yield a step for each year on the way whose arrangement is not known."""
    for year in range(first.year, last.year + 1):
        if year not in days.announced:
            why = "没有收录" if year < min(days.announced, default=year) else "还没有公布"
            text = f"{year}年的放假安排{why}，只按周末推算，结果是暂估"
            yield Step(max(first, date(year, 1, 1)), text)


def _arrangement(festival: Festival) -> str:
    text = f"{festival.name}：{in_runs(festival.days_off)}放假"
    return f"{text}，{in_runs(festival.make_up_days)}上班" if festival.make_up_days else text


def in_runs(days: Iterable[date]) -> str:
    """Return *days* as people write them: 10月1日至7日、9月29日."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(_run(run) for run in runs)


def _run(run: list[date]) -> str:
    first, last = run[0], run[-1]
    text = f"{first.month}月{first.day}日"
    if first == last:
        return text
    month = f"{last.month}月" if last.month != first.month else ""
    return f"{text}至{month}{last.day}日"
