"""Why a file is not redacted, each in one sentence that says what to do."""

from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.refusal import Refusal


class NotRedactable(Unreadable):
    """这类文件（{kind}）不能遮盖；请另存为 PDF、docx、jpg 或 png 后再上传。"""


class TooDense(Unreadable):
    """第 {page} 页上的字太多（超过 {limit} 个），不像一份正常的文件，没有处理；请打印成 PDF 后再上传。"""


class TooManyPixels(Unreadable):
    """图片太大（超过 {limit} 万像素），没有处理；请缩小后再上传。"""


class CannotPrint(Unreadable):
    """文件里有印不出来的字：{characters}。请在 Word 或 WPS 里另存为 PDF 后再上传。"""


class NoSuchPage(Refusal):
    """这份文件没有第 {page} 页，一共 {count} 页。"""


class NotAGround(Refusal):
    """“{key}”不是不予公开的依据，不能作为遮盖的理由。"""
