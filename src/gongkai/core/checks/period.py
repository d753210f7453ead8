"""Year, period and dates: whether title, text and publication speak of the same year."""

from collections.abc import Iterator
from datetime import date

from gongkai.core.checks.examined import Examined
from gongkai.core.checks.patterns import around, compiled
from gongkai.core.checks.rules import enforces, rule
from gongkai.core.checks.tables import agency
from gongkai.core.deadlines import due
from gongkai.core.extraction.reading import Finding
from gongkai.core.refusal import Refusal

FIRST_REPORT = 2008


@enforces("period.title", "period.partial")
def stated_period(examined: Examined) -> Iterator[Finding]:
    """Yield a stated period that is another year's, or not a whole year."""
    year = examined.reading.year
    match = compiled(rule("period.title").parameters["period"]).search(examined.text)
    if match is None:
        return
    first_year, first_month, first_day = (int(match[i]) for i in (1, 2, 3))
    last_year, last_month, last_day = int(match[4] or match[1]), int(match[5]), int(match[6])
    at = (examined.span(*match.span()),)
    if year is not None and year not in {first_year, last_year}:
        yield rule("period.title").finding(
            f"标题是{year}年度，统计期限却写成{first_year}年",
            left=f"{year}年",
            right=f"{first_year}年",
            at=at,
        )
    firsts = rule("period.partial").parameters["first"]
    whole = (firsts.get(first_year, 1), 1, 12, 31)
    told = (first_month, first_day, last_month, last_day)
    # a lost character makes 1月1日 of 11月1日; the damage has a rule of its own
    if first_year != last_year or told not in {whole, (1, 1, 12, 31)}:
        yield rule("period.partial").finding(
            f"统计期限写的是{first_year}年{first_month}月{first_day}日至"
            f"{last_year}年{last_month}月{last_day}日，不是整年",
            at=at,
        )


@enforces("period.unknown")
def unknown(examined: Examined) -> Iterator[Finding]:
    """Yield that nothing says which year the report is for."""
    if examined.reading.year is None and examined.text.strip():
        yield rule("period.unknown").finding("标题和开头都没有写明是哪一年度的报告")


@enforces("period.other-year")
def other_year(examined: Examined) -> Iterator[Finding]:
    """Yield sentences that tell this year's doings under another year."""
    given, year = rule("period.other-year").parameters, examined.reading.year
    if year is None:
        return
    unless = compiled(given["unless"])
    for match in compiled(given["clause"]).finditer(examined.text):
        end = examined.text.find("。", match.end())
        sentence = examined.text[match.start() : end if end >= 0 else match.end() + 60]
        # the first figures alone are this year's; what follows may look back
        if match[1] not in {str(year - 1), str(year + 1)} or unless.search(sentence[:60]):
            continue
        at = examined.span(match.start(1), match.end(1))
        yield rule("period.other-year").finding(
            f"这是{year}年度的报告，却写“{around(examined.text, match.start(1), match.start(1) + 20)}”",
            left=f"{match[1]}年",
            right=f"{year}年",
            at=(at,),
        )


@enforces("period.plan-year")
def plan_year(examined: Examined) -> Iterator[Finding]:
    """Yield plans for a year that is over."""
    given, year = rule("period.plan-year").parameters, examined.reading.year
    if year is None:
        return
    clause = compiled(given["clause"].replace("{year}", str(year)))
    for chapter in examined.chapters:
        if not compiled(given["chapter"]).search(chapter.title):
            continue
        for match in clause.finditer(examined.text, *chapter.body):
            yield rule("period.plan-year").finding(
                f"改进措施里写“{around(examined.text, *match.span())}”，而{year}年就是所报的年度",
                left=f"{year}年",
                right=f"{year + 1}年",
                at=(examined.span(*match.span()),),
            )


@enforces("period.published-early", "period.published-late")
def published(examined: Examined) -> Iterator[Finding]:
    """Yield a day of publication before the year was over, or after the law's last day."""
    year = examined.reading.year
    match = compiled(rule("period.published-early").parameters["label"]).search(examined.text)
    if match is None or year is None or year < FIRST_REPORT:
        return
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return
    at = (examined.span(*match.span()),)
    if day <= date(year, 12, 1):
        yield rule("period.published-early").finding(
            f"发布日期是{day:%Y-%m-%d}，{year}年还没有过完", left=f"{day}", at=at
        )
        return
    try:
        limit = due(_duty(examined), date(year, 12, 31))
    except Refusal:
        return
    if day > limit.day:
        yield rule("period.published-late").finding(
            f"{year}年度报告的期限是{limit.day:%Y-%m-%d}，发布日期是{day:%Y-%m-%d}",
            left=f"{day}",
            right=f"{limit.day}",
            at=at,
        )


def _duty(examined: Examined) -> str:
    """Return the deadline that binds the unit; the later one where its kind is unknown."""
    departmental = agency(examined).endswith(("局", "委员会", "厅", "部"))
    return "report.department" if departmental else "report.government"
