"""Charts as data: a title, categories and series. The page shows them as a table, and draws the table.

On any screen: ``{% load charts %}``, once ``{% chart_assets %}`` in the head, then ``{% chart my_chart %}``
with a :class:`Chart`. Without script the table says the same.
"""

from gongkai.foundation.charts.chart import Chart, Kind, Series, data, rows

__all__ = ["Chart", "Kind", "Series", "data", "rows"]
