"""The remedies of the demo city: waiting, answered, upheld, corrected and decided again."""

from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile

from gongkai.core.workdays import calendar
from gongkai.domain.applications.demo import Office, drawn
from gongkai.domain.applications.models import Application
from gongkai.domain.remedies.actions import conclude, defend, file_paper, learn, lodge, renew
from gongkai.domain.remedies.models import PaperKind, Remedy
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader

ORDER = 190


def load(folder: Path) -> str | None:
    """Enter what is not there yet."""
    place = folder / "applications" / "remedies.yaml"
    if not place.is_file() or Remedy.objects.exists():
        return None
    office = Office()
    count = 0
    for facts in yaml.safe_load(place.read_text(encoding="utf-8"))["remedies"]:
        found = Application.objects.filter(matter__startswith=facts["of"])
        row = found.select_related("organisation").first()
        if row is not None:
            _enter(office, row, facts)
            count += 1
    return f"复议、诉讼和举报投诉：新增 {count} 件。" if count else None


def _enter(
    office: Office, row: Application, facts: dict[str, Any], before: Remedy | None = None
) -> None:
    """Note a remedy down and bring it as far as its facts go, each on its day."""
    names = {unit.pk: name for name, unit in office.units.items()}
    by = office.by(names[row.organisation_id])
    filed = office.day(facts["filed"])
    told: dict[str, Any] = {name: facts.get(name, "") for name in ("claims", "claimant")}
    if "notified" in facts:
        told["notified"] = office.day(facts["notified"])
    with clock.moved_to(told.get("notified", filed)):
        remedy = lodge(
            row,
            by=by,
            kind=facts["kind"],
            filed=filed,
            body=facts["body"],
            number=facts.get("number", "").format(year=filed.year),
            follows=before,
            **told,
        )
        _file(remedy, facts, by)
    if "defended" in facts:
        day = office.day(facts["defended"])
        with clock.moved_to(day):
            remedy = defend(remedy, by=by, day=day)
    if ended := facts.get("concluded"):
        decided, received = office.day(ended["ago"]), office.day(ended["received"])
        with clock.moved_to(received):
            remedy = conclude(
                remedy,
                by=by,
                outcome=ended["outcome"],
                decided=decided,
                received=received,
                result=ended["result"],
            )
    if again := facts.get("renewed"):
        day = office.day(again["ago"])
        with clock.moved_to(day):
            renew(remedy, by=by, day=day, until=calendar().after(day, again["until"]))
    if facts.get("lessons"):
        learn(remedy, by=by, lessons=facts["lessons"])
    if "then" in facts:
        _enter(office, row, facts["then"], before=remedy)


def _file(remedy: Remedy, facts: dict[str, Any], by: Reader) -> None:
    if paper := facts.get("paper"):
        page = drawn(paper["title"], [(name, value) for name, value in paper["rows"]])
        if page is not None:
            upload = ContentFile(page, name=f"{paper['title']}.png")
            file_paper(remedy, upload, by=by, kind=PaperKind.CLAIM, title=paper["title"])
