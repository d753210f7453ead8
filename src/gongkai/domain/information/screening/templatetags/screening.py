"""Findings in the screens of items and reviews, which know nothing else of the pre-check."""

from typing import Any

from django import template

from gongkai.domain.information.models import Item
from gongkai.domain.information.screening.desk.precheck import sorted_out
from gongkai.domain.information.screening.findings import findings

register = template.Library()


@register.inclusion_tag("screening/summary.html")
def precheck_summary(content: Item, *, is_brief: bool = False) -> dict[str, Any]:
    """Show what was found in *content* with the answers, to be read by whoever decides.

    *is_brief* leaves out what is unanswered, where the page says so already.
    """
    return {"is_brief": is_brief, **sorted_out(findings(content))}
