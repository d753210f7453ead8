"""What can be wrong with a letter, one sentence each."""

from collections.abc import Sequence
from typing import Any

from gongkai.core.refusal import Refusal


class UnknownTemplate(Refusal):
    """没有“{key}”这种文书{hint}。"""


class UnknownSlot(Refusal):
    """文书里的“{{{{{name}}}}}”不是已有的空格{hint}；请从“插入空格”中选择。"""


class NotInForce(Refusal):
    """按{day}收到申请时的规定，没有“{title}”这种文书。"""


class NotForThatGround(Refusal):
    """“{title}”不能用于“{ground}”。"""


class NoArticle(Refusal):
    """按{day}收到申请时的规定，“{ground}”还不能作为处理依据。"""


class MissingFact(Refusal):
    """缺少“{name}”：请填写{asks}。"""


class MissingFacts(Refusal):
    """还不能制作“{title}”：{reasons}。

    Attributes:
        missing: A refusal for each fact that is missing, in the order of the text.
    """

    def __init__(self, missing: Sequence[Refusal], **facts: Any) -> None:
        self.missing = tuple(missing)
        reasons = "；".join(str(refusal).rstrip("。") for refusal in missing)
        super().__init__(reasons=reasons, **facts)


class WrongValue(Refusal):
    """“{name}”应当是{kind}，而不是“{value}”。"""


class NoOnlineChannel(Refusal):
    """通过互联网送达的文书要写明可以提交行政复议申请的互联网渠道；请先在机关的文书设置里填写。"""


class NoReviewBody(Refusal):
    """文书要写明向哪个机关申请行政复议；请先在机关的文书设置里填写复议机关（{to}）。"""


class BadMark(Refusal):
    """机关代字“{mark}”不能用来编文号；请写汉字，例如“云公复”，不带括号和数字。"""


class BadSerial(Refusal):
    """文号的顺序号应当是正整数，而不是“{serial}”。"""
