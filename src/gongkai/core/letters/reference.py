"""The reference page of all letters, made from the data: ``python -m gongkai.core.letters.reference``."""

import sys
from collections.abc import Iterator
from datetime import date

from gongkai.core import codes
from gongkai.core.letters.slots import Slot, slots, used
from gongkai.core.letters.template import (
    Template,
    by_stage,
    elements,
    required,
    stages,
    templates,
)

INTRODUCTION = """\
# 文书

<!-- 由 `python -m gongkai.core.letters.reference > docs/reference/letters.md` 生成；请改 law/letters。 -->

依申请公开的文书是法规数据，共{templates}种：模板在 `src/gongkai/law/letters/templates/`，必须有的要素在
`elements.yaml`，空格在 `slots.yaml`，救济途径在 `remedies.yaml`，版面在 `layouts.yaml`。
`gongkai.core.letters.compose` 把模板、事实和日期合成一份文书；缺一项事实就用一句话说出缺什么。

- 收到申请那一天的规定决定有没有这种文书、依据哪一条、用哪一段文字；作出文书那一天的规定决定写哪些救济途径。
- 救济途径由处理依据、日期、机关的种类和送达方式得出：2024年起依条例第十四至十六条不予公开的，写应当先申请行政复议；
  通过互联网送达的，写明可以提交复议申请的互联网渠道，没有就不能制作。
- 机关可以改写模板；`gongkai.core.letters.flaws` 说出改写后缺了哪些要素、用了哪些没有的空格。
- 印成 DOCX 和 PDF：信函格式用红色双线和机关标志，简式只有标题，表可以手写。版面按 GB/T 9704—2012；
  PDF 里嵌入的是随软件提供的思源宋体和思源黑体，DOCX 里写的是仿宋、小标宋等字体名，由打开它的电脑提供。
- `{{{{收到日期}}}}` 这样的是空格；写有选填项的一段，没有填就不印。
"""
CLASSES = {"decision": "决定类", "procedural": "程序性", "inquiry": "函", "form": "表"}
FORMS = {"letter": "信函格式", "simple": "简式", "sheet": "表"}
TO = {
    "applicant": "申请人",
    "third-party": "第三方",
    "agency": "其他机关",
    "unit": "协办单位",
    "file": "案卷",
}
KINDS = {
    "text": "文字",
    "lines": "一项一行",
    "date": "日期",
    "number": "数",
    "money": "金额",
    "limit": "法定期限",
}
FROM = {"case": "办理人员填写或者由案件得出", "law": "由法规得出", "office": "机关的文书设置"}


def markdown() -> str:
    """Return the page."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield INTRODUCTION.format(templates=len(templates()))
    yield "## 模板\n"
    yield "| 名称 | 文书 | 阶段 | 类别 | 格式 | 给谁 | 文号、印章 | 施行 | 点名要有的要素 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for _stage, listed in by_stage(templates().items()):
        for key, made in listed:
            yield _row(key, made)
    yield "\n## 要素\n"
    yield "| 要素 | 哪些文书 | 由什么体现 | 依据 |"
    yield "|---|---|---|---|"
    for element in elements().values():
        who = "、".join(CLASSES[name] for name in element.classes) or "点名的"
        shown = [f"`{{{{{name}}}}}`" for name in element.slots]
        shown += [f"“{word}”" for word in element.words]
        if element.states:
            shown.append("模板里 states 的字样")
        if element.part:
            shown.append("版面，总是有")
        sources = dict.fromkeys(str(p.reference) for p in element.articles or ())
        yield f"| {element.label} | {who} | {'，或者'.join(shown)} | {'；'.join(sources)} |"
    yield "\n## 空格\n"
    yield "| 空格 | 填什么 | 写法 | 从哪里来 | 不填时 |"
    yield "|---|---|---|---|---|"
    for name, slot in slots().items():
        yield _slot(name, slot)
    yield ""


def _row(key: str, made: Template) -> str:
    marks = "、".join(
        word for word, has in (("文号", made.has_number), ("印章", made.has_seal)) if has
    )
    own = "、".join(element.label for name, element in required(made) if name in made.requires)
    return (
        f"| `{key}` | {made.name} | {stages()[made.stage].label} | {CLASSES[made.class_]} | {FORMS[made.form]} | {TO[made.to]} "
        f"| {marks} | {_since(made)} | {own} |"
    )


def _since(made: Template) -> str:
    """Return the first day of receipt for which there is such a letter, and the last where there is one."""
    days = {date(2008, 5, 1)}
    for timeline in (made.basis, made.also):
        days |= {p.since for p in timeline or ()} | set(timeline.ends if timeline else ())
    for key in made.grounds:
        articles = codes.ground(key).articles
        days |= {p.since for p in articles or ()} | set(articles.ends if articles else ())
    states = [(day, made.in_force(day)) for day in sorted(days)]
    first = next(day for day, there in states if there)
    gone = [day for day, there in states if day > first and not there]
    return f"{first} 起" + (f"，到 {gone[0]} 前" if gone else "")


def _slot(name: str, slot: Slot) -> str:
    missing = "这一段不印" if slot.optional else slot.default and f"写“{slot.default}”"
    if slot.from_ == "case" and not missing:
        missing = "不能制作"
    uses = sum(name in set(used(made.text())) for made in templates().values())
    source = FROM[slot.from_] + (f"（`{slot.limit}`）" if slot.limit else "")
    return f"| `{{{{{name}}}}}` | {slot.asks} | {KINDS[slot.kind]} | {source}，{uses}种文书 | {missing} |"


if __name__ == "__main__":
    sys.stdout.write(markdown())
