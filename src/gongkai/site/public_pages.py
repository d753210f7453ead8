"""The front page and what machines read first, as files."""

from pathlib import Path

from gongkai.foundation import search
from gongkai.foundation.publicfiles import PageSource, register

PAGES = ("/", "/robots.txt")

register(
    PageSource(
        name="site",
        title="首页",
        owns=PAGES,
        all_pages=lambda: PAGES,
        looks=(Path(__file__).parent / "portal", Path(search.__file__).parent / "templates"),
    )
)
