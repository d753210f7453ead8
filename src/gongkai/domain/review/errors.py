"""What people are told when a review cannot go on."""

from gongkai.core.refusal import Refusal


class NoChain(Refusal):
    """{organisation}还没有设置“{importance}”信息的审批流程。请公开办先在“审批流程”中设置，再送审。"""


class AlreadyInReview(Refusal):
    """这条内容正在审查中，不能重复送审。要修改的，请先撤回送审。"""


class NotInReview(Refusal):
    """这次审查已经结束（{status}），不能再办理。请刷新页面查看最新情况。"""


class NotYourStep(Refusal):
    """现在由“{step}”审查，您的岗位不在这一环节。"""


class OwnWork(Refusal):
    """送审人不能审查自己送审的内容。请由“{step}”的其他人员办理。"""


class NotedByASigner(Refusal):
    """补记审查的人不能是签署人之一。请由公开办的其他人员办理，或者核对签署人。"""


class SignedBefore(Refusal):
    """您已经在前面的环节签署过，同一个人不能签署两个环节。请由“{step}”的其他人员办理。"""


class ContentChanged(Refusal):
    """内容在您打开之后有了改动，没有签署。请刷新页面，看过现在的内容再签。"""


class NoComment(Refusal):
    """退回时请写明意见，让经办人知道要改什么。"""


class ChainTooShort(Refusal):
    """审批流程至少要有一个环节。"""
