"""Who may come in: django-allauth with password, second factor and OpenID Connect."""

from typing import Any

from gongkai.site.settings import environment

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "gongkai.foundation.permissions.backend.PostsBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "gongkai.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "gongkai.foundation.accounts.forms.SignInForm",
    "reauthenticate": "gongkai.foundation.accounts.forms.AgainForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_DISPLAY = "gongkai.foundation.accounts.adapters.shown_as"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "10/10m/ip,5/5m/key"}
"""Five wrong passwords for one name, or ten from one address: come back later."""

MFA_ADAPTER = "gongkai.foundation.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "gongkai.foundation.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "gongkai.foundation.accounts.passkeys.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "政府信息公开平台"
MFA_TOTP_TOLERANCE = 1

USERSESSIONS_TRACK_ACTIVITY = True


def openid_connect(server_url: str, *, name: str, client: str, secret: str) -> dict[str, Any]:
    """Return allauth's settings for the issuer at *server_url*; nothing where there is none."""
    if not server_url:
        return {}
    app = {
        "provider_id": "oidc",
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server_url, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


SOCIALACCOUNT_ADAPTER = "gongkai.foundation.accounts.adapters.OpenIDAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
# a link, because a form that is sent on to another host is stopped by the content security policy;
# the state kept in the session sees to it that nobody is signed in as somebody else
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = openid_connect(
    environment.OIDC_SERVER_URL,
    name=environment.OIDC_NAME,
    client=environment.OIDC_CLIENT_ID,
    secret=environment.OIDC_CLIENT_SECRET,
)

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongkai.site.portal.errors.expired_form"
