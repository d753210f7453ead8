"""Why something cannot be done to a column or an obligation; each docstring is the sentence."""

from gongkai.core.refusal import Refusal


class NoPreset(Refusal):
    """“{organisation}”的类别（{kind}）没有预设栏目。请手工新建栏目，或先到机构里核对它的类别。"""


class NothingToAdopt(Refusal):
    """没有一行可以导入。请按预览里写的原因改正后再导入。"""


class NotAfterLast(Refusal):
    """施行日期 {day} 不晚于现行版本的施行日期（{last}）。新版应当从现行版本之后的某天起施行。"""


class NoDirectory(Refusal):
    """“{organisation}”在 {day} 没有施行的标准目录。请先导入标准目录。"""


class NoOccasion(Refusal):
    """“{entry}”的公开时限是“{deadline}”，不是随时公开，不必登记形成日期。"""


class InTheFuture(Refusal):
    """形成日期 {day} 还没有到。请在信息形成之后登记。"""


class NoReason(Refusal):
    """请写明理由。这条理由会留痕，以后查看的人要靠它了解为什么这样办。"""


class Settled(Refusal):
    """这项义务已经{state}，不能再办。请刷新页面。"""


class NotConfirmed(Refusal):
    """这条信息没有被确认为履行了这项义务，不必撤销。请刷新页面。"""


class NotOfUnit(Refusal):
    """“{entry}”没有落实给“{unit}”。请到标准目录里核对责任单位。"""


class TitleTaken(Refusal):
    """“{parent}”下面已有名为“{title}”的栏目。请换一个名称。"""


class ColumnClosed(Refusal):
    """“{column}”已于 {closed} 关闭，不能再变更。"""


class NoPlaceBelow(Refusal):
    """“{column}”不是栏目组，下面不能再设栏目。请先把它改成栏目组，或另选上级。"""


class IntoItself(Refusal):
    """不能把“{column}”移到或并入它自己或它的下级栏目。"""


class OtherOrganisation(Refusal):
    """“{column}”不属于“{organisation}”。栏目只能在本单位内移动和合并。"""


class FixedColumn(Refusal):
    """“{column}”是全国统一规定的板块，不能{verb}。"""


class StillHoldsItems(Refusal):
    """“{column}”里还有 {count} 条信息，必须指定承接的栏目，否则公众手里的链接会失效。"""


class StillHasParts(Refusal):
    """“{column}”下面还有 {count} 个栏目。请先移走或关闭它们。"""


class HoldsNoItems(Refusal):
    """“{column}”是{kind}，不能存放信息，因此不能承接“{other}”里的信息。"""


class NoAddress(Refusal):
    """类型是“链接”的栏目必须填写链接地址。"""


class NoSection(Refusal):
    """“{organisation}”还没有建立“政府信息公开”专栏。请先按预设补全。"""


class UnknownFocus(Refusal):
    """没有“{which}”这一组重点领域。请从列表中选择。"""
