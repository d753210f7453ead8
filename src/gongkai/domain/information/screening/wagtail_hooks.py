"""The pre-check at the desk: addresses, style."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens beside those of items and reviews."""
    return [path("", include("gongkai.domain.information.screening.desk.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of findings."""
    return format_html('<link rel="stylesheet" href="{}">', static("screening/desk.css"))
