"""What is refused to applicants, one sentence each."""

from gongkai.core.refusal import Refusal


class NoSuchDraft(Refusal):
    """没有找到这份草稿：草稿码可能抄错了，或者已经过期、已经提交。请核对后再试，也可以重新填写。"""


class NoSuchCase(Refusal):
    """受理编号和查询码对不上。请对照回执再输一遍；回执找不到了，可以带身份证件到受理机关查询。"""


class NotComplete(Refusal):
    """还有几项没有填好，请按下面的提示补上。"""


class TooManyFiles(Refusal):
    """最多可以附 {most} 个文件。请合并，或者先删去不需要的。"""
