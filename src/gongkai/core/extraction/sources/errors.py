"""Why a file cannot be read, each in one sentence that says what to do."""

from gongkai.core.refusal import Refusal


class Unreadable(Refusal):
    """这个文件读不了；请换一份再试。"""


class Empty(Unreadable):
    """文件是空的，没有内容可读；请检查是否下载完整。"""


class TooLarge(Unreadable):
    """文件太大（超过 {limit}），没有读取；请拆成一份份报告再读。"""


class Bomb(Unreadable):
    """压缩包解开后大得反常（超过 {limit}），没有读取；请核实文件来源。"""


class TooDeep(Unreadable):
    """压缩包里套了太多层压缩包（超过 {limit} 层），没有读取；请先解压再读。"""


class TooNested(Unreadable):
    """网页的标签套了太多层，没有读取；请在浏览器里打开后另存为 PDF 或 Word 再读。"""


class TooManyPages(Unreadable):
    """PDF 有 {pages} 页，超过 {limit} 页的上限，没有读取；请拆分后再读。"""


class Encrypted(Unreadable):
    """文件设了密码，读不了；请去掉密码后再读。"""


class Damaged(Unreadable):
    """文件已损坏，或者不是真正的 {kind} 文件；请重新下载或另存一份再读。"""


class NoTextLayer(Unreadable):
    """PDF 里只有图像，没有文字层；请先做文字识别（OCR），或改用网页、Word 版本。"""


class NotText(Unreadable):
    """文件内容不是文字（像是二进制数据）；请换成网页、Word、Excel、PDF 或文本文件。"""


class OldFormat(Unreadable):
    """这是{kind}，不能直接读；请另存为{better}后再读。"""


class NotFound(Unreadable):
    """找不到“{path}”；请检查路径。"""


class OutsideTree(Unreadable):
    """“{path}”是指向目录之外的链接，没有读取；请直接给出文件路径。"""


class NotRegular(Unreadable):
    """“{path}”不是普通文件，没有读取。"""


class NoReports(Unreadable):
    """“{path}”里没有可读的文件（txt、md、html、docx、xlsx、pdf、zip）。"""


class TookTooLong(Unreadable):
    """读取超过 {seconds} 秒，已停止；文件可能有问题，请另存一份再试。"""


class TookTooMuch(Unreadable):
    """读取时占用内存过多或解析程序中断，已停止；文件可能有问题，请另存一份再试。"""
