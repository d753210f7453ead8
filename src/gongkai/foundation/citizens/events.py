"""What can happen to an account of the public."""

from gongkai.foundation.trail import Event

REGISTERED = Event("citizens.registered", "注册公众账号")
PASSWORD_CHANGED = Event("citizens.password-changed", "修改公众账号的密码")
CONFIRMED = Event("citizens.confirmed", "确认公众账号的邮箱")
RESET_SENT = Event("citizens.reset-sent", "发出公众账号重设密码的链接")
PASSWORD_RESET = Event("citizens.password-reset", "重设公众账号的密码")
CLOSED = Event("citizens.closed", "注销公众账号")
