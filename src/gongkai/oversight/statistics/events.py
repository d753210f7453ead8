"""What can happen to figures."""

from gongkai.foundation.trail import Event

DECLARED = Event("statistics.declared", "申报统计数")
WITHDRAWN = Event("statistics.withdrawn", "撤回申报数")
