"""What can happen to an account."""

from gongkai.foundation.trail.event import Event

SIGNED_IN = Event("accounts.signed-in", "登录")
SIGNED_OUT = Event("accounts.signed-out", "退出登录")
REFUSED = Event("accounts.refused", "登录失败")
CREATED = Event("accounts.created", "开通账号")
CHANGED = Event("accounts.changed", "修改账号")
SUSPENDED = Event("accounts.suspended", "停用账号")
RESTORED = Event("accounts.restored", "恢复账号")
PASSWORD_SET = Event("accounts.password-set", "设置密码")
FACTOR_ADDED = Event("accounts.factor-added", "添加双重验证")
FACTOR_REMOVED = Event("accounts.factor-removed", "移除双重验证")
SESSION_ENDED = Event("accounts.session-ended", "结束会话")
