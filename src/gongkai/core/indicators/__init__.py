"""Statistical indicators: what is counted, in which unit, and where each form of an era prints it.

An :class:`Indicator` outlives the forms: ``requests.received`` is row 22 of the table of 2014 and the
first row of the tables of 2019 and 2021, and it is what a sentence of 2009 means by 受理申请120件. Charts over
the years, live figures in a report and the checks of text against table all speak of indicators.
"""

from gongkai.core.indicators.indicator import Breakdown, Indicator, Phrase
from gongkai.core.indicators.loading import (
    IndicatorError,
    UnknownIndicator,
    indicator,
    indicator_titled,
    indicators,
)
from gongkai.core.indicators.naming import named

__all__ = [
    "Breakdown",
    "Indicator",
    "IndicatorError",
    "Phrase",
    "UnknownIndicator",
    "indicator",
    "indicator_titled",
    "indicators",
    "named",
]
