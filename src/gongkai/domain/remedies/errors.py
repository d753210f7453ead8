"""What is refused in this area, one sentence each."""

from gongkai.core.refusal import Refusal


class RemedyRefused(Refusal):
    """这件复议、诉讼或者举报投诉不能这样办理。"""


class NothingToChallenge(RemedyRefused):
    """这件申请还没有作出决定，也没有超过答复期限（{due}），不能登记；请核对日期。"""


class TooEarly(RemedyRefused):
    """{what}的日期（{day}）早于{before}的日期（{limit}）；请核对日期。"""


class InFuture(RemedyRefused):
    """{what}的日期（{day}）还没有到；请填写实际发生的日期。"""


class NoBody(RemedyRefused):
    """请写明是哪个机关或者法院。"""


class FollowsOther(RemedyRefused):
    """上诉、再审或者复议后的诉讼要接在同一件申请的一件复议或者诉讼之后。"""


class StillPending(RemedyRefused):
    """前一程序还没有结果，不能登记后一程序；请先登记结果。"""


class UnknownOutcome(RemedyRefused):
    """“{outcome}”不是{kind}的结果；请在列表里选择。"""


class AlreadyConcluded(RemedyRefused):
    """{decided}已经登记过结果；有误的，请在说明里写明更正的原因再登记。"""


class NotCorrected(RemedyRefused):
    """只有被纠正的决定才重新办理；这一件的结果是“{outcome}”。"""


class NotInForce(RemedyRefused):
    """这一件已经上诉，判决还没有生效；等上诉有了结果，从上诉的那一件重新办理。"""


class AlreadyRenewed(RemedyRefused):
    """这一件已经重新办理。"""
