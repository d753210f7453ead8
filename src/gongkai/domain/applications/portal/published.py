"""What has been published on a subject already."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from gongkai.domain.information.searching import KIND
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.search.asking import ask
from gongkai.foundation.search.highlighting import highlighted, pattern
from gongkai.foundation.search.query import Query

SHOWN = 6
_POLITE = re.compile(
    r"我(?:想|要|们想|们要)?|希望|请(?:求|问|贵\w)?|依法|依据|申请|公开|提供|了解|查询|获取|知道|以下|下列|有关|关于|相关|"
    r"贵(?:局|单位|机关|委|府)|你们|的(?:信息|情况|材料|内容|文件)|信息|情况|(?<=年)的|[，。；：、,.;:]"
)
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Known:
    """Something published that may be what is wanted."""

    title: SafeString
    url: str
    issuer: str
    day: date | None


def subject_of(matter: str) -> str:
    """Return what *matter* is about, as one would type it into a search."""
    first = matter.strip().splitlines()[0] if matter.strip() else ""
    return " ".join(_POLITE.sub(" ", first[: 2 * LONGEST]).split())[:LONGEST]


def already_published(matter: str, organisation: Organisation) -> list[Known]:
    """Return what may answer *matter*: what the organisation asked has published first, then everybody else."""
    text = subject_of(matter)
    if not text:
        return []
    sure: dict[str, Known] = {}
    perhaps: dict[str, Known] = {}
    for within in (str(organisation.path), ""):
        # how to reach an office, and what it has to say of its whole year, answer nothing
        query = Query(text, filters={"kind": KIND}, within=within, size=SHOWN)
        results = ask(query, facets=False)
        marked = pattern(results.plan.marked)
        for each in results.documents:
            issuer = each.issuer.name if each.issuer else ""
            known = Known(highlighted(each.title, marked), each.url, issuer, each.day)
            if not results.relaxed:
                sure.setdefault(each.url, known)
            elif marked and marked.search(each.title):
                # some of the words somewhere in the text are too little
                perhaps.setdefault(each.url, known)
    return list({**sure, **perhaps}.values())[:SHOWN]
