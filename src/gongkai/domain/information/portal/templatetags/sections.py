"""``{{ counts|of:place.pk }}``: what a mapping has for a key."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(mapping: Mapping[int, int], key: int) -> int | None:
    """Return what *mapping* has for *key*."""
    return mapping.get(key)
