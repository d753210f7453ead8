"""What can happen to files."""

from gongkai.foundation.trail import Event

RECEIVED = Event("attachments.received", "收下附件")
SWEPT = Event("attachments.swept", "清除无人引用的附件")
