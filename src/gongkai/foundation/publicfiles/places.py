"""Where the file of an address lies, and whether the folder belongs to this state of the software."""

import hashlib
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings

import gongkai
from gongkai.foundation.publicfiles.registry import sources

PACKED = (".html", ".json", ".csv", ".xml", ".txt", ".svg")
"""What has a compressed copy beside it."""
STAMP = ".stamp"
HOME = "index.html"
"""The page at ``/``, which has no name."""
UNSAFE = re.compile(r"(^|/)\.|[\\\x00]|//")
"""Parts of an address that could lead out of the folder, or to what is not for the public."""


def are_kept() -> bool:
    """Tell whether pages are kept as files at all; otherwise each is rendered on request."""
    return settings.GONGKAI_PUBLIC is not None


def root() -> Path:
    """Return the folder of the public files."""
    return Path(settings.GONGKAI_PUBLIC or "")


def place_of(address: str) -> Path | None:
    """Return the file of the page at *address*, such as ``/reports/12/2024/``; ``None`` where none can be.

    A page lies beside its neighbours (``reports/12/2024.html``), not in a folder of its own: making a folder
    costs more than writing the page, and finding it costs a web server at each request.
    """
    inside = unquote(address)
    if not inside.startswith("/") or UNSAFE.search(inside):
        return None
    if not inside.endswith("/"):
        return root() / inside[1:]
    return root() / (f"{inside[1:-1]}.html" if inside != "/" else HOME)


def packed(place: Path) -> Path:
    """Return where the compressed copy of *place* lies."""
    return place.with_name(f"{place.name}.gz")


def is_current() -> bool:
    """Tell whether the folder belongs to this state of the software."""
    try:
        return (root() / STAMP).read_text(encoding="ascii") == stamp()
    except OSError:
        return False


@cache
def stamp() -> str:
    """Return what tells this state of the software from others: version, name, address, templates, styles, places."""
    told = (gongkai.__version__, settings.GONGKAI_SITE_NAME, settings.GONGKAI_PUBLIC_URL)
    seal = hashlib.sha256(" ".join(told).encode())
    package = Path(gongkai.__file__).parent
    looks = {package / "site" / "templates", package / "site" / "static", Path(__file__)}
    looks |= {look for source in sources() for look in source.looks}
    for look in sorted(looks):
        for place in sorted(look.rglob("*")) if look.is_dir() else [look]:
            if place.is_file() and place.suffix not in {".pyc", ".gz", ".br"}:
                seal.update(place.name.encode())
                seal.update(place.read_bytes())
    return seal.hexdigest()
