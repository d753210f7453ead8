"""The shapes of what the API answers, from which the OpenAPI document is made."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class Named(Schema):
    """Something that has a page of its own, named."""

    key: int = Field(description="在本平台的编号")
    name: str


class Label(Schema):
    """A word of a code list."""

    key: str = Field(description="代码")
    label: str = Field(description="中文名称")


class FileOut(Schema):
    """An attachment, as the public gets it."""

    title: str
    url: str
    sha256: str = Field(description="公开副本的 SHA-256")


class ChangeNoteOut(Schema):
    """What the public was told of a correction."""

    kind: str
    reason: str
    at: datetime


class ItemOut(Schema):
    """政府信息，元数据."""

    key: int = Field(description="在本平台的编号，不变")
    url: str = Field(description="公开页面")
    title: str = Field(description="标题")
    index_number: str = Field(description="索引号")
    document_number: str = Field(description="文号，没有的为空")
    organisation: Named = Field(description="发布机构")
    column: Named | None = Field(description="栏目")
    topic: Label | None = Field(description="主题分类")
    genre: Label | None = Field(description="体裁")
    kind: str = Field(description="rule 规章，normative 行政规范性文件，其他为空")
    registration_number: str = Field(description="规范性文件统一登记号")
    validity: Label | None = Field(description="有效性，只有规章和规范性文件有")
    made_on: date | None = Field(description="成文日期")
    published_on: date = Field(description="公开日期")
    effective_on: date | None = Field(description="生效日期")
    expires_on: date | None = Field(description="失效日期")
    summary: str = Field(description="内容概述")
    keywords: list[str]
    source: str = Field(description="信息来源")
    changed: datetime = Field(description="公开内容最近一次变化")


class ItemFull(ItemOut):
    """政府信息，全文."""

    body: str = Field(description="正文，HTML")
    text: str = Field(description="正文，纯文本")
    files: list[FileOut] = Field(description="附件")
    change_notes: list[ChangeNoteOut] = Field(description="变更说明：更正、撤回、恢复公开")


class OrganisationOut(Schema):
    """机构."""

    key: int
    name: str
    short: str
    code: str = Field(description="统一社会信用代码")
    division: str = Field(description="行政区划代码")
    kind: str
    level: str
    parent: int | None = Field(description="上级机构的编号")
    founded: date | None
    closed: date | None = Field(description="撤销日期")
    url: str
    guide: dict[str, str] = Field(description="公开指南要素（条例第十二条）")


class ColumnOut(Schema):
    """栏目."""

    key: int
    title: str
    organisation: Named
    preset: str = Field(description="全国统一栏目的代码，自设的为空")
    basis: str = Field(description="依据的条款")
    url: str


class ObligationOut(Schema):
    """公开义务：谁、按哪个事项、应当何时公开、由哪些信息履行."""

    key: int
    organisation: Named
    field: str = Field(description="领域")
    matter: list[str] = Field(description="一级、二级、三级事项")
    content: str = Field(description="公开内容（要素）")
    basis: str = Field(description="公开依据")
    deadline: str = Field(description="公开时限，目录原文")
    period: str = Field(description="期次")
    due: date | None = Field(description="应公开日期")
    done: date | None = Field(description="实际公开日期")
    items: list[int] = Field(description="履行它的政府信息")


class ReportOut(Schema):
    """政府信息公开工作年度报告."""

    key: int
    title: str
    organisation: Named
    year: int
    published_on: date
    url: str
    data: str = Field(description="报告数据（JSON）的地址")


class FoundOut(Schema):
    """A result of a search."""

    kind: str
    key: str
    title: str
    url: str
    organisation: Named | None
    number: str
    day: date | None


class ChangeOut(Schema):
    """公开状态的一次变化."""

    sequence: int = Field(description="序号，只增不减")
    kind: str = Field(description="item、column、organisation、report")
    key: int
    at: datetime
    gone: bool = Field(description="为真时，这一条已不再公开（撤回、下线、移走），请删除")
    data: dict[str, Any] | None = Field(description="现在的内容，与各列表相同；gone 为真时没有")


class Items(Schema):
    """A page of items."""

    items: list[ItemOut] | list[ItemFull]
    next: str | None = Field(description="下一页的 cursor，到底时为空")


class Organisations(Schema):
    """A page of organisations."""

    items: list[OrganisationOut]
    next: str | None


class Columns(Schema):
    """A page of columns."""

    items: list[ColumnOut]
    next: str | None


class Obligations(Schema):
    """A page of obligations."""

    items: list[ObligationOut]
    next: str | None


class Reports(Schema):
    """A page of reports."""

    items: list[ReportOut]
    next: str | None


class Changes(Schema):
    """A page of changes."""

    items: list[ChangeOut]
    next: str = Field(description="下次从这里继续；没有新变化时原样返回")
    more: bool = Field(description="为真时请立即继续取下一页")


class SearchOut(Schema):
    """A page of results."""

    items: list[FoundOut]
    total: int
    facets: dict[str, list[dict[str, Any]]]


class Problem(Schema):
    """A refusal, in a sentence that says what to do next."""

    error: str
    details: list[str] = []
