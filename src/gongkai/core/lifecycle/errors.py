"""What the life cycle refuses, one sentence each."""

from gongkai.core.refusal import Refusal


class FactRefused(Refusal):
    """现在不能这样办理。"""


class UnknownAct(FactRefused):
    """办理过程里没有“{act}”这件事。"""


class NotNow(FactRefused):
    """现在的状态是“{state}”，不能“{act}”。{hint}"""


class NothingReceived(FactRefused):
    """还没有收到申请；请先登记收到的日期。"""


class TooEarly(FactRefused):
    """“{act}”的日期（{day}）早于“{before}”的日期（{limit}）；请核对日期。"""


class NotWaiting(FactRefused):
    """没有等待答复的“{before}”，不能“{act}”。"""


class WhichOne(FactRefused):
    """有{count}件“{before}”，请写明“{act}”针对的是哪一件。"""


class ServedTwice(FactRefused):
    """这份文书已经登记过送达，不能再登记一次。"""


class NoUntil(FactRefused):
    """“{act}”要写明到哪一天为止。"""


class UntilPassed(FactRefused):
    """“{act}”的期限（{until}）早于当天（{day}）；请核对日期。"""


class NoGround(FactRefused):
    """作出决定要有处理依据；请为每一项申请内容选择一个。"""


class UnknownGround(FactRefused):
    """{day}没有“{ground}”这种处理结果；请按收到申请时施行的规定选择。"""


class GroundNeeds(FactRefused):
    """“{ground}”要先登记“{act}”，才能选择。"""


class GroundAnswered(FactRefused):
    """“{act}”以后已经接着办理，不能再以“{ground}”结案；请按现有的内容选择处理依据。"""


class GroundTooEarly(FactRefused):
    """“{act}”的期限到{limit}为止，还没有过，不能以“{ground}”结案。"""


class OnlyLapsed(FactRefused):
    """现在的状态是“{state}”，只能等对方答复，或者在期限过后以“{grounds}”结案。"""


class OpinionsOutstanding(FactRefused):
    """{sent}发出的征求意见还没有答复（{limit}），不能以“{ground}”答复。"""


class NoDay(FactRefused):
    """“{act}”要写明{what}。"""


class DaySet(FactRefused):
    """这一轮的答复日期由复议决定或者裁判确定，不能“{act}”。"""


class NotAfter(FactRefused):
    """{day}已经“{before}”，不能再“{act}”。"""


class NotLate(FactRefused):
    """还没有作出决定，答复期限（{limit}）也没有过，不能“{act}”。"""


class NotInThatLaw(FactRefused):
    """{day}收到的申请适用当时的规定，其中没有“{act}”。"""


class Once(FactRefused):
    """“{act}”只能有一次，{day}已经有过。"""
