"""``{% load charts %}``: a chart with its table, on portal and desk."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.foundation.charts import Chart

register = template.Library()


@register.inclusion_tag("charts/chart.html")
def chart(chart: Chart, level: int = 3) -> dict[str, Any]:
    """Show *chart*: the figure, and under it the table it is drawn from.

    Args:
        chart: What to show.
        level: Level of the heading.
    """
    return {"chart": chart, "level": level}


@register.simple_tag
def chart_assets() -> SafeString:
    """Bring the style and the script that draw charts; once a page, in its head."""
    return format_html(
        '<link rel="stylesheet" href="{}">'
        '<script src="{}" defer></script><script src="{}" defer></script>',
        static("charts.css"),
        static("vendor/echarts/echarts.min.js"),
        static("charts.js"),
    )
