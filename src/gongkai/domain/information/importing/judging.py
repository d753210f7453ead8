"""What would become of each line: its values, and what is wrong with it and what to do."""

import hashlib
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from gongkai.core.refusal import Refusal
from gongkai.domain.directory.models import Column
from gongkai.domain.information import numbering
from gongkai.domain.information.errors import NotANumber
from gongkai.domain.information.importing import bodies, duplicates, policies, values
from gongkai.domain.information.importing.archive import Archive
from gongkai.domain.information.importing.fields import FIELDS
from gongkai.domain.information.importing.models import Batch, Line, Provenance
from gongkai.domain.information.importing.reading import Raw
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import Publicity
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.models import Importance
from gongkai.foundation.attachments.kinds import KINDS, PICTURES
from gongkai.foundation.permissions import Reader

ENDINGS = {ending for kind in PICTURES for ending in KINDS[kind].endings}
CHUNK = 200
"""Lines that are judged with one set of queries."""
_FILES = re.compile(r"[;；、\n|]+")
_STEPS = re.compile(r"\s*[/\\＞>]\s*")
_NOT_VALUES = ("organisation", "column", "files", "address", "body", "index_number", "published_on")


@dataclass
class Judged:
    """A line as it would be taken in."""

    raw: Raw
    organisation: Organisation | None = None
    column: Column | None = None
    values: dict[str, Any] = field(default_factory=dict)
    files: list[zipfile.ZipInfo] = field(default_factory=list)
    pictures: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    """What stands in the text, by its address there."""
    key: str = ""
    state: Line.State = Line.State.READY
    problems: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    alike: Item | None = None
    index_number: str = ""

    @property
    def title(self) -> str:
        """Return its title, or what there is instead."""
        return str(self.values.get("title") or self.raw.said.get("title", ""))[:300]

    @property
    def address(self) -> str:
        """Return where it was published before."""
        return self.raw.said.get("address", "")[:500]

    @property
    def importance(self) -> str:
        """Return its importance."""
        return str(self.values.get("importance", ""))


