"""What is refused, one sentence each."""

from gongkai.core.refusal import Refusal


class BadName(Refusal):
    """请填写电子邮箱，或者 11 位手机号。"""


class NameTaken(Refusal):
    """这个邮箱或者手机号不能注册，可能已经注册过。请直接登录，或者换一个。"""


class WeakPassword(Refusal):
    """{why}"""


class WrongPassword(Refusal):
    """登录名或者密码不对。请检查后再试；没有账号，用编号和查询码一样能查进度。"""


class LockedOut(Refusal):
    """这个登录名连续试错太多次，请 {wait} 分钟后再试；用编号和查询码一样能查进度。"""
