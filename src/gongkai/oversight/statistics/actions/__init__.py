"""The verbs, a file each."""

from gongkai.oversight.statistics.actions.declare import declare
from gongkai.oversight.statistics.actions.export_months import export_months, last_export
from gongkai.oversight.statistics.actions.withdraw import withdraw

__all__ = ["declare", "export_months", "last_export", "withdraw"]
