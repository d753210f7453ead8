"""Where pages ask how often they were opened; telling that they were is the middleware's."""

from typing import Any

from django.urls import path
from wagtail import hooks

from gongkai.foundation.visits import views


@hooks.register("register_portal_urls")
def portal_urls() -> list[Any]:
    """Open the address."""
    return [path("visits/<path:address>", views.visits, name="visits")]
