"""What can happen in the reading room."""

from gongkai.foundation.trail import Event

RECEIVED = Event("readings.received", "上传公开年报")
READ = Event("readings.read", "读取公开年报")
DESCRIBED = Event("readings.described", "修改年报资料")
CORRECTED = Event("readings.corrected", "更正读数")
ACCEPTED = Event("readings.accepted", "确认发现")
DISMISSED = Event("readings.dismissed", "排除发现")
REOPENED = Event("readings.reopened", "重新打开发现")
DISCARDED = Event("readings.discarded", "移除公开年报")
