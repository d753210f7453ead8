"""What can happen on the portal."""

from gongkai.foundation.trail import Event

OBJECTED = Event("applications.objected", "申请人提出意见")
