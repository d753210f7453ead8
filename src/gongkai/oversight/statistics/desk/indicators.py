"""The indicators: what each means, and where each form prints it."""

from typing import Any

from gongkai.core.forms import form
from gongkai.core.indicators import Indicator, indicator, indicators
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.figures import sources

HOME = Crumb("统计数据", "/desk/statistics/")


class IndicatorsView(DeskView):
    """All indicators, to be read."""

    act = "statistics.view"
    title = "统计指标"
    crumbs = (HOME,)
    template_name = "statistics/indicators.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the indicators that the search leaves."""
        text = self.request.GET.get("q", "").strip()
        known = sources()
        found = [i for i in indicators() if text in i.title or text in i.definition]
        return super().get_context_data(
            q=text,
            rows=[{"item": i, "eras": _eras(i), "parts": _parts(i), "source": known.get(i.key)} for i in found],
            **kwargs,
        )  # fmt: skip


def _eras(item: Indicator) -> list[tuple[str, str]]:
    """Return for each form in which it stands, the form's name and the rows."""
    return [
        (form(key).short, " ＋ ".join(form(key).label(place) for place in places))
        for key, places in item.places.items()
    ]


def _parts(item: Indicator) -> list[tuple[str, str]]:
    return [
        (breakdown.by, "、".join(indicator(part).title for part in breakdown.parts))
        for breakdown in item.breakdowns
    ]
