"""An organisation, a node of one tree."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from gongkai.domain.organisations.kinds import Kind, kind_choices, kinds, level_choices
from gongkai.foundation import clock


class OrganisationQuerySet(MP_NodeQuerySet):
    """Questions that can be asked of several organisations at once."""

    def in_being(self, day: date | None = None) -> "OrganisationQuerySet":
        """Keep those that exist on *day*, today if left out."""
        day = day or clock.today()
        return self.filter(
            Q(founded=None) | Q(founded__lte=day), Q(closed=None) | Q(closed__gt=day)
        )

    def below(self, top: "Organisation") -> "OrganisationQuerySet":
        """Keep *top* and everything below it."""
        return self.filter(path__startswith=top.path)

    def reporting(self) -> "OrganisationQuerySet":
        """Keep those that draw up an annual report of their own."""
        return self.filter(kind__in=[key for key, kind in kinds().items() if kind.reports])

    def matching(self, text: str) -> "OrganisationQuerySet":
        """Keep those whose name, now or ever, or code contains *text*."""
        return self.filter(
            Q(name__icontains=text)
            | Q(short__icontains=text)
            | Q(code__istartswith=text)
            | Q(
                pk__in=self.model._meta.get_field("names")
                .related_model.objects.filter(name__icontains=text)
                .values("organisation")
            )
        )


class OrganisationManager(MP_NodeManager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]  # made at run time
    """Organisations in the order of the tree."""

    def get_queryset(self) -> OrganisationQuerySet:
        """Return all, parents before children."""
        return OrganisationQuerySet(self.model, using=self._db).order_by("path")


class Organisation(MP_Node):
    """A body that is bound to disclose, or a part of one that works on its own.

    Made with ``actions.found``; in the tree a path such as ``00010003`` says where it stands.
    """

    personal_data = False
    steplen = 4

    name = models.CharField("名称", max_length=120, db_index=True)
    """The name it has now; ``names`` has the others."""
    short = models.CharField("简称", max_length=40, blank=True)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    division = models.CharField("行政区划代码", max_length=12, blank=True)
    kind = models.CharField("类别", max_length=20, choices=kind_choices)
    level = models.CharField("层级", max_length=20, choices=level_choices)
    founded = models.DateField("成立日期", null=True, blank=True)
    closed = models.DateField("撤销日期", null=True, blank=True)
    """The first day on which it is no more."""
    successor = models.ForeignKey(
        "self",
        verbose_name="承接机构",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects: ClassVar = OrganisationManager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        indexes: ClassVar = [models.Index(fields=["kind", "level"], name="organisations_kind")]

    def __str__(self) -> str:
        return self.short or self.name

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("organisations:organisation", args=[self.pk])

    @property
    def parent_path(self) -> str:
        """Return the path of the organisation above, empty at the top."""
        return str(self.path)[: -self.steplen]

    @property
    def ancestor_paths(self) -> list[str]:
        """Return the paths of all organisations above, from the top."""
        path = str(self.path)
        return [path[:end] for end in range(self.steplen, len(path), self.steplen)]

    @property
    def kind_facts(self) -> Kind:
        """Return what the data say about its kind."""
        return kinds()[self.kind]

    def is_in_being(self, day: date | None = None) -> bool:
        """Tell whether it exists on *day*, today if left out."""
        day = day or clock.today()
        return (self.founded is None or self.founded <= day) and (
            self.closed is None or day < self.closed
        )

    def name_on(self, day: date) -> str:
        """Return the full name that was valid on *day*; the oldest known one before that."""
        names = sorted(self.names.all(), key=lambda name: name.since or date.min)
        valid = [name.name for name in names if (name.since or date.min) <= day]
        if valid:
            return str(valid[-1])
        return str(names[0].name) if names else self.name