class Judge:
    """Judges the lines of one batch; knows units and columns within the reader's reach."""

    def __init__(self, batch: Batch, by: Reader, archive: Archive) -> None:
        self.batch, self.archive = batch, archive
        self._units: dict[str, Organisation | None] = {}
        for unit in policies.units(by):
            for name in {unit.name, unit.short} - {""}:
                # a name that two units share names neither
                self._units[name] = None if name in self._units else unit
        self._columns: dict[int, dict[str, list[Column]]] = {}
        self._seen: dict[tuple[int, str], int] = {}

    def judge(self, raws: Sequence[Raw]) -> list[Judged]:
        """Return what would become of *raws*, in a constant number of queries."""
        judged = [self._alone(raw) for raw in raws]
        self._against_each_other(judged)
        self._against_what_is_there([line for line in judged if not line.problems])
        for line in judged:
            if line.problems:
                line.state = Line.State.REFUSED
        return judged

    # -- one line by itself ----------------------------------------------------------------------------

    def _alone(self, raw: Raw) -> Judged:
        line = Judged(raw)
        said = raw.said
        for key, value in said.items():
            if key in _NOT_VALUES or not value:
                continue
            self._put(line, key, value)
        for key in ("published_on",):
            if said.get(key):
                self._put(line, key, said[key])
        try:
            body = bodies.with_pictures(said.get("body", ""), self._picture)
            line.values["body"], line.pictures = body.html, body.pictures
            if body.lost:
                line.hints.append(f"正文里有 {body.lost} 张图片没有带来。{self._remedy()}")
        except Refusal as refusal:
            line.values["body"] = ""
            line.problems.append(f"正文：{refusal}")
        line.index_number = said.get("index_number", "").strip()
        if line.index_number and not numbering.is_well_formed(line.index_number):
            line.problems.append(str(NotANumber(number=line.index_number[:80])))
        self._place(line, said)
        self._find_files(line, said.get("files", ""))
        self._must_be_whole(line)
        line.key = self._key(line)
        return line

    def _put(self, line: Judged, key: str, value: str) -> None:
        title = FIELDS[key].title
        try:
            read = values.READERS.get(key)
            line.values[key] = (
                read(value, field=title) if read else values.short(key, value, field=title)
            )
        except Refusal as refusal:
            line.problems.append(str(refusal))

    def _place(self, line: Judged, said: dict[str, str]) -> None:
        named = "".join(said.get("organisation", "").split())
        line.organisation = self._units.get(named) if named else self.batch.organisation
        if line.organisation is None:
            line.problems.append(
                f"发布机构“{named}”不在您可以导入的单位之内。请改成全称，或留空按所选单位导入。"
            )
            return
        wanted = said.get("column", "").strip()
        if wanted:
            line.column = self._column(line, wanted)
        elif self.batch.column and self.batch.column.organisation_id == line.organisation.pk:
            line.column = self.batch.column

    def _column(self, line: Judged, wanted: str) -> Column | None:
        unit = line.organisation
        if unit is None:
            return None
        if unit.pk not in self._columns:
            named: dict[str, list[Column]] = {}
            for column in Column.objects.of(unit).open().holding_items():
                named.setdefault("".join(str(column.title).split()), []).append(column)
            self._columns[unit.pk] = named
        steps = ["".join(step.split()) for step in _STEPS.split(wanted) if step.strip()]
        found = self._columns[unit.pk].get(steps[-1], []) if steps else []
        if len(found) > 1 and len(steps) > 1:
            above = {
                str(c.path): "".join(str(c.title).split())
                for c in Column.objects.filter(path__in={f.parent_path for f in found})
            }
            found = [f for f in found if above.get(f.parent_path) == steps[-2]]
        if len(found) == 1:
            return found[0]
        if found:
            line.problems.append(
                f"“{wanted}”有 {len(found)} 个同名栏目。请写成“上级栏目/{steps[-1]}”。"
            )
        elif self.batch.column and self.batch.column.organisation_id == unit.pk:
            line.hints.append(f"没有找到栏目“{wanted}”，按所选的“{self.batch.column}”导入。")
            return self.batch.column
        elif self.batch.source != Batch.Source.SHEET:
            # the columns of an old site are seldom ours; without one a draft waits for its editor
            line.hints.append(f"没有找到栏目“{wanted}”，没有指定栏目。")
        else:
            line.problems.append(
                f"{unit}没有能放信息的栏目“{wanted}”。请改成已有栏目的名称，或先在栏目里添加。"
            )
        return None

    def _remedy(self) -> str:
        """Return how the pictures of a text can be had."""
        if self.batch.source == Batch.Source.SHEET:
            return "图片放进压缩包一起上传的，会随正文导入。"
        if self.batch.archive or self.batch.source == Batch.Source.SITE:
            return "登记的本单位网站和压缩包里都取不到；可以导入以后在“编辑”里插入。"
        return "原网站登记在“网站和新媒体”里的，检查时会去取；也可以把图片放进压缩包一起上传。"

    def _picture(self, path: str) -> zipfile.ZipInfo | None:
        """Return the picture of the archive at *path*, or the only one of that name."""
        if PurePosixPath(path).suffix.lower().lstrip(".") not in ENDINGS:
            return None
        return self.archive.find(path) or self.archive.find(PurePosixPath(path).name)

    def _find_files(self, line: Judged, said: str) -> None:
        for name in filter(None, (part.strip() for part in _FILES.split(said))):
            member = self.archive.find(name)
            if member is not None:
                line.files.append(member)
            elif self.archive.is_ambiguous(name):
                line.problems.append(
                    f"压缩包里有几个“{name}”。请连同文件夹一起写，例如“2024/{name}”。"
                )
            elif not len(self.archive):
                line.problems.append(
                    f"要有附件“{name}”，但没有上传压缩包。请把附件压缩成 ZIP 一起上传。"
                )
            else:
                line.problems.append(f"压缩包里没有“{name}”。请核对文件名，或把文件放进压缩包。")

    def _must_be_whole(self, line: Judged) -> None:
        is_reviewed = self.batch.mode == Batch.Mode.REVIEWED
        made, title = line.values, str(line.values.get("title", "")).strip()
        if not title and not line.problems:
            line.problems.append("没有标题。请填写标题。")
        effective, expires = made.get("effective_on"), made.get("expires_on")
        if effective and expires and expires <= effective:
            line.problems.append("失效日期不晚于生效日期。请核对这两个日期。")
        made.setdefault("publicity", Publicity.OPEN.value)
        made.setdefault("importance", Importance.GENERAL.value)
        is_open = made["publicity"] == Publicity.OPEN
        if not is_reviewed:
            if made.pop("published_on", None):
                line.hints.append("公开日期在公开时产生，表里的没有采用。")
            if not made["body"] and not line.files:
                line.hints.append("没有正文也没有附件，送审前要补上。")
            return
        if not made["body"] and not line.files:
            line.problems.append("没有正文也没有附件。请补上其中之一。")
        if is_open and line.column is None and line.organisation is not None:
            line.problems.append("没有栏目。请在表里填写栏目，或导入时选一个栏目。")
        if not is_open and not (made.get("ground") and str(made.get("ground_note", "")).strip()):
            line.problems.append("不主动公开的信息没有写依据和理由。请补上这两列。")

    def _key(self, line: Judged) -> str:
        """Return what tells the line apart in its source: the address, the index number, or its own facts."""
        made = line.values
        if line.address:
            kind, told = "u", line.address
        elif line.index_number:
            kind, told = "i", line.index_number
        else:
            day = (
                made.get("made_on")
                or made.get("published_on")
                or line.raw.said.get("published_on", "")
            )
            kind, told = "t", f"{line.title}|{made.get('document_number', '')}|{day}"
        return f"{kind}:{hashlib.sha256(told.encode()).hexdigest()[:60]}"

    # -- against others --------------------------------------------------------------------------------

    def _against_each_other(self, judged: Iterable[Judged]) -> None:
        for line in judged:
            if line.organisation is None or not line.title:
                continue
            mark = (line.organisation.pk, line.key)
            first = self._seen.setdefault(mark, line.raw.number)
            if first != line.raw.number:
                line.problems.append(f"与第 {first} 行重复。请删去其中一行。")

    def _against_what_is_there(self, judged: Sequence[Judged]) -> None:
        known = {
            (p.organisation_id, p.key): p.item
            for p in Provenance.objects.filter(
                key__in=[line.key for line in judged]
            ).select_related("item")
        }
        numbers = [line.index_number for line in judged if line.index_number]
        numbered = {i.index_number: i for i in Item.objects.filter(index_number__in=numbers)}
        numbers = [number for number in numbers if number not in numbered]
        spent = numbering.given(numbers)
        signs = [s for line in judged if (s := line.values.get("registration_number"))]
        registered = set(
            Item.objects.filter(registration_number__in=signs).values_list(
                "registration_number", flat=True
            )
        )
        fresh = []
        for line in judged:
            there = known.get((_unit(line), line.key)) or numbered.get(line.index_number)
            if there is not None and there.organisation_id == _unit(line):
                line.state, line.alike = Line.State.KNOWN, there
            elif there is not None:
                line.problems.append(f"索引号“{line.index_number}”已被别的单位使用。请核对。")
            elif line.index_number in spent:
                line.problems.append(
                    f"索引号“{line.index_number}”系统已经编给别的信息，不能再用。请核对，或者留空由系统编。"
                )
            elif line.values.get("registration_number") in registered:
                line.problems.append("统一登记号已经用过。请核对，一个登记号只能用一次。")
            else:
                fresh.append(line)
        self._look_for_alike(fresh)

    def _look_for_alike(self, judged: Sequence[Judged]) -> None:
        found = duplicates.all_alike(
            [
                duplicates.Candidate(
                    key=line.raw.number,
                    organisation=_unit(line),
                    title=line.title,
                    number=str(line.values.get("document_number", "")),
                    day=line.values.get("made_on") or line.values.get("published_on"),
                    body=line.values["body"],
                )
                for line in judged
            ]
        )
        for line in judged:
            if there := found.get(line.raw.number):
                line.state, line.alike = Line.State.ALIKE, there[0].item
                line.hints.append(f"{there[0]}。")


def _unit(line: Judged) -> int:
    return int(line.organisation.pk) if line.organisation else 0
