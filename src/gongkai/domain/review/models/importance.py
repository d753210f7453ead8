"""How weighty an item is, which decides who signs."""

from django.db import models


class Importance(models.TextChoices):
    """The three levels that offices tell apart."""

    GENERAL = "general", "一般"
    IMPORTANT = "important", "重要"
    CRITICAL = "critical", "特别重要"
