"""Bulk import: lines a second checked, imported as drafts, and published as reviewed elsewhere; duplicates found.

``python benchmarks/importing.py [lines]`` works in a database of its own in a temporary folder.
"""

import csv
import os
import sys
import tempfile
import time
from pathlib import Path

FOLDER = tempfile.mkdtemp(prefix="gongkai-importing-")
os.environ["GONGKAI_DATA"] = FOLDER
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.development")

import django  # noqa: E402

django.setup()

from django.core.files import File  # noqa: E402
from django.core.management import call_command  # noqa: E402

from gongkai.domain.directory.actions import set_up  # noqa: E402
from gongkai.domain.directory.models import Column  # noqa: E402
from gongkai.domain.information.importing import actions, duplicates  # noqa: E402
from gongkai.domain.information.importing.models import Batch, Line  # noqa: E402
from gongkai.domain.information.models import Item  # noqa: E402
from gongkai.domain.organisations.actions import appoint, engage, found  # noqa: E402
from gongkai.domain.review.actions import SigningStep, set_chain  # noqa: E402
from gongkai.foundation.permissions import Reader  # noqa: E402

LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
TOPICS = (
    "防汛抗旱",
    "预算绩效",
    "义务教育招生",
    "危房改造",
    "节水灌溉",
    "食品抽检",
    "公路养护",
    "养老服务",
)


def sheet(path: Path, start: int) -> Path:
    """Write a sheet of LINES notices, none like another."""
    with path.open("w", encoding="gb18030", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["标题", "文号", "成文日期", "公开日期", "主题分类", "体裁", "正文"])
        for n in range(start, start + LINES):
            topic = TOPICS[n % len(TOPICS)]
            digits = "".join("零一二三四五六七八九"[int(d)] for d in str(n * 7919 % 99_991))
            body = "\n".join(
                f"{part}、关于{topic}的第{digits}项第{part}条：由{digits}号单位牵头，于{n % 12 + 1}月{n % 28 + 1}日前完成{digits * 3}等任务。"
                for part in "一二三四五六"
            )
            rows.writerow(
                [
                    f"关于{topic}的通知（{n}）",
                    f"云办〔2023〕{n}号",
                    "2023-05-06",
                    "2023-05-08",
                    "综合政务/政务公开",
                    "通知",
                    body,
                ]
            )
    return path


def timed(what: str, count: int, work):
    began = time.perf_counter()
    result = work()
    taken = time.perf_counter() - began
    print(f"{what:<44}{count:>8} lines {taken:>8.1f} s {count / taken:>9.0f} a second")
    return result


def main() -> None:
    call_command("migrate", verbosity=0)
    city = found(parent=None, name="云川市人民政府", kind="government", level="prefecture", by=None)
    bureau = found(parent=city, name="云川市水利局", kind="department", level="prefecture", by=None)
    people = {}
    for key, role, unit in (("a", "office", city), ("b", "head", bureau), ("c", "office", city)):
        user = engage(username=key, name=key, password=None, organisation=unit, by=None)
        appoint(user, organisation=unit, role=role, by=None)
        people[key] = user
    office = Reader.of(people["a"])
    set_chain(
        city,
        "general",
        [SigningStep("单位负责人", "head"), SigningStep("办公室主任", "office", city)],
        by=office,
    )
    set_up(bureau, by=office)
    column = Column.objects.of(bureau).holding_items().first()
    signers = {"general": [people["b"].pk, people["c"].pk]}
    for mode, start, more in (
        (Batch.Mode.DRAFTS, 0, {}),
        (Batch.Mode.REVIEWED, 10**6, {"evidence": "档案室", "signers": signers}),
    ):
        path = sheet(Path(FOLDER) / f"{mode}.csv", start)
        with path.open("rb") as stream:
            batch = actions.begin(bureau, file=File(stream, name=path.name), by=office)
        actions.settle(batch, mapping=batch.mapping, mode=mode, column=column, by=office)
        timed(f"checked ({mode})", LINES, lambda b=batch: actions.check(b))
        actions.confirm(batch, by=office, take_alike=True, **more)
        timed(f"imported ({mode})", LINES, lambda b=batch: actions.run(b))
        states = dict.fromkeys(Line.State.values, 0)
        for state in batch.lines.values_list("state", flat=True):
            states[state] += 1
        print("   ", {key: value for key, value in states.items() if value})
    items = list(Item.objects.all()[:1000])
    changed = [
        duplicates.Candidate(
            n,
            bureau.pk,
            "改了标题",
            "",
            None,
            item.body.replace("牵头", "负责", 1) + "<p>特此通知。</p>",
        )
        for n, item in enumerate(items)
    ]
    answer = timed(
        "near-same texts looked for", len(changed), lambda: duplicates.all_alike(changed)
    )
    print(
        f"found again: {len(answer) / len(changed):.1%} of texts with a word changed and a line added"
    )


main()
