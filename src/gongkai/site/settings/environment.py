"""The environment, read in one place.

Every variable the platform understands stands here with its type, its default and what it is for;
``docs/reference/settings.md`` says the same to people. The law is never a setting.
"""

import secrets
from pathlib import Path
from typing import Any

import environ

env = environ.Env()

DATA: Path = Path(env.str("GONGKAI_DATA", default="var")).resolve()
"""The folder for the database, uploads and built files."""

KEYS: Path = Path(env.str("GONGKAI_KEYS", default=str(DATA / "keys" / "sealing.json"))).resolve()
"""The file of the keys that personal data is encrypted with; better on another disk than the database's backups."""

SEAL_CIPHER: str = env.str("GONGKAI_SEAL_CIPHER", default="aes-256-gcm")
"""``aes-256-gcm``, or ``sm4-gcm`` where commercial cryptography is required; a new key is made for it."""

DATABASE_URL: str = env.str("DATABASE_URL", default="")
"""``postgres://…``; empty means SQLite inside the data folder."""

SECRET_KEY: str = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DEBUG: bool = env.bool("GONGKAI_DEBUG", default=False)
"""Traces in the browser, for people who write the software; never in an office."""

BASE_URL: str = env.str("GONGKAI_BASE_URL", default="http://127.0.0.1:8000")
"""Where the platform is reached; links in mail begin with it."""

_PUBLIC: str = env.str("GONGKAI_PUBLIC", default=str(DATA / "public"))
PUBLIC: Path | None = None if _PUBLIC == "none" else Path(_PUBLIC).resolve()
"""The folder of the pages that the public reads; a web server may deliver it, also from another machine.

``none`` keeps no files: every page is rendered on request.
"""

PUBLIC_URL: str = env.str("GONGKAI_PUBLIC_URL", default=BASE_URL).rstrip("/")
"""Where the public reads, when that is not where the office works; feeds, site maps and codes begin with it."""

SERVE_PUBLIC: bool = env.bool("GONGKAI_SERVE_PUBLIC", default=True)
"""Whether the platform itself delivers the files; false where a web server in front does."""

PAGE_PROCESSES: int = env.int("GONGKAI_PAGE_PROCESSES", default=0)
"""How many processes write pages when many wait; 0 means as many as there are cores, up to four."""

BEHIND_PROXY: bool = env.bool("GONGKAI_BEHIND_PROXY", default=False)
"""Whether a proxy in front sets ``X-Forwarded-Proto`` and ``X-Forwarded-For``."""

SITE_NAME: str = env.str("GONGKAI_SITE_NAME", default="")
"""The name at the head of the portal; empty means the name of the first organisation."""

FETCH_PRIVATE: bool = env.bool("GONGKAI_FETCH_PRIVATE", default=False)
"""Whether registered websites in a private network may be fetched and inspected; for an intranet, and for tests."""

UPLOAD_LIMIT: int = env.int("GONGKAI_UPLOAD_LIMIT", default=50)
"""The largest file that may be uploaded, in megabytes."""

TODAY: str = env.str("GONGKAI_TODAY", default="")
"""An ISO day that the demo takes for today; empty means the real one."""

SEARCH_ENGINE: str = env.str("GONGKAI_SEARCH_ENGINE", default="embedded")
"""``embedded`` keeps the search index in the data folder, ``postgresql`` in the database."""

DEMO: Path = Path(env.str("GONGKAI_DEMO", default="demo")).resolve()
"""The folder of the demo city."""

SHARED: Path = Path(env.str("GONGKAI_SHARED", default=str(DEMO.parent.parent / "shared"))).resolve()
"""The folder beside the checkout in which developers keep real reports; the demo reads them there."""

SECOND_FACTOR_ROLES: list[str] = env.list("GONGKAI_SECOND_FACTOR_ROLES", default=[])
"""Roles that must use a second factor, by key; empty means those of ``roles.yaml``, ``none`` nobody."""

EMAIL_URL: str = env.str("EMAIL_URL", default="")
"""``smtp+tls://user:password@host:587``; empty means that no mail is sent."""

EMAIL_FROM: str = env.str("GONGKAI_EMAIL_FROM", default="gongkai@localhost")

SMS_URL: str = env.str("GONGKAI_SMS_URL", default="")
"""The office's gateway for short messages; empty means that none are sent."""
SMS_TOKEN: str = env.str("GONGKAI_SMS_TOKEN", default="")

OIDC_NAME: str = env.str("GONGKAI_OIDC_NAME", default="统一身份认证")
OIDC_SERVER_URL: str = env.str("GONGKAI_OIDC_SERVER_URL", default="")
"""The issuer of OpenID Connect; empty switches it off."""
OIDC_CLIENT_ID: str = env.str("GONGKAI_OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET: str = env.str("GONGKAI_OIDC_CLIENT_SECRET", default="")


def kept_secret(folder: Path) -> str:
    """Return the secret key kept in *folder*, made when first asked for.

    Only for a platform that runs on one person's machine; a public server gets ``SECRET_KEY``.
    """
    place = folder / "secret-key"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return place.read_text(encoding="ascii").strip()


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at *url*."""
    return dict(env.db_url_config(url))


def mail(url: str) -> dict[str, Any]:
    """Return Django's settings for the mail server at *url*."""
    return dict(env.email_url_config(url))
