"""What can happen on the portal."""

from gongkai.foundation.trail import Event

CODE_RENEWED = Event("applications.code-renewed", "重发公开申请的查询码")
OBJECTED = Event("applications.objected", "申请人提出意见")
