"""What can happen to columns, directories and obligations."""

from gongkai.foundation.trail import Event

SET_UP = Event("directory.set-up", "按预设建立栏目")
