"""What the public reads is files: pages written when what they show changes, delivered by any web server.

How an area takes part: its ``public_pages.py`` registers a *page source* ::

    from gongkai.foundation.publicfiles import PageSource, register

    register(PageSource(
        name="reports",
        title="政府信息公开年报",
        owns=("/reports/",),            # a folder, with everything below it, or one address: "/robots.txt"
        all_pages=all_pages,            # yields every address; a million of them, one by one
        looks=(Path(__file__).parent,), # whose templates and code decide how the pages look
        render_many=None,               # optional and fast; otherwise through the request handler
    ))

and whoever changes what a page shows says so *inside* the transaction that changes it ::

    with transaction.atomic():
        item.save()
        touch(["/items/1/1204/", "/columns/7/", "/"])   # one call, with all of them

The outdated files are gone before anybody can learn of the change: a page without a file is rendered on
request. The addresses stand in :class:`~.models.OutdatedPage` until a job has written the pages, so that
nothing is forgotten when a process dies; the worker writes what is left when it starts.

``gongkai manage public_pages`` writes everything anew, ``--check`` compares. The view in
traditional characters below ``/hant/`` is made of the file whenever somebody asks for it (:mod:`~.variant`).
"""

from typing import TYPE_CHECKING

from gongkai.foundation.publicfiles.registry import PageSource, register, sources

if TYPE_CHECKING:
    from gongkai.foundation.publicfiles.actions import touch, touch_group

__all__ = ["PageSource", "register", "sources", "touch", "touch_group"]


def __getattr__(name: str) -> object:
    # models cannot be imported while the apps are loading, and registering a source must not need them
    if name in {"touch", "touch_group"}:
        from gongkai.foundation.publicfiles import actions  # noqa: PLC0415

        return getattr(actions, name)
    raise AttributeError(name)
