"""What a line may say of an item, under which headings, and how a cell becomes a value."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a line may say.

    Attributes:
        title: The heading in our template.
        aliases: Other headings that offices use for it.
        example: What stands in the template's example.
        help: What may stand there, for whoever fills it in.
    """

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    example: str = ""
    help: str = ""


_ALL = (
    Field(
        "title",
        "标题",
        ("信息名称", "名称", "题目", "信息标题", "文件名称", "文件标题", "政府信息名称"),
        "关于做好2024年防汛工作的通知",
        "必填，300 字以内",
    ),
    Field(
        "organisation",
        "发布机构",
        ("公开部门", "发布单位", "发布部门", "公开单位", "发文单位", "单位", "部门", "机构"),
        "",
        "全称或简称；不填就是导入时选的单位",
    ),
    Field(
        "column",
        "栏目",
        ("所属栏目", "公开栏目", "公开目录", "栏目名称", "目录"),
        "",
        "栏目名称；上下级用“/”隔开；不填就是导入时选的栏目",
    ),
    Field(
        "index_number",
        "索引号",
        ("信息索引号", "索引", "信息索取号", "索取号"),
        "",
        "沿用原来的索引号；不填的由系统编",
    ),
    Field(
        "document_number",
        "文号",
        ("发文字号", "发文文号", "文件编号", "文件号", "公文字号"),
        "云水发〔2024〕5号",
        "",
    ),
    Field(
        "made_on",
        "成文日期",
        ("生成日期", "发文日期", "产生日期", "制发日期", "签发日期", "印发日期"),
        "2024-03-01",
        "如 2024-03-01、2024年3月1日",
    ),
    Field(
        "published_on",
        "公开日期",
        ("发布日期", "发布时间", "公开时间", "公布日期", "上网日期"),
        "2024-03-04",
        "同上；只对已在别处公开过的有用",
    ),
    Field("formed_on", "形成日期", ("信息形成日期", "形成时间"), "", "公开期限从这一天数起"),
    Field(
        "topic",
        "主题分类",
        ("主题", "信息分类", "主题类别"),
        "农业、林业、水利/水利",
        "国务院公文主题的两级名称，用“/”隔开",
    ),
    Field("genre", "体裁", ("体裁分类", "文种", "公文种类", "公文文种"), "通知", ""),
    Field(
        "publicity",
        "公开属性",
        ("公开类型", "公开类别"),
        "主动公开",
        "主动公开、依申请公开、不予公开",
    ),
    Field(
        "ground",
        "不公开的依据",
        ("不予公开依据", "不公开依据", "免予公开依据"),
        "",
        "不是主动公开的必填",
    ),
    Field("ground_note", "不公开的理由", ("不予公开理由", "不公开理由"), "", "同上"),
    Field("summary", "内容概述", ("摘要", "内容摘要", "概述", "简介", "信息概述"), "", ""),
    Field("keywords", "关键词", ("主题词", "关键字"), "防汛 抗旱", "用空格隔开"),
    Field(
        "body",
        "正文",
        ("内容", "信息内容", "正文内容", "详细内容"),
        "各县（市、区）人民政府：……",
        "文字或网页代码；有附件的可以不填",
    ),
    Field(
        "files",
        "附件",
        ("附件名称", "附件文件", "文件", "附件清单"),
        "附件1.docx；附件2.pdf",
        "压缩包里的文件名，用“；”隔开",
    ),
    Field("source", "信息来源", ("来源", "稿件来源", "来源单位"), "", ""),
    Field("editor", "责任编辑", ("编辑", "责编"), "", ""),
    Field("importance", "重要程度", ("审批级次", "信息级别"), "一般", "一般、重要、特别重要"),
    Field(
        "kind",
        "文件性质",
        ("文件类别", "规范性文件", "是否规范性文件"),
        "",
        "规章、行政规范性文件；一般信息不填",
    ),
    Field("registration_number", "统一登记号", ("登记号", "规范性文件登记号", "统一编号"), "", ""),
    Field("effective_on", "生效日期", ("施行日期", "实施日期", "生效时间"), "", ""),
    Field("expires_on", "失效日期", ("有效期至", "失效时间", "有效期截止"), "", ""),
    Field(
        "address",
        "原网址",
        ("网址", "链接", "url", "原文链接", "网页地址", "页面地址"),
        "",
        "从旧网站迁来的；用来防止重复导入",
    ),
)
FIELDS: Mapping[str, Field] = MappingProxyType({field.key: field for field in _ALL})
REPORT = ("导入结果", "问题和办法")
"""Headings that our own reports of refused lines add; they mean nothing when the sheet comes back."""
_NOISE = re.compile(r"[\s*＊（(].*|[：:]$")
_SPACE = re.compile(r"\s+")


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Return for each field the number of the column that seems to hold it, each column once."""
    words = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for exact in (True, False):
        for field in _ALL:
            if field.key in found:
                continue
            for place, word in enumerate(words):
                if word and place not in found.values() and _fits(word, field, exact=exact):
                    found[field.key] = place
                    break
    return found


def _fits(word: str, field: Field, *, exact: bool) -> bool:
    names = (field.title, *field.aliases)
    if exact:
        return word in {_plain(name) for name in names}
    # 文件标题（必填） was cut already; 政府信息标题 still ends in what it is
    return any(len(name) > 1 and word.endswith(name) for name in (field.title, *field.aliases[:3]))


def _plain(heading: str) -> str:
    text = _SPACE.sub("", unicodedata.normalize("NFKC", heading)).lower().lstrip("*")
    return _NOISE.sub("", text) or text
