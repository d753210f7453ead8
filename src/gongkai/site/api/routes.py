"""The endpoints of version 1. A route reads its parameters, asks, and answers; nothing is decided here."""

# ruff: noqa: ARG001  # every route takes the request, few look at it

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from gongkai.core.refusal import Refusal
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import NotThere
from gongkai.foundation.search.asking import ask
from gongkai.foundation.search.query import DEEPEST, FACETS
from gongkai.foundation.search.query import Query as Search
from gongkai.oversight.reports.portal.queries import issued
from gongkai.site.api import cursors, limits, schemas, shapes
from gongkai.site.api.models import Change

WITHOUT_KEY, WITH_KEY = 100, 1000
"""Rows of a page at most."""
FULL = 100
"""Items of a page at most where they are told in full."""
BIG = 2**63 - 1
FAULTS = {
    "int_": "应当是整数",
    "bool_": "应当是 true 或者 false",
    "datetime_": "应当是时刻，如 2026-11-01T00:00:00+08:00",
    "date_": "应当是日期，如 2026-11-01",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "string_too_long": "不能超过 {max_length} 个字",
    "literal_error": "只能是下列之一：{expected}",
}
"""What is said of a wrong parameter, by the beginning of the kind of fault."""
REFUSALS = {limits.TooOften: 429, limits.BadKey: 401, NotThere: 404}


class Renderer(JSONRenderer):
    """JSON in which Chinese can be read."""

    json_dumps_params = {"ensure_ascii": False}  # as Ninja declares it


api = NinjaAPI(
    renderer=Renderer(),
    title="政府信息公开开放数据接口",
    version="1",
    description="本级和各机构主动公开的政府信息、栏目、机构、公开义务和年度报告。只读，无须注册；"
    "列表按 cursor 翻页，跟踪变化用 /changes。",
    urls_namespace="api-v1",
    docs_url=None,
)

Key = Annotated[int, Path(ge=1, le=BIG, description="编号，列表里的 key")]
Unit = Annotated[int | None, Query(None, ge=1, le=BIG, description="机构的 key")]
Year = Annotated[int | None, Query(None, ge=1900, le=9999, description="年份")]
Topic = Annotated[str, Query("", max_length=200, description="主题分类的 key；一级的也含其下二级")]
Cursor = Annotated[str, Query("", max_length=cursors.LONGEST, description="上一页的 next")]
Size = Annotated[int, Query(20, ge=1, le=WITH_KEY, description="每页条数，不带密钥最多 100")]


