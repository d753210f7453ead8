"""What people are told when something with an item cannot be done."""

from gongkai.core.refusal import Refusal
from gongkai.foundation.permissions import NotThere


class NotEditable(Refusal):
    """这条信息现在“{status}”，不能修改。{hint}"""


class ChangedMeanwhile(Refusal):
    """{who}在 {when} 保存过这条信息，您的修改没有保存。请复制您的修改，刷新页面后再合并。"""


class NotComplete(Refusal):
    """还差 {missing}，不能送审。请补齐后再送审。"""


class NoGround(Refusal):
    """属性是“{publicity}”的，请写明依据和理由。"""


class FilesNotReady(Refusal):
    """附件“{files}”还没有可以公开的副本。请稍候片刻再送审；一直不行的，请按附件旁的说明转换格式后重新上传。"""


class PicturesUntold(Refusal):
    """正文里有 {count} 张图片没有写说明，看不见图片的人不知道图里是什么。请在编辑框中双击图片，写上说明。"""


class NotPublic(Refusal):
    """这条信息没有公开，不需要撤回。"""


class NoReason(Refusal):
    """请写明理由。这条理由会向社会公开，也会留痕。"""


class TimedChange(Refusal):
    """这条信息已经公开，更正在签批完成时即公开，不能定在以后的时间。请清空“定时公开”，或者到那时再送审。"""


class OverAlready(Refusal):
    """定时下线的时间（{when}）已经过了，公开后会立即下线。请改到以后的时间，或者清空“定时下线”。"""


class NothingChanged(Refusal):
    """这条信息与现在公开的一样，没有可以更正的。请先在“编辑”里改好、保存，再送审。"""


class ColumnElsewhere(Refusal):
    """“{column}”不是{organisation}的栏目，或者不能放信息。请重新选择栏目。"""


class KeywordsNotPublic(Refusal):
    """关键词里有{what}，改后会立即公开，不能这样改。请去掉后再调整。"""


class NotTheirs(Refusal):
    """{title}是{organisation}的文件，不能由{source}的文件{relation}。确需关联的，请{organisation}或者上级公开办来办。"""


class RegistrationTaken(Refusal):
    """统一登记号“{number}”送审以后被{title}用了，不能公开。请退回，换一个登记号后重新送审。"""


class NumberTaken(Refusal):
    """索引号“{number}”已经用过。索引号不能重复使用，请换一个。"""


class NotANumber(Refusal):
    """“{number}”不像索引号：只能有字母、数字、汉字和 - / _ . 括号，至少三个字符，中间不能有空格。请核对，或者留空由系统编。"""


class BadTemplate(Refusal):
    """索引号规则“{template}”不能用：{why}。"""


class NotADraft(Refusal):
    """只有从未送审的草稿可以删除。已经办理过的信息请用“撤回”。"""


class BadDates(Refusal):
    """日期前后矛盾：{what}。请检查后再保存。"""


class NoRegistrationRule(Refusal):
    """{organisation}还没有设置统一登记号的规则。请公开办在“索引号规则”中设置，或直接填写登记号。"""


class NoSuchVersion(NotThere):
    """没有这个版本。请回到版本列表重新选择。"""
