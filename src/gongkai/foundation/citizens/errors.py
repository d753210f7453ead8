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


class NotByMail(Refusal):
    """手机号登录的账号不能用邮件找回密码。每件申请都可以用编号和查询码查；也可以换一个邮箱注册，再用编号和查询码把申请放进来。"""


class AskedTooOften(Refusal):
    """这个邮箱要得太多了，请 {wait} 分钟后再试；用编号和查询码一样能查进度。"""


class WrongMailCode(Refusal):
    """确认码不对，或者已经过期。请核对最近一封邮件里的六位数字，或者重新发一个。"""


class LinkSpent(Refusal):
    """这个链接已经用过，或者已经过期。请重新申请一个。"""


class LockedOut(Refusal):
    """这个登录名连续试错太多次，请 {wait} 分钟后再试；用编号和查询码一样能查进度。"""
