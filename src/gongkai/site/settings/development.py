"""For one's own machine: no preparation, and nothing reachable from outside."""

from gongkai.site.settings import environment
from gongkai.site.settings.base import *  # noqa: F403  # settings are names in a module
from gongkai.site.settings.base import STORAGES

DEBUG = environment.DEBUG
SECRET_KEY = environment.SECRET_KEY or environment.kept_secret(environment.DATA)
ALLOWED_HOSTS = environment.ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# the demo is to be entered without a telephone at hand
GONGKAI_SECOND_FACTOR_ROLES = environment.SECOND_FACTOR_ROLES or ["none"]
WHITENOISE_USE_FINDERS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
for folder in ("media", "static"):
    (environment.DATA / folder).mkdir(parents=True, exist_ok=True)
