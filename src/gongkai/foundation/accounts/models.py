"""The user."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail's page managers are untyped
    """An official with a Chinese name; what one signs in with is the ``username``."""

    personal_data = True

    last_name = None  # type: ignore[assignment]  # a Chinese name is one thing
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar = UserManager()

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def first_name(self) -> str:  # type: ignore[override]  # what Wagtail's menu shows
        """Return the name."""
        return self.name

    def get_full_name(self) -> str:
        """Return the name."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name."""
        return str(self)
