"""Roles that must not be used with a password alone."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from gongkai.foundation.permissions.guard import reader_of

DESK = "/desk/"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorMiddleware:
    """Send whoever must have a second factor and has none to where one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand *request* on, or send it to the set-up."""
        if request.path.startswith(DESK) and self._is_missing(request):
            messages.warning(
                request, "您的岗位要求双重验证。请先添加验证器应用或通行密钥，再进入后台。"
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    @staticmethod
    def _is_missing(request: HttpRequest) -> bool:
        reader = reader_of(request)
        if reader.user is None or not reader.needs_second_factor:
            return False
        return not Authenticator.objects.filter(user=reader.user, type__in=FACTORS).exists()
