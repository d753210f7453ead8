"""All parts together."""

from gongkai.site.settings import environment
from gongkai.site.settings.parts.apps import *  # noqa: F403  # settings are names in a module
from gongkai.site.settings.parts.database import *  # noqa: F403
from gongkai.site.settings.parts.editing import *  # noqa: F403
from gongkai.site.settings.parts.files import *  # noqa: F403
from gongkai.site.settings.parts.language import *  # noqa: F403
from gongkai.site.settings.parts.security import *  # noqa: F403
from gongkai.site.settings.parts.sign_in import *  # noqa: F403

ROOT_URLCONF = "gongkai.site.urls"
WSGI_APPLICATION = "gongkai.site.wsgi.application"
DEBUG = False
ALLOWED_HOSTS = environment.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = environment.CSRF_TRUSTED_ORIGINS
SECRET_KEY = environment.SECRET_KEY

GONGKAI_DATA = environment.DATA
GONGKAI_KEYS = environment.KEYS
GONGKAI_SEAL_CIPHER = environment.SEAL_CIPHER
GONGKAI_SMS_URL = environment.SMS_URL
GONGKAI_SMS_TOKEN = environment.SMS_TOKEN
GONGKAI_PUBLIC = environment.PUBLIC
GONGKAI_SERVE_PUBLIC = environment.SERVE_PUBLIC
GONGKAI_WRITE_VISITS = True
GONGKAI_PUBLIC_URL = environment.PUBLIC_URL
GONGKAI_PAGE_PROCESSES = environment.PAGE_PROCESSES
GONGKAI_UPLOADS = environment.DATA / "uploads"
GONGKAI_FETCH_PRIVATE = environment.FETCH_PRIVATE
GONGKAI_UPLOAD_LIMIT = environment.UPLOAD_LIMIT
GONGKAI_SEARCH_ENGINE = environment.SEARCH_ENGINE
GONGKAI_SEARCH_INDEX = environment.DATA / "search"
GONGKAI_DEMO = environment.DEMO
GONGKAI_SHARED = environment.SHARED
GONGKAI_TODAY = environment.TODAY
GONGKAI_SITE_NAME = environment.SITE_NAME
GONGKAI_SECOND_FACTOR_ROLES = environment.SECOND_FACTOR_ROLES
GONGKAI_CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR" if environment.BEHIND_PROXY else ""
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.BEHIND_PROXY else 0

DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.EMAIL_FROM
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if environment.EMAIL_URL:
    globals().update(environment.mail(environment.EMAIL_URL))
