"""What people are told when something cannot be done about a finding; each docstring is the sentence."""

from django.urls import reverse

from gongkai.core.refusal import Refusal


class Unanswered(Refusal):
    """预检还有 {count} 处没有处理：{what}。请逐处打码、删除，或者说明理由后保留。"""

    @property
    def href(self) -> str:
        """Return where they are dealt with."""
        return reverse("screening:precheck", args=[self.facts["item"]])


class NoReason(Refusal):
    """请写明保留的理由，签批的人会看到。例如：办公电话，对外公布的服务热线。"""


class NotKeepable(Refusal):
    """“{title}”不能保留。请在文件里去掉后重新上传，或者在正文里删去。"""


class GoneMeanwhile(Refusal):
    """这一处已经不在了，可能刚刚有人改过。下面是现在的预检结果。"""


class NotHere(Refusal):
    """附件里的这一处要由人看过再改。请改好文件后，在“编辑”里换掉附件。"""


class UnderWay(Refusal):
    """这个附件正在后台处理。请等它完成，进展见“后台任务”。"""


class NobodyToAsk(Refusal):
    """本单位和上级都还没有保密审查员。请联系系统管理员设置这个岗位。"""


class BadWord(Refusal):
    """{why}"""


class TooManyWords(Refusal):
    """一个单位的词表最多 {most} 条，这样会有 {count} 条。请先删去不用的词。"""


class NotTheSheet(Refusal):
    """表格里没有“词语”一列。请先导出词表，按它的样子填写后再导入。"""
