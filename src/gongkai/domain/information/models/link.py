"""How items refer to each other."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Relation(models.TextChoices):
    """What the first item does to the second."""

    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    INTERPRETS = "interprets", "解读"
    RELATES = "relates", "相关"


BACKWARDS = {
    Relation.AMENDS: "被修改于",
    Relation.REPEALS: "被废止于",
    Relation.INTERPRETS: "解读材料",
    Relation.RELATES: "相关",
}
"""What the second item says of the first."""


class LinkQuerySet(models.QuerySet["Link"]):
    """Questions that can be asked of several links at once."""

    def in_effect(self) -> "LinkQuerySet":
        """Keep those of items that are public, or were until their time was over."""
        over = Q(source__expired=True, source__withdrawn_at=None)
        return self.filter(Q(source__live=True) | over)

    def amending(self, day: date) -> "LinkQuerySet":
        """Keep the amendments that count on *day*."""
        begun = Q(day=None) | Q(day__lte=day)
        return self.in_effect().filter(begun, relation=Relation.AMENDS)


class Link(models.Model):
    """An item amends, repeals, interprets or is related to another, from a day on."""

    personal_data = False

    source = models.ForeignKey(
        "information.Item", verbose_name="信息", on_delete=models.CASCADE, related_name="links"
    )
    target = models.ForeignKey(
        "information.Item",
        verbose_name="关联的信息",
        on_delete=models.CASCADE,
        related_name="linked_from",
    )
    relation = models.CharField("关系", max_length=12, choices=Relation)
    day = models.DateField("生效日期", null=True, blank=True)
    """From when an amendment or a repeal counts."""

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "关联"
        verbose_name_plural = "关联"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "target", "relation"], name="information_one_link"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="information_link_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.get_relation_display()} {self.target_id}"

    @property
    def backwards(self) -> str:
        """Return what the target says of the source: 被废止于."""
        return BACKWARDS[Relation(self.relation)]
