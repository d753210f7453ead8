"""Putting many columns into Wagtail's tree at once.

Wagtail saves a page with some ten queries; an office of 3,000 units begins with 90,000 columns. Here
the places in the tree are worked out first, and everything is written in bulk.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models.i18n import Locale
from wagtail.models.pages import Page

from gongkai.domain.directory.models import Column
from gongkai.foundation import clock

HOME = "columns"
"""The slug of the page that holds the pages of all organisations."""


def home() -> Page:
    """Return the page above all columns, made anew where a database was emptied.

    It is locked until the transaction ends, so that whoever plants does it alone.
    """
    language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    locale, _ = Locale.objects.get_or_create(language_code=language)
    page: Page | None = Page.objects.select_for_update().filter(depth=2, slug=HOME).first()
    if page is None:
        root = Page.objects.filter(depth=1).first() or Page.add_root(
            instance=Page(title="Root", slug="root", locale=locale, url_path="/")
        )
        page = root.add_child(instance=Page(title="栏目", slug=HOME, locale=locale))
    return page


def path_below(parent: str, step: int) -> str:
    """Return the path of the child number *step* (from 1) of the page at *parent*."""
    path: str = Page._get_path(parent, len(parent) // Page.steplen + 1, step)  # noqa: SLF001  # treebeard's only door to its alphabet
    return path


def step_of(path: str) -> int:
    """Return the number of the page at *path* among its neighbours."""
    return int(Page._str2int(path[-Page.steplen :]))  # noqa: SLF001  # likewise


class Bed:
    """New columns on their way into the tree.

    Args:
        above: Path and address of the pages that they may stand below.
        taken: The paths of pages that are there already.
    """

    def __init__(self, above: Iterable[tuple[str, str]], taken: Iterable[str]) -> None:
        self._addresses = dict(above)
        self._last: dict[str, int] = defaultdict(int)
        self._added: dict[str, int] = defaultdict(int)
        self._new: list[Column] = []
        for path in taken:
            parent = path[: -Page.steplen]
            self._last[parent] = max(self._last[parent], step_of(path))

    def put(self, column: Column, parent: str) -> str:
        """Give *column* the last place below the page at *parent*; return its path."""
        self._last[parent] += 1
        self._added[parent] += 1
        column.path = path_below(parent, self._last[parent])
        column.depth = len(column.path) // Page.steplen
        column.slug = column.slug or column.key
        column.url_path = f"{self._addresses[parent]}{column.slug}/"
        self._addresses[column.path] = column.url_path
        self._new.append(column)
        return str(column.path)

    def write(self) -> Sequence[Column]:
        """Write all of them, and the counts of children of the pages they stand below."""
        if not self._new:
            return ()
        self._finish()
        fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
        pages = Page.objects.bulk_create(
            [Page(**{name: getattr(new, name) for name in fields}) for new in self._new],
            batch_size=500,
        )
        for column, page in zip(self._new, pages, strict=True):
            column.page_ptr_id = column.pk = column.id = page.pk
        _insert(self._new)
        own = {str(column.path) for column in self._new}
        for parent, count in self._added.items():
            if parent not in own:
                Page.objects.filter(path=parent).update(numchild=models.F("numchild") + count)
        return self._new

    def _finish(self) -> None:
        locale = Locale.get_default()
        kind = ContentType.objects.get_for_model(Column)
        now = clock.now()
        for column in self._new:
            column.locale_id, column.content_type_id = locale.pk, kind.pk
            column.draft_title = column.title
            column.numchild = self._added.get(str(column.path), 0)
            column.first_published_at = column.last_published_at = now


def _insert(columns: Sequence[Column]) -> None:
    """Write the rows of the model itself; Django's bulk_create refuses models with a parent table."""
    fields = Column._meta.local_concrete_fields
    size = connection.ops.bulk_batch_size(fields, columns)
    for start in range(0, len(columns), size):
        query = models.sql.InsertQuery(Column)
        query.insert_values(fields, list(columns[start : start + size]))
        query.get_compiler(connection=connection).execute_sql()
