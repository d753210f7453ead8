"""What the clock refuses, one sentence each."""

from gongkai.core.refusal import Refusal


class EventRefused(Refusal):
    """这个事项不符合法定顺序或者期限。"""


class BeforeReceipt(EventRefused):
    """{event}的日期（{day}）早于收到申请或者期限重新起算的日期（{start}）；请核对日期。"""


class WrongOrder(EventRefused):
    """{later}的日期（{last}）早于{earlier}的日期（{first}）；请核对日期。"""


class NotInThatLaw(EventRefused):
    """{day}收到的申请适用当时的规定，其中没有“{title}”。{hint}"""


class AlreadyAskedToSupplement(EventRefused):
    """补正只能告知一次；{day}已经告知过，不能再次要求补正。"""


class TooLateToAskForSupplement(EventRefused):
    """告知补正的期限是{limit}，{day}已经超过；应当按现有内容答复。"""


class AwaitingSupplement(EventRefused):
    """{day}已告知申请人补正；收到补正之后才能重新计算答复期限。"""


class AwaitingPayment(EventRefused):
    """{day}已发出收费通知，缴费期限到{limit}为止；缴清之后才能重新计算答复期限。"""


class PaidTooLate(EventRefused):
    """缴费期限是{limit}，{day}才缴纳，已视为放弃申请；如需继续，请重新登记申请。"""


class AwaitingThirdParty(EventRefused):
    """{day}已征求第三方意见，当时的规定没有限定第三方答复的期限；收到意见之后才能计算答复期限。"""


class AlreadyExtended(EventRefused):
    """答复期限已经延长过；法律只允许延长一次。"""


class AlreadyDelayed(EventRefused):
    """已经另定延迟答复的日期（{until}），不能再延长；请在那天以前答复。"""


class NoExtension(EventRefused):
    """延长答复期限至少是1个工作日；请写明延长多少个工作日。"""


class ExtensionTooLong(EventRefused):
    """最多可以延长{limit}{unit}，不能延长{count}{unit}。"""


class NothingToExtend(EventRefused):
    """“{title}”的期限不能延长。"""


class TooLateToExtend(EventRefused):
    """原期限到{limit}为止，{day}才告知延长，已经逾期，不能再延长。"""


class ApprovedTooLate(EventRefused):
    """延长应当先经批准再告知申请人：批准日期（{approved}）晚于告知日期（{day}）。"""


class TooLate(EventRefused):
    """答复期限到{limit}为止，{day}才{event}，已经逾期。"""


class DelayTooShort(EventRefused):
    """另定的答复日期（{until}）不晚于原期限（{limit}），不需要延迟。"""


class MissingConfirmation(EventRefused):
    """{channel}提交的申请以{label}为收到之日；请给出确认的日期。"""


class UnknownChannel(EventRefused):
    """不认识“{name}”这个渠道；可用：{known}。"""


class NotInBulk(EventRefused):
    """“{title}”不是按工作日计算的期限，不能成批计算；请逐件计算。"""
