"""The demo city's letters: how its offices sign."""

from pathlib import Path

import yaml

from gongkai.domain.applications.models import Application, Letter
from gongkai.domain.letters.actions import draft, issue, rewrite
from gongkai.domain.letters.models import LetterOffice
from gongkai.domain.letters.suggesting import suggestions
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader

ORDER = 240
CONTACT = "政务公开办公室，电话0000-8800012，地址云川市公开路1号"
COURT = "云川市云川区人民法院"
ONLINE = "https://reconsideration.yunchuan.example/"


def load(folder: Path) -> str | None:
    """Say for every agency how it signs, where nobody has said so, and send the first letters out."""
    said = [_settings(), _letters(folder / "applications" / "letters.yaml")]
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


def _settings() -> str:
    known = set(LetterOffice.objects.values_list("organisation", flat=True))
    rows = Organisation.objects.reporting().exclude(pk__in=known)
    made = LetterOffice.objects.bulk_create([_office(row) for row in rows])
    return f"文书设置：{len(made)}个机关" if made else ""


def _office(row: Organisation) -> LetterOffice:
    is_government = row.kind == "government"
    above = row.get_parent()
    top = above.name if above else "示例省人民政府"
    return LetterOffice(
        organisation=row,
        mark=_mark(row),
        kind="lower-government" if is_government else "department",
        reviewers="示例省人民政府" if is_government and not above else top,
        court=COURT,
        online=ONLINE,
        contact=CONTACT,
    )


def _mark(row: Organisation) -> str:
    """Return a mark made of characters of the name: 云水公复."""
    name = "".join(char for char in row.short or row.name if "\u4e00" <= char <= "\u9fff")
    return f"云{name[-2:-1] if len(name) > 2 else name[:1]}公复"
