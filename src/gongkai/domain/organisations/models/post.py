"""Who holds what role where, and from when to when."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foundation import clock
from gongkai.foundation.permissions import Role, roles


def role_choices() -> list[tuple[str, str]]:
    """Return the roles for a form."""
    return [(key, role.title) for key, role in roles().items()]


class PostQuerySet(models.QuerySet["Post"]):
    """Questions that can be asked of several posts at once."""

    def held_on(self, day: date | None = None) -> "PostQuerySet":
        """Keep those held on *day*, today if left out."""
        day = day or clock.today()
        return self.filter(Q(since__lte=day), Q(until=None) | Q(until__gt=day))


class Post(models.Model):
    """A person's role in an organisation."""

    personal_data = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="人员",
        on_delete=models.CASCADE,
        related_name="posts",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.PROTECT,
        related_name="posts",
    )
    role = models.CharField("角色", max_length=20, choices=role_choices)
    since = models.DateField("任职日期", default=clock.today)
    until = models.DateField("离任日期", null=True, blank=True)
    """The first day on which the post is no longer held."""

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ("organisation__path", "role", "since")
        indexes: ClassVar = [models.Index(fields=["role", "until"], name="organisations_posts")]

    def __str__(self) -> str:
        return f"{self.user} {self.role_facts.title}"

    @property
    def role_facts(self) -> Role:
        """Return what the data say about the role."""
        return roles()[self.role]

    def is_held(self, day: date | None = None) -> bool:
        """Tell whether it is held on *day*, today if left out."""
        day = day or clock.today()
        return self.since <= day and (self.until is None or day < self.until)
