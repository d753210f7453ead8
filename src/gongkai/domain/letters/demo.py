"""The demo city's letters: how its offices sign."""

from pathlib import Path

from gongkai.domain.letters.models import LetterOffice
from gongkai.domain.organisations.models import Organisation

ORDER = 240
CONTACT = "政务公开办公室，电话0000-8800012，地址云川市公开路1号"
COURT = "云川市云川区人民法院"
ONLINE = "https://reconsideration.yunchuan.example/"


def load(folder: Path) -> str | None:  # noqa: ARG001  # every demo takes it
    """Say for every agency how it signs, where nobody has said so."""
    known = set(LetterOffice.objects.values_list("organisation", flat=True))
    rows = Organisation.objects.reporting().exclude(pk__in=known)
    made = LetterOffice.objects.bulk_create([_office(row) for row in rows])
    return f"文书设置：{len(made)}个机关" if made else None


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
