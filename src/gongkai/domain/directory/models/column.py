"""A column: a page of an organisation's disclosure section."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from wagtail.models.pages import Page, PageManager
from wagtail.query import PageQuerySet

from gongkai.core.rulebook import Reference, national
from gongkai.domain.directory.kinds import freshness_choices, kind_choices, section_choices
from gongkai.domain.organisations.models import Organisation

LINK = RegexValidator(
    r"^(https?://\S+|/(?!/)\S*)$",
    "请填写完整的网址（以 http:// 或 https:// 开头），或者本站的地址（以 / 开头）。",
)
TOP = "top"
"""The key of the page that holds all columns of an organisation."""


class ColumnQuerySet(PageQuerySet):
    """Questions that can be asked of several columns at once."""

    def of(self, organisation: Organisation | int) -> "ColumnQuerySet":
        """Keep the columns of *organisation*, closed ones too, without the page that holds them."""
        return self.filter(organisation=organisation).exclude(key=TOP)

    def open(self) -> "ColumnQuerySet":
        """Keep those that are not closed."""
        return self.filter(live=True)

    def sections(self) -> "ColumnQuerySet":
        """Keep the parts of the section: the columns right below the page that holds them all."""
        return self.filter(depth=Column.SECTION_DEPTH)

    def holding_items(self) -> "ColumnQuerySet":
        """Keep those in which information items may stand."""
        return self.filter(kind__in=Column.HOLD_ITEMS)


class ColumnManager(PageManager.from_queryset(ColumnQuerySet)):  # type: ignore[misc]  # made at run time
    """Columns in the order of the tree, parents before children."""


class Column(Page):  # type: ignore[django-manager-missing]  # of Wagtail's aliases
    """A column of an organisation's disclosure section, in the tree of Wagtail's pages.

    Made with ``actions.set_up`` and ``actions.add``, never on Wagtail's own screens. ``title`` is its
    name, ``live`` whether it is open, the order among its neighbours is that of the tree.
    """

    personal_data = False
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = []
    wagtail_reference_index_ignore = True

    SECTION_DEPTH = 4
    """Depth in Wagtail's tree: root, home of columns, an organisation's page, part of its section."""
    HOLD_ITEMS = ("list", "document")

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.PROTECT,
        related_name="columns",
    )
    key = models.CharField("预设键", max_length=60, blank=True)
    """The key in ``law/directories/columns.yaml``; empty for a column of one's own."""
    kind = models.CharField("类型", max_length=10, choices=kind_choices)
    section = models.CharField("所属板块", max_length=10, blank=True, choices=section_choices)
    freshness = models.CharField("更新要求", max_length=10, blank=True, choices=freshness_choices)
    """The period of the inspection criteria; empty for none."""
    basis = models.CharField("依据", max_length=60, blank=True)
    """A reference such as ``regulations-2019/20(6)``."""
    link = models.CharField("链接地址", max_length=200, blank=True, validators=[LINK])
    note = models.TextField("栏目说明", blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name="承接栏目",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    """Where the public address of a closed column leads."""
    closed = models.DateField("关闭日期", null=True, blank=True)

    objects: ClassVar = ColumnManager()

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "key"], condition=~Q(key=""), name="one_column_of_a_preset"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        """Return its public address."""
        return f"/columns/{self.pk}/"

    @property
    def is_top(self) -> bool:
        """Tell whether it is the page that holds all columns of its organisation."""
        return self.key == TOP

    @property
    def holds_items(self) -> bool:
        """Tell whether information items may stand in it."""
        return self.kind in self.HOLD_ITEMS

    @property
    def parent_path(self) -> str:
        """Return the path of the column above."""
        return str(self.path)[: -self.steplen]

    @property
    def basis_reference(self) -> Reference | None:
        """Return the article that prescribes it, where there is one."""
        return national().reference(self.basis) if self.basis else None

    def get_indexed_instance(self) -> Any:
        """Keep columns out of Wagtail's index; ours finds them."""
        return None
