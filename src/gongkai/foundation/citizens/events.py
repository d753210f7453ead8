"""What can happen to an account of the public."""

from gongkai.foundation.trail import Event

REGISTERED = Event("citizens.registered", "注册公众账号")
PASSWORD_CHANGED = Event("citizens.password-changed", "修改公众账号的密码")
CLOSED = Event("citizens.closed", "注销公众账号")
