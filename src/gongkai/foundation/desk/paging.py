"""Long lists, a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 50


def page_of(request: HttpRequest, items: Any, *, size: int = SIZE) -> Page[Any]:
    """Return the page of *items* that ``?page=`` asks for; a wrong number gives the nearest."""
    return Paginator(items, size).get_page(request.GET.get("page"))
