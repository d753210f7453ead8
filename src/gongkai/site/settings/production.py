"""For a server that the public reaches: what is missing is said at the start, not at night."""

from django.core.exceptions import ImproperlyConfigured

from gongkai.site.settings import environment
from gongkai.site.settings.base import *  # noqa: F403  # settings are names in a module
from gongkai.site.settings.base import ALLOWED_HOSTS, SECRET_KEY

if not SECRET_KEY:
    raise ImproperlyConfigured("请设置环境变量 SECRET_KEY（50 个以上随机字符，妥善保管）。")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("请设置环境变量 ALLOWED_HOSTS（本平台的域名，用逗号分隔）。")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.env.bool("GONGKAI_HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = environment.env.bool("GONGKAI_HSTS_PRELOAD", default=True)
if environment.BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
