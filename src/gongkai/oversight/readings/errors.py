"""What people are told when a document cannot be taken in or a judgement not written down."""

from gongkai.core.refusal import Refusal


class EmptyFile(Refusal):
    """“{name}”是空文件。请重新导出后再上传。"""


class WrongKind(Refusal):
    """“{name}”的类型读不了。请上传 {kinds} 文件；扫描件请先转成可选中文字的 PDF。"""


class TooLarge(Refusal):
    """“{name}”有 {size}，超过单个文件 {limit} 的上限。请拆分或压缩图片后再上传。"""


class TooMuch(Refusal):
    """一次上传的文件合计超过 {limit}。请分几次上传。"""


class TooMuchUnpacked(Refusal):
    """压缩包解开后合计超过 {limit}，“{name}”及其后的文件没有收下。请分几次上传。"""


class TooMany(Refusal):
    """一次最多 {limit} 份，“{name}”及其后的文件没有收下。请分几次上传。"""


class NothingUploaded(Refusal):
    """还没有选择文件。请选择或拖入至少一个文件。"""


class NoRoom(Refusal):
    """您的岗位没有可以存放年报的单位。请联系系统管理员调整岗位。"""


class AlreadyHere(Refusal):
    """“{name}”与已有的《{title}》内容相同，没有重复收下。"""


class CrashedBefore(Refusal):
    """上次读到这份文件时程序中断，这次跳过。请转换成另一种格式后重新上传。"""


class NotReadYet(Refusal):
    """这份年报还没有读完，请稍候再试。"""


class ReasonMissing(Refusal):
    """请写明理由，供以后查考。"""


class NotANumber(Refusal):
    """“{value}”不是数字。请填写数字，例如 12 或 251000.5；空白格请勾选“原文是空白”。"""


class NotACount(Refusal):
    """这一格应是{what}，不能填“{value}”。"""


class NothingChanged(Refusal):
    """新值与现在的值相同，不需要更正。"""


class TooFewToCompare(Refusal):
    """请勾选至少两份、至多 {limit} 份已经读完的年报，再点“比较”。"""
