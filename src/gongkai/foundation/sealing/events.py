"""What can happen."""

from gongkai.foundation.trail import Event

ROTATED = Event("sealing.rotated", "更换加密密钥")
FORGOTTEN = Event("sealing.forgotten", "销毁不再使用的加密密钥")