def counted(route: Callable[..., Any]) -> Callable[..., Any]:
    """Count the request against its caller's limit, and cap the page."""

    @wraps(route)
    def within(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        allowance = limits.allow(request)
        request.allowance = allowance  # type: ignore[attr-defined]  # read below
        if "size" in kwargs and not allowance.has_key:
            kwargs["size"] = min(kwargs["size"], WITHOUT_KEY)
        return route(request, *args, **kwargs)

    return within


def get(
    path: str, response: Any, **more: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a route that answers GET."""

    def register(route: Callable[..., Any]) -> Callable[..., Any]:
        told = {200: response, (401, 404, 422, 429): schemas.Problem}
        return api.get(path, response=told, operation_id=route.__name__, **more)(counted(route))

    return register


@get("/items", schemas.Items, summary="政府信息列表")
def list_items(  # noqa: PLR0913  # the filters that people asked for
    request: HttpRequest,
    *,
    organisation: Unit = None,
    column: Annotated[int | None, Query(None, ge=1, le=BIG, description="栏目的 key")] = None,
    year: Year = None,
    topic: Topic = "",
    genre: Annotated[str, Query("", max_length=20, description="体裁的 key")] = "",
    kind: Annotated[Literal["", "rule", "normative"], Query("", description="文件性质")] = "",
    document_number: Annotated[str, Query("", max_length=200, description="文号")] = "",
    index_number: Annotated[str, Query("", max_length=200, description="索引号")] = "",
    published_from: Annotated[date | None, Query(None, description="公开日期从")] = None,
    published_to: Annotated[date | None, Query(None, description="公开日期到")] = None,
    full: Annotated[bool, Query(False, description="带正文、附件和公告")] = False,
    cursor: Cursor = "",
    size: Size = 20,
) -> Any:
    """最新公开的在前。full=true 时带正文和附件。"""
    exact = {
        "organisation": organisation,
        "column": column,
        "published_on__year": year,
        "genre": genre,
        "kind": kind,
        "document_number": document_number,
        "index_number": index_number,
        "published_on__gte": published_from,
        "published_on__lte": published_to,
    }
    rows = shapes.items_shown().filter(**{name: value for name, value in exact.items() if value})
    if topic:
        rows = rows.filter(Q(topic=topic) | Q(topic__startswith=f"{topic}/"))
    if cursor:
        ordinal, key = cursors.read(cursor, (int, int))
        if not 1 <= ordinal <= date.max.toordinal():
            raise cursors.BadCursor
        day = date.fromordinal(ordinal)
        rows = rows.filter(published_on__lte=day).filter(Q(published_on__lt=day) | Q(pk__lt=key))
    wanted = min(size, FULL) if full else size
    page = list(rows.order_by("-published_on", "-pk")[: wanted + 1])
    more = len(page) > wanted
    page = page[:wanted]
    following = cursors.write(page[-1].published_on.toordinal(), page[-1].pk) if more else None
    return {"items": shapes.items(page, full=full), "next": following}


@get("/items/{key}", schemas.ItemFull, summary="一条政府信息")
def one_item(request: HttpRequest, *, key: Key) -> Any:
    """全文、附件和公告。已撤回、下线或没有公开的，一律 404。"""
    return _one(shapes.items(list(shapes.items_shown().filter(pk=key)), full=True), "这条政府信息")


@get("/organisations", schemas.Organisations, summary="机构列表")
def list_organisations(  # noqa: PLR0913  # filters
    request: HttpRequest,
    *,
    name: Annotated[str, Query("", max_length=200, description="全称、简称或旧称的一部分")] = "",
    kind: Annotated[
        str, Query("", max_length=200, description="种类，如 government、department")
    ] = "",
    level: Annotated[
        str, Query("", max_length=200, description="层级，如 prefecture、county")
    ] = "",
    cursor: Cursor = "",
    size: Size = 20,
) -> Any:
    """负有公开义务的机构，已撤销的也在内（closed 有日期）。name 也查旧称和简称。"""
    rows = Organisation.objects.matching(name).distinct() if name else Organisation.objects.all()
    exact = {field: value for field, value in (("kind", kind), ("level", level)) if value}
    return _page(rows.filter(**exact), cursor, size, shapes.organisations)


@get("/organisations/{key}", schemas.OrganisationOut, summary="一个机构")
def one_organisation(request: HttpRequest, *, key: Key) -> Any:
    """机构和它的公开指南要素。"""
    return _one(shapes.organisations(list(Organisation.objects.filter(pk=key))), "这个机构")


@get("/columns", schemas.Columns, summary="栏目列表")
def list_columns(
    request: HttpRequest, *, organisation: Unit = None, cursor: Cursor = "", size: Size = 20
) -> Any:
    """各机构政府信息公开专栏里开放的栏目。"""
    rows = shapes.columns_shown()
    if organisation:
        rows = rows.filter(organisation=organisation)
    return _page(rows, cursor, size, shapes.columns)


@get("/obligations", schemas.Obligations, summary="公开义务列表")
def list_obligations(  # noqa: PLR0913  # filters
    request: HttpRequest,
    *,
    organisation: Unit = None,
    year: Year = None,
    field: Annotated[str, Query("", max_length=200, description="领域的 key，如 education")] = "",
    cursor: Cursor = "",
    size: Size = 20,
) -> Any:
    """标准目录里每个单位每期应当公开的事项，以及履行它的政府信息。"""
    exact = {"unit": organisation, "year": year, "field": field}
    rows = shapes.obligations_shown().filter(**{k: v for k, v in exact.items() if v})
    return _page(rows, cursor, size, shapes.obligations)


@get("/reports", schemas.Reports, summary="年度报告列表")
def list_reports(
    request: HttpRequest,
    *,
    organisation: Unit = None,
    year: Year = None,
    cursor: Cursor = "",
    size: Size = 20,
) -> Any:
    """已发布的政府信息公开工作年度报告；数据在 data 给出的地址。"""
    exact = {"organisation": organisation, "year": year}
    rows = issued().filter(**{k: v for k, v in exact.items() if v})
    return _page(rows, cursor, size, shapes.reports)


@get("/changes", schemas.Changes, summary="变化")
def list_changes(  # noqa: PLR0913  # filters
    request: HttpRequest,
    *,
    since: Annotated[datetime | None, Query(None, description="从这个时刻起；只在第一次用")] = None,
    kind: Annotated[
        Literal["", "item", "column", "organisation", "report"],
        Query("", description="只要一种东西的变化"),
    ] = "",
    data: Annotated[bool, Query(True, description="是否带上现在的内容")] = True,
    cursor: Cursor = "",
    size: Size = 20,
) -> Any:
    """从某个时刻起公开、变化、不再公开的一切，按先后次序。

    第一次用 since（或都不给，从头取起），以后用上次返回的 next，不会漏，也不会重。
    同一件东西多次变化，只给最后一次。
    """
    rows = Change.objects.order_by("sequence")
    after = 0
    if cursor:
        (after,) = cursors.read(cursor, (int,))
    elif since:
        moment = since if timezone.is_aware(since) else timezone.make_aware(since)
        first = rows.filter(at__gte=moment).first()
        newest = rows.last()
        after = first.sequence - 1 if first else newest.sequence if newest else 0
    rows = rows.filter(sequence__gt=after)
    if kind:
        rows = rows.filter(kind=kind)
    size = min(size, FULL) if data else size
    page = list(rows[: size + 1])
    more, page = len(page) > size, page[:size]
    return {
        "items": changes_in_full(page, with_data=data),
        "next": cursors.write(page[-1].sequence if page else after),
        "more": more,
    }


@get("/search", schemas.SearchOut, summary="检索")
def search(  # noqa: PLR0913  # filters
    request: HttpRequest,
    *,
    q: Annotated[str, Query("", max_length=400, description="要找的内容")] = "",
    organisation: Unit = None,
    topic: Annotated[
        str, Query("", max_length=200, description="主题分类的名称，分面里的 value")
    ] = "",
    year: Year = None,
    page: Annotated[int, Query(1, ge=1, le=DEEPEST, description="第几页，从 1 起")] = 1,
) -> Any:
    """与门户的检索相同：正文和附件、文号、简称、拼音、繁体。"""
    told = {"organisation": organisation, "topic": topic, "year": year}
    filters = {name: str(value) for name, value in told.items() if value}
    results = ask(Search(text=q.replace("\x00", " "), filters=filters, page=page))
    return {
        "items": [
            {
                "kind": each.kind,
                "key": each.key,
                "title": each.title,
                "url": shapes.absolute(each.url),
                "organisation": (
                    {"key": each.issuer.key, "name": each.issuer.name} if each.issuer else None
                ),
                "number": each.number,
                "day": each.day,
            }
            for each in results.documents
        ],
        "total": results.total,
        "facets": {
            facet: [
                {"value": v.value, "label": v.label, "count": v.count}
                for v in results.found.facets.get(facet, ())
            ]
            for facet in FACETS
        },
    }


def changes_in_full(page: list[Change], *, with_data: bool) -> list[shapes.Facts]:
    """Return *page* with what is public now of each; what is not is told to be gone."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for change in page:
        by_kind[change.kind].append(change.key)
    there = {kind: shapes.of_kind(kind, keys) for kind, keys in by_kind.items()}
    return [
        {
            "sequence": change.sequence,
            "kind": change.kind,
            "key": change.key,
            "at": change.at,
            "gone": change.key not in there[change.kind],
            "data": there[change.kind].get(change.key) if with_data else None,
        }
        for change in page
    ]


def _page(rows: QuerySet[Any], cursor: str, size: int, shape: Callable[[list[Any]], Any]) -> Any:
    """Return a page of *rows* in the order of their keys."""
    if cursor:
        (after,) = cursors.read(cursor, (int,))
        rows = rows.filter(pk__gt=after)
    page = list(rows.order_by("pk")[: size + 1])
    more, page = len(page) > size, page[:size]
    return {"items": shape(page), "next": cursors.write(page[-1].pk) if more else None}


def _one(found: list[shapes.Facts], what: str) -> shapes.Facts:
    if not found:
        raise NotThere(what=what)
    return found[0]


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say the sentence of a refusal, with the status that machines understand."""
    status = next((code for kind, code in REFUSALS.items() if isinstance(refusal, kind)), 422)
    said = refusal.in_public if isinstance(refusal, NotThere) else str(refusal)
    response = api.create_response(request, {"error": said, "details": []}, status=status)
    if isinstance(refusal, limits.TooOften):
        response["Retry-After"] = str(refusal.facts["wait"])
    return response


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parameters are wrong."""
    details = [
        f"{'.'.join(str(part) for part in each['loc'][1:])}：{_fault(each)}"
        for each in error.errors
    ]
    told = {"error": "参数不对，请对照接口说明检查。", "details": details}
    return api.create_response(request, told, status=422)


def _fault(told: dict[str, Any]) -> str:
    """Return what is wrong with a parameter, in the words of :data:`FAULTS` where there are some."""
    said = next((said for kind, said in FAULTS.items() if told["type"].startswith(kind)), "")
    return said.format_map(defaultdict(str, told.get("ctx", {}))) if said else str(told["msg"])


@api.exception_handler(HttpError)
def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say what Ninja itself refuses."""
    told = {"error": "这个请求看不懂，请对照接口说明检查。", "details": [str(error)]}
    return api.create_response(request, told, status=error.status_code)
