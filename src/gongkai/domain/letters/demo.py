"""The demo city's letters: how its offices sign."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from gongkai.domain.applications.models import Application, Letter
from gongkai.domain.letters.actions import draft, issue, rewrite
from gongkai.domain.letters.models import LetterOffice
from gongkai.domain.letters.seal_drawing import drawn
from gongkai.domain.letters.suggesting import suggestions
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.foundation.sealing import receive_sealed

ORDER = 240


def load(folder: Path) -> str | None:
    """Say for every agency how it signs, where nobody has said so, and send the first letters out."""
    said = [
        _settings(folder / "applications" / "signs.yaml"),
        _letters(folder / "applications" / "letters.yaml"),
    ]
    return "\n".join(filter(None, said)) or None


def _letters(place: Path) -> str:
    """Write and send the letters of *place*, where nobody has written any."""
    if not place.is_file() or Letter.objects.exists():
        return ""
    count = 0
    for told in yaml.safe_load(place.read_text(encoding="utf-8")):
        rows = Application.objects.select_related("organisation")
        application = rows.filter(matter__startswith=told["matter"]).first()
        user = User.objects.filter(username=told["by"]).first()
        if application is None or user is None:
            continue
        by = Reader.of(user)
        asked = next((one for one in suggestions(application) if one.key == told["template"]), None)
        if asked is None:
            continue
        letter = draft(application, asked.key, by=by, fact=asked.fact)
        if values := told.get("values"):
            addressee = str(letter.content["addressee"])
            letter = rewrite(letter, by=by, addressee=addressee, values=values)
        if told["issue"]:
            issue(letter, by=by)
        count += 1
    return f"文书：新增 {count} 份。" if count else ""


def _settings(place: Path) -> str:
    known = set(LetterOffice.objects.values_list("organisation", flat=True))
    rows = Organisation.objects.reporting().exclude(pk__in=known).select_related("guide")
    if not place.is_file() or not rows:
        return ""
    told = yaml.safe_load(place.read_text(encoding="utf-8"))
    made = LetterOffice.objects.bulk_create([_office(row, told) for row in rows])
    return f"文书设置：{len(made)}个机关"


def _office(row: Organisation, told: Mapping[str, Any]) -> LetterOffice:
    above, guide = row.get_parent(), getattr(row, "guide", None)
    is_government = row.kind == "government"
    area = next(key for key in reversed(told["areas"]) if row.name.startswith(key))
    sued_above = is_government and row.level != "township"
    contact = (
        f"{guide.office}，电话{guide.telephone}，地址{guide.address}"
        if guide and guide.address
        else ""
    )
    return LetterOffice(
        organisation=row,
        mark=_mark(row, area, told),
        kind="lower-government" if is_government else "department",
        reviewers=above.name if above else told["reviewers"],
        court=told["courts"]["upper" if sued_above else area],
        online=told["online"],
        contact=contact,
        seal=receive_sealed(drawn(row.name), None),
    )


def _mark(row: Organisation, area: str, told: Mapping[str, Any]) -> str:
    """Return the mark of its letters: 云财公复; no two are the same."""
    own = row.name.removeprefix(area).removesuffix("人民政府")
    trade = next((sign for key, sign in told["trades"].items() if key in own), own[:2])
    return f"{told['areas'][area]}{trade or '政'}公复"
