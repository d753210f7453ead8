"""What is refused in this area, one sentence each."""

from gongkai.core.refusal import Refusal


class LetterRefused(Refusal):
    """这份文书不能这样办理。"""


class AlreadyIssued(LetterRefused):
    """这份文书已经发出，内容不再改变；有错误的，请另发更正通知书。"""


class NotIssued(LetterRefused):
    """这份文书还没有发出；请先发出再登记送达。"""


class NotForThisCase(LetterRefused):
    """“{title}”不用于这件申请现在的情形；请刷新页面再选。"""


class WrongDay(LetterRefused):
    """送达日期（{day}）应当在发出之日（{issued}）以后，并且不晚于今天。"""


class NoWay(LetterRefused):
    """没有“{way}”这种送达方式；请在列表里选择。"""


class NoMark(LetterRefused):
    """编文号要有机关代字；请先在“机关的文书设置”里填写。"""


class MarkTaken(LetterRefused):
    """机关代字“{mark}”已经由{office}使用，两个机关会编出同样的文号；请换一个。"""


class BadWording(LetterRefused):
    """改写的模板还不能用：{reasons}"""


class NothingWritten(LetterRefused):
    """模板没有正文；请写上正文，或者恢复为法规数据里的模板。"""


class NotAPicture(LetterRefused):
    """印章图片应当是 PNG 或者 JPEG，背景透明或者白色。"""


class NoAddress(LetterRefused):
    """没有登记通信地址；请先补充地址再打印。"""


class StillOpen(LetterRefused):
    """这件申请还没有办结；办结以后才能编成案卷。"""


class NotArchived(Refusal):
    """现在的状态是“{state}”，归档以后、保管期满才能删除个人信息。"""


class KeptLonger(Refusal):
    """这份案卷要保管到{until}，还没有到期，不能删除个人信息。"""


class ForEver(Refusal):
    """这份案卷永久保管，不能删除个人信息。"""


class FiguresChanged(Refusal):
    """删除以后有统计数会变，没有删除任何内容；请把这件申请的编号告诉系统管理员。"""
