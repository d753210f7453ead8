"""What can happen to an application, beside what the table of the life cycle says."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

REGISTERED = Event("applications.registered", "登记公开申请")
PROCEEDED = Event("applications.proceeded", "办理公开申请")
STRUCK = Event("applications.struck", "更正公开申请的办理记录")
DRAFTED = Event("applications.drafted", "拟办公开申请的答复")
HANDED_IN = Event("applications.handed-in", "送审公开申请的答复")
ASSIGNED = Event("applications.assigned", "指定公开申请的经办人")
RECOMPUTED = Event("applications.recomputed", "重新计算公开申请的期限")
BROUGHT_IN = Event("applications.brought-in", "补录已办结的公开申请")

happened = Signal()
"""Something happened to an application. Sent inside the transaction with ``application`` and ``fact``."""
