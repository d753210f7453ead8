"""Why something has to wait."""

from gongkai.core.refusal import Refusal


class TooOften(Refusal):
    """短时间内从您的网络提交的次数太多，请 {wait} 分钟后再试；急需办理的，可以当面提交或者邮寄。您填写的内容还在。"""


class Unsolved(Refusal):
    """为了防止机器批量提交，请先回答提交按钮上方的小问题。您填写的内容还在。"""
