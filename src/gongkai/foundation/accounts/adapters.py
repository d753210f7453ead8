"""What django-allauth asks of us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from gongkai.foundation.accounts.models import User


def shown_as(user: User) -> str:
    """Return how *user* is named on the sign-in pages."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up; sentences that say what to do next."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "连续多次登录失败，账号已暂时锁定。请五分钟后再试，或请系统管理员重设密码。",
        "username_password_mismatch": "用户名或密码不对。请检查大小写和输入法后再试。",
        "account_inactive": "此账号已停用，请联系本单位的系统管理员。",
        "incorrect_password": "密码不对，请重新输入。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Say no: accounts are made by those who keep the posts."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor under our name."""

    def get_totp_label(self, user: Any) -> str:
        """Return what the authenticator app shows."""
        return str(user.username)

    def get_totp_issuer(self) -> str:
        """Return whose code it is."""
        return "政府信息公开平台"


class OpenIDAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect signs in people who are already here, matched by user name."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  # allauth's signature
        """Say no."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:  # noqa: ARG002  # allauth's signature
        """Take nothing over from the issuer: names and addresses are kept with the posts."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie a first sign-in to the account of the same user name."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        name = claims.get("preferred_username") or ""
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            messages.error(
                request,
                "统一身份认证已通过，但平台里没有对应的账号。请联系本单位的系统管理员开通。",
            )
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        sociallogin.connect(request, user)
