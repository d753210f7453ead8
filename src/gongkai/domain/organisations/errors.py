"""Why something cannot be done to an organisation; each docstring is the sentence."""

from gongkai.core.refusal import Refusal


class NameTaken(Refusal):
    """“{parent}”下面已有名为“{name}”的机构。请换一个名称，或到已有的机构里修改。"""


class AlreadyClosed(Refusal):
    """“{name}”已于 {closed} 撤销，不能再变更。"""


class StillHasParts(Refusal):
    """“{name}”下面还有 {count} 个存续的机构。请先调整它们的隶属，再办理撤销或并入。"""


class IntoItself(Refusal):
    """不能把“{name}”并入或调整到它自己或它的下级机构。"""


class SameName(Refusal):
    """新名称与现名称相同，没有需要办理的更名。"""


class BeforeFounding(Refusal):
    """生效日期 {day} 早于成立日期 {founded}。请核对日期。"""


class OutOfOrder(Refusal):
    """生效日期 {day} 早于最近一次变更（{last}）。请先核对沿革。"""


class PostHeld(Refusal):
    """{user}已在“{organisation}”担任{role}，不必重复任职。"""


class PostOver(Refusal):
    """这个岗位已于 {until} 离任。"""


class EndsTooEarly(Refusal):
    """离任日期 {day} 早于任职日期 {since}。请核对日期。"""


class SignInNameTaken(Refusal):
    """用户名“{username}”已有人使用。请换一个。"""
