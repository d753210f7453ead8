"""Going through a site: its home page, its columns, a number of its links, its search."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

from gongkai.core.inspection import (
    Link,
    Page,
    SeenColumn,
    SeenLink,
    SiteFacts,
    read_page,
    site_checks,
)
from gongkai.core.refusal import Refusal
from gongkai.domain.media import errors
from gongkai.domain.media.fetching import Fetcher, has_ipv6
from gongkai.domain.media.models import Freshness, Probe, Site
from gongkai.domain.media.models.site import host_of
from gongkai.foundation import clock

MOST_COLUMNS = 60
MOST_LINKS = 200
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|jpe?g|png|gif|mp4)$", re.IGNORECASE
)
_KINDS = (
    (Freshness.DYNAMIC, re.compile(r"动态|要闻|新闻|快讯|政务信息$|工作信息")),
    (Freshness.NOTICE, re.compile(r"通知|公告|公示|政策|文件|法规")),
    (
        Freshness.OTHER,
        re.compile(
            r"公开|规划|财政|预算|决算|统计|人事|招考|采购|应急|解读|互动|访谈|征集|回应|服务|公报|制度|指南|年报|专栏|建议|提案|督查"
        ),
    ),
)
_LONGEST_NAME = 14
Say = Callable[[str], None]


def survey(site: Site, fetcher: Fetcher, *, say: Say = lambda _: None) -> SiteFacts:
    """Return what is found on *site* today.

    Args:
        site: A registered site.
        fetcher: One that asks this site's hosts.
        say: Told what is being looked at.
    """
    day = clock.today()
    unreachable, probes = reachability(site)
    known = {
        "day": day,
        "government_domain": site.host.partition(":")[0].endswith(".gov.cn"),
        "ipv6": has_ipv6(site.host),
        "unreachable": unreachable,
        "probes": probes,
    }
    say("首页")
    try:
        home = _page(fetcher, site.address, day)
    except Refusal as refusal:
        return SiteFacts(reached=False, problem=str(refusal), **known)  # type: ignore[arg-type]  # the keys of SiteFacts
    seen: list[tuple[SeenColumn, Page | None]] = []
    for column in _columns(site, home):
        say(f"栏目：{column[0]}")
        seen.append(_look_at(fetcher, column, home, day))
    broken, checked = _links(fetcher, home, [page for _, page in seen if page], say)
    search, words = _search(fetcher, home, day)
    return SiteFacts(
        newest=_newest(home, [page for _, page in seen if page]),
        columns=tuple(column for column, _ in seen),
        broken=tuple(broken),
        links_checked=checked,
        search=search,
        searched_for=words,
        consultation=home.mentions_consultation,
        error_report=home.mentions_error_report,
        mark=home.has_mark,
        **known,  # type: ignore[arg-type]  # the keys of SiteFacts
    )


def reachability(site: Site) -> tuple[float | None, int]:
    """Return the share of probes that failed in the period of the criterion, in per cent, and their number.

    ``None`` where there were fewer probes than the criterion asks for.
    """
    check = site_checks()["unreachable"]
    since = clock.now() - timedelta(days=check.days)
    probes = list(Probe.objects.filter(site=site, at__gte=since).values_list("reached", flat=True))
    if len(probes) < check.probes * check.days:
        return None, len(probes)
    return 100 * probes.count(False) / len(probes), len(probes)


def probe(site: Site, fetcher: Fetcher) -> Probe:
    """Try to reach *site* once, and note what came of it."""
    problem, seconds = "", fetcher.seconds
    try:
        found = fetcher.get(site.address)
        seconds = found.seconds
        if found.status >= 400:
            problem = f"网站回答 {found.status}"
    except Refusal as refusal:
        problem = str(refusal)
    return Probe.objects.create(
        site=site, reached=not problem, milliseconds=int(seconds * 1000), problem=problem[:200]
    )


def _page(fetcher: Fetcher, address: str, day: date) -> Page:
    found = fetcher.get(address)
    if found.status != 200:
        raise errors.Unreachable(why=f"网站回答 {found.status}")
    page = read_page(found.content, found.address, today=day) if found.is_page else None
    if page is None:
        raise errors.Unreachable(why="打开的不是网页")
    return page


def _columns(site: Site, home: Page) -> Iterator[tuple[str, str, str]]:
    """Yield name, address and period of the columns: the registered ones, or those the home page names."""
    registered = list(site.columns.all())
    if registered:
        yield from ((column.name, column.address, column.freshness) for column in registered)
        return
    count, seen = 0, {home.address.rstrip("/")}
    for link in home.links:
        name = link.text.strip("· »>[]【】")
        address = link.address.rstrip("/")
        if (
            address in seen
            or not 2 <= len(name) <= _LONGEST_NAME
            or host_of(link.address) not in site.all_hosts
        ):
            continue
        if _FILE.search(urlsplit(address).path) or name in {"更多", "首页", "返回首页"}:
            continue
        kind = next((kind for kind, words in _KINDS if words.search(name)), None)
        if kind is None:
            continue
        seen.add(address)
        yield name, link.address, kind.value
        count += 1
        if count >= MOST_COLUMNS:
            return


def _look_at(
    fetcher: Fetcher, column: tuple[str, str, str], home: Page, day: date
) -> tuple[SeenColumn, Page | None]:
    name, address, freshness = column
    try:
        page = _page(fetcher, address, day)
    except Refusal as refusal:
        return SeenColumn(name, address, freshness, problem=str(refusal)), None
    blank = not page.adds_to(home)
    # days that stand in every page's frame are no updates of this column
    newest = max((entry.day for entry in page.entries if entry not in home.entries), default=None)
    newest = newest or (page.newest if page.entries else None)
    return SeenColumn(name, address, freshness, newest, blank), page


def _newest(home: Page, pages: Sequence[Page]) -> date | None:
    """Return the newest day of the home page; of the columns where it is only a way to them."""
    if home.newest is not None:
        return home.newest
    return max((page.newest for page in pages if page.newest), default=None)


def _links(
    fetcher: Fetcher, home: Page, pages: Sequence[Page], say: Say
) -> tuple[list[SeenLink], int]:
    """Try links of the home page and the columns, each once, on our own hosts only."""
    wanted: dict[str, tuple[Link, str]] = {}
    known = {home.address, *(page.address for page in pages)}
    for page in (home, *pages):
        for link in page.links:
            if host_of(link.address) in fetcher.hosts and link.address not in known:
                wanted.setdefault(link.address, (link, page.title or page.address))
    broken: list[SeenLink] = []
    checked = 0
    for link, where in list(wanted.values())[:MOST_LINKS]:
        if checked % 10 == 0:
            say(f"链接：{checked} / {min(len(wanted), MOST_LINKS)}")
        try:
            problem = _try(fetcher, link.address)
        except (errors.Forbidden, errors.NotYours):
            continue
        checked += 1
        if problem:
            broken.append(SeenLink(link.address, link.text[:60], where[:80], problem))
    return broken, checked


def _try(fetcher: Fetcher, address: str) -> str:
    """Return why *address* leads nowhere, or nothing."""
    try:
        found = fetcher.get(address, head=True)
        if found.status in {400, 403, 405, 501}:
            # some servers know no HEAD
            found = fetcher.get(address)
    except (errors.Unreachable, errors.PrivateAddress) as refusal:
        return str(refusal).rstrip("。")
    return f"网站回答 {found.status}" if found.status in {404, 410} or found.status >= 500 else ""


def _search(fetcher: Fetcher, home: Page, day: date) -> tuple[str, str]:
    """Search for words of the home page; return what came of it, and the words."""
    form = home.search
    titles = [entry.title for entry in home.entries]
    if (
        form is None
        or form.method != "get"
        or not titles
        or host_of(form.address) not in fetcher.hosts
    ):
        return ("untried" if home.mentions_search else "missing"), ""
    words = re.split(r"[\s《》“”（(：:，,]", titles[0])
    word = max(words, key=len)[:10]
    joiner = "&" if urlsplit(form.address).query else "?"
    query = urlencode({**dict(form.others), form.field: word})
    try:
        page = _page(fetcher, f"{form.address}{joiner}{query}", day)
    except errors.Forbidden:
        return "untried", word
    except Refusal:
        return "finds-nothing", word
    hits = [link for link in page.links if word in link.text and link.address != page.address]
    return ("works" if hits else "finds-nothing"), word
