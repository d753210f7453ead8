"""The text of an item for an outlet: what somebody wrote, or a proposal in the manner of that outlet."""

from gongkai.core.abridging import cut, gist, plain
from gongkai.core.codes import Outlet, outlets
from gongkai.domain.channels.models import Release
from gongkai.domain.channels.printing import absolute
from gongkai.domain.information.models import Item

WHOLE = "详情见"


def text_of(release: Release) -> str:
    """Return the text of *release*; empty where its outlet takes none."""
    return release.text or proposal(release.item, release.outlet)


def proposal(item: Item, outlet: str) -> str:
    """Return the text that is proposed for *item* in *outlet*, never longer than the outlet takes."""
    facts = outlets()[outlet]
    if facts.style == "none":
        return ""
    link = absolute(item.address)
    made = _WAYS[facts.style](item, facts, link)
    return cut(made, facts.length) if facts.length else made


def _core(item: Item, room: int) -> str:
    """Return the core sentence, where it says more than the title."""
    told = gist(plain(item.body), room, summary=item.summary)
    return "" if told.rstrip("。") == item.title else told


def _post(item: Item, facts: Outlet, link: str) -> str:
    head = f"【{cut(item.title, facts.length // 2)}】"
    tail = f" {WHOLE}：{link}"
    return f"{head}{_core(item, facts.length - len(head) - len(tail))}{tail}"


def _article(item: Item, facts: Outlet, link: str) -> str:
    head = cut(item.title, facts.title or len(item.title))
    tail = f"阅读原文：{link}"
    core = _core(item, facts.length - len(head) - len(tail) - 4)
    return "\n\n".join(part for part in (head, core, tail) if part)


def _message(item: Item, facts: Outlet, link: str) -> str:
    sender = f"【{item.organisation}】"
    head = cut(item.title, facts.length // 2)
    tail = f"{WHOLE} {link}"
    core = _core(item, facts.length - len(sender) - len(head) - len(tail) - 2)
    return f"{sender}{head}。{core}{tail}"


def _brief(item: Item, facts: Outlet, link: str) -> str:
    day = f"{item.published_on:%Y年%-m月%-d日}" if item.published_on else ""
    tail = f"（{item.organisation.name}{'　' + day if day else ''}，全文：{link}）"
    head = f"{item.title}\n{item.document_number}".strip()
    core = _core(item, facts.length - len(head) - len(tail) - 2)
    return "\n".join(part for part in (head, core, tail) if part)


def _script(item: Item, facts: Outlet, _: str) -> str:
    tail = f"全文可以在{item.organisation.name}政府信息公开栏目查阅。"
    core = _core(item, facts.length - len(item.title) - len(tail) - 1)
    return f"{item.title}。{core}{tail}"


def _notice(item: Item, facts: Outlet, link: str) -> str:
    tail = f"全文：{link}"
    core = _core(item, facts.length - len(item.title) - len(tail) - 2)
    return "\n".join(part for part in (item.title, core, tail) if part)


_WAYS = {
    "post": _post,
    "article": _article,
    "message": _message,
    "brief": _brief,
    "script": _script,
    "notice": _notice,
}
