"""The page for people and the catalogue."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.site.api import catalogue, limits
from gongkai.site.api.routes import WITH_KEY, WITHOUT_KEY, api


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show what there is to ask, made from the OpenAPI document."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    context = {
        "operations": [
            _operation(path, told["get"], schema) for path, told in schema["paths"].items()
        ],
        "per_minute": limits.PER_MINUTE,
        "per_minute_with_key": limits.PER_MINUTE_WITH_KEY,
        "rows": WITHOUT_KEY,
        "rows_with_key": WITH_KEY,
        "host": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "api/documentation.html", context)


@require_safe
def catalog(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # Django's signature
    """Send the catalogue."""
    return JsonResponse(
        catalogue.catalogue(),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def unknown(request: HttpRequest) -> JsonResponse:
    """Tell programs in their own language that nothing answers here."""
    told = {
        "error": "没有这个接口。全部接口见 /api/v1/ 的说明，机器可读的在 /api/v1/openapi.json。",
        "details": [request.path],
    }
    return JsonResponse(told, status=404, json_dumps_params={"ensure_ascii": False})


def _operation(path: str, told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    names = {each["name"] for each in told.get("parameters", ())}
    answer = told["responses"][200]["content"]["application/json"]["schema"]
    return {
        "path": path,
        "example": "" if "{" in path else f"{path}?size=3" if "cursor" in names else path,
        "anchor": told["operationId"],
        "summary": told["summary"],
        "description": told.get("description", ""),
        "parameters": [
            {
                "name": each["name"],
                "type": _type(each["schema"]),
                "description": each.get("description") or each["schema"].get("description", ""),
            }
            for each in told.get("parameters", ())
        ],
        "fields": _fields(answer, schema),
    }


def _type(told: dict[str, Any]) -> str:
    if "enum" in told:
        return "、".join(str(each) for each in told["enum"] if each)
    parts = [each for each in told.get("anyOf", [told]) if each.get("type") != "null"]
    words = {
        "integer": "整数",
        "string": "文字",
        "boolean": "是否",
        "date": "日期",
        "date-time": "时刻",
    }
    return "或".join(
        words.get(p.get("format", ""), words.get(p.get("type", ""), "")) for p in parts
    )


def _fields(answer: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, str]]:
    """Return the fields of what an answer holds, of a row where it is a list."""
    shape = _resolved(answer, schema)
    rows = shape.get("properties", {}).get("items")
    if rows:
        choices = rows.get("anyOf", [rows])
        shape = _resolved(choices[-1]["items"], schema)
    return [
        {"name": name, "description": told.get("description", "")}
        for name, told in shape.get("properties", {}).items()
    ]


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = told.get("$ref", "")
    if not reference:
        return told
    found: dict[str, Any] = schema["components"]["schemas"][reference.rpartition("/")[2]]
    return found
