"""What people are told when a figure cannot be declared."""

from gongkai.core.refusal import Refusal


class NoGround(Refusal):
    """请写明依据，例如“12月31日清点查阅点登记表”。没有依据的申报数不能用于年度报告。"""


class NotANumber(Refusal):
    """“{text}”不是数。请填写阿拉伯数字，例如 12 或 76.1。"""


class WrongIndicator(Refusal):
    """没有“{indicator}”这个指标。请从列表中选择。"""


class ChangedMeanwhile(Refusal):
    """这个数刚刚由{who}更新为 {value}。请看过新的数，再决定是否更正。"""


class NothingToWithdraw(Refusal):
    """这个单位没有申报过这个数，不需要撤回。"""


class PeriodNotOver(Refusal):
    """{period}还没有开始，不能申报这一期的数。"""
