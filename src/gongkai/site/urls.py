"""All addresses."""

from allauth.account.views import logout as sign_out
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from gongkai.foundation.accounts.sessions import end as end_session
from gongkai.foundation.desk import views as desk
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import SIGNED_IN
from gongkai.site.portal import errors, views

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed


def portal_urls() -> list[object]:
    """Return what the areas show to the public."""
    return [url for make in hooks.get_hooks("register_portal_urls") for url in make()]


to_sign_in = behind(SIGNED_IN)(
    RedirectView.as_view(pattern_name="account_login", query_string=True)
)
to_own_account = behind(SIGNED_IN)(RedirectView.as_view(pattern_name="account_change_password"))

urlpatterns = [
    path("health/", views.health, name="health"),
    # before Wagtail's own: the first page is ours, and signing in is django-allauth's
    path("desk/", require_admin_access(desk.TodayView.as_view())),
    path("desk/login/", to_sign_in),
    path("desk/logout/", behind(SIGNED_IN)(sign_out)),
    path("desk/account/", to_own_account),
    path(
        "desk/jsi18n/",
        behind(SIGNED_IN)(JavaScriptCatalog.as_view(packages=["gongkai.site", "wagtail.admin"])),
    ),
    path("desk/", include(wagtailadmin_urls)),
    # a forgotten password is set anew by whoever keeps the people, not by mail
    path("account/password/reset/", RedirectView.as_view(pattern_name="account_login")),
    path("account/sessions/<int:key>/end/", end_session, name="end_session"),
    path("account/", include("allauth.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("", views.front, name="front"),
    *portal_urls(),
]
