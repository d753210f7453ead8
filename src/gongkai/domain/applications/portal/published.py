"""What has been published on a subject already."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.search.asking import ask
from gongkai.foundation.search.highlighting import highlighted, pattern
from gongkai.foundation.search.query import Query

SHOWN = 6
_POLITE = re.compile(
    r"我(?:想|要|们想|们要)?|希望|请(?:求|问|贵\w)?|依法|依据|申请|公开|提供|了解|查询|获取|知道|以下|下列|有关|关于|相关|"
    r"贵(?:局|单位|机关|委|府)|你们|的(?:信息|情况|材料|内容)|信息|情况|[，。；：、,.;:]"
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
    found: dict[str, Known] = {}
    for within in (str(organisation.path), ""):
        results = ask(Query(text, within=within, size=SHOWN), facets=False)
        marked = pattern(results.plan.marked)
        for each in results.documents:
            if each.kind == "guide":  # how to reach an office is no answer
                continue
            issuer = each.issuer.name if each.issuer else ""
            known = Known(highlighted(each.title, marked), each.url, issuer, each.day)
            found.setdefault(each.url, known)
        if len(found) >= SHOWN:
            break
    return list(found.values())[:SHOWN]
