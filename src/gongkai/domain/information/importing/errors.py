"""What people are told when a batch or a line cannot be taken in."""

from gongkai.core.refusal import Refusal


class Unreadable(Refusal):
    """“{name}”读不出来：{why}。请用模板填写后另存为 XLSX 或 CSV 再试。"""


class NotAnExport(Refusal):
    """“{name}”不是 WordPress 的导出文件。请在原站后台选“工具—导出—所有内容”，上传得到的 XML 文件。"""


class NotAnArchive(Refusal):
    """“{name}”不是完好的 ZIP 压缩包。请把附件放进一个文件夹，压缩成 ZIP 再上传。"""


class TooMuch(Refusal):
    """{what}超过 {limit} 的上限。请分几批导入。"""


class NoTitleColumn(Refusal):
    """还没有指定哪一列是标题。请在“标题”一行选择表格里的列。"""


class Twice(Refusal):
    """“{title}”这一列用了两次。每一列只能对应一个要素，请改正。"""


class NotNow(Refusal):
    """这一批现在“{state}”，不能这样做。请刷新页面查看进展。"""


class NoEvidence(Refusal):
    """导入“已在别处审查过”的信息，请写明审查材料存放在哪里，例如“原网站发布审批单，档案室 2023 年第 12 卷”。"""


class NoSigner(Refusal):
    """“{chain}”的“{step}”还没有选签署人。请选择当时实际签署的人员。"""


class NoRoom(Refusal):
    """您的岗位没有可以导入信息的单位。请联系系统管理员调整岗位。"""


class SiteNotOurs(Refusal):
    """“{address}”不在本单位登记的网站之内。请先在“网站和新媒体名录”里登记这个网站，再导入。"""


class NothingToRead(Refusal):
    """{where}里没有可以导入的内容。请检查是否选对了文件。"""
