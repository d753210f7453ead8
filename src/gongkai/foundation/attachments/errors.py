"""Why a file is not taken; each docstring is the sentence."""

from gongkai.core.refusal import Refusal


class NotTaken(Refusal):
    """“{name}”没有收下，请换一个文件再试。"""


class EmptyFile(NotTaken):
    """“{name}”是空文件。请重新导出后再上传。"""


class TooLarge(NotTaken):
    """“{name}”超过单个文件 {limit} 的上限，没有收下。请拆分，或压缩其中的图片后再上传。"""


class WrongKind(NotTaken):
    """“{name}”的类型不能作为附件。请上传 {kinds} 文件。"""


class BetterKind(NotTaken):
    """“{name}”是{what}，不能直接作为附件。请另存为{better}后再上传。"""


class Archive(NotTaken):
    """“{name}”是压缩包，里面的文件无法逐个审查。请解开后一个个上传；成批的内容请用“批量导入”。"""


class Program(NotTaken):
    """“{name}”是程序或脚本，不能作为附件。请上传文档、表格或者图片。"""


class WebPage(NotTaken):
    """“{name}”是网页（HTML、SVG 或 XML），可能带有脚本。请另存为 PDF，表格请另存为 XLSX，图形请导出为 PNG。"""


class DoubleEnding(NotTaken):
    """“{name}”的名称里夹着“.{ending}”，容易被当成程序打开。请改名后再上传。"""


class Macros(NotTaken):
    """“{name}”里有宏或控件，公开后可能在别人的电脑上运行。请另存为不带宏的 {better} 后再上传。"""


class Encrypted(NotTaken):
    """“{name}”设了打开密码，无法审查。请去掉密码后再上传。"""


class Damaged(NotTaken):
    """“{name}”已损坏，或者不是完好的{what}。请打开检查，另存一份后再上传。"""


class Bomb(NotTaken):
    """“{name}”展开后大得反常（超过 {limit}），没有收下。请核实来源，另存一份后再上传。"""


class RemoteParts(NotTaken):
    """“{name}”打开时会从网上取内容（{target}）。请在编辑软件里断开链接、把图片嵌入文档，再上传。"""


class HiddenFiles(NotTaken):
    """“{name}”里还夹带着别的文件，无法逐个审查。请把夹带的文件取出来单独上传，并从文档里删去。"""


class ActivePdf(NotTaken):
    """“{name}”里有脚本或启动程序的动作。请用“打印”另存为一份 PDF 后再上传。"""


class TooManyPixels(NotTaken):
    """“{name}”的图像太大（{width}×{height} 像素）。请缩小到 {limit} 万像素以内再上传。"""


class NothingUploaded(Refusal):
    """还没有选择文件。请选择或拖入文件。"""


class NotCleaned(Refusal):
    """“{name}”还没有可以公开的副本：{why}"""


class UploadOver(Refusal):
    """这次上传已失效（超过一天没有完成，或已被取消）。请重新选择文件。"""


class OutOfStep(Refusal):
    """上传的次序不对，应从第 {offset} 字节继续。"""


class TooManyAtOnce(Refusal):
    """您有 {count} 个文件还没有传完。请先等它们完成，或者取消一些。"""
