"""Entries of the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from wagtail import hooks

from gongkai.foundation.desk import Panel
from gongkai.foundation.notices.actions import mark_read
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.permissions import Reader, behind
from gongkai.foundation.permissions.guard import SIGNED_IN, reader_of


@behind(SIGNED_IN)
@require_POST
def read(request: HttpRequest, key: int) -> HttpResponse:
    """Take a notice off one's first page and go where it points."""
    notices = list(Notice.objects.filter(pk=key, to=reader_of(request).user))
    mark_read(notices)
    href = notices[0].href if notices else ""
    inside = href.startswith("/") and url_has_allowed_host_and_scheme(href, allowed_hosts=None)
    return HttpResponseRedirect(href if inside else reverse("wagtailadmin_home"))


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Put reading under /desk/notices/."""
    return [path("notices/<int:key>/read/", read, name="notice_read")]


def unread(reader: Reader) -> dict[str, Any] | None:
    """Return what one has not read yet."""
    notices = Notice.objects.filter(to=reader.user, read=None)
    shown = notices[:8]
    return {"notices": shown, "count": notices.count()} if shown else None


@hooks.register("register_today_panel")
def panel() -> Panel:
    """Show them on the first page."""
    return Panel("提醒", "notices/today.html", unread, order=50)
