"""The nouns."""

from gongkai.oversight.statistics.models.declaration import Declaration
from gongkai.oversight.statistics.models.month_report import MonthReport
from gongkai.oversight.statistics.models.tally import TallyMark, YearTally

__all__ = ["Declaration", "MonthReport", "TallyMark", "YearTally"]
