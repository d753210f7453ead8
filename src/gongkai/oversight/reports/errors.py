"""What people are told when something with an annual report cannot be done."""

from gongkai.core.refusal import Refusal


class NotNow(Refusal):
    """报告现在处于“{status}”环节，不能{verb}。请刷新页面，查看它现在到了哪一步。"""


class Frozen(Refusal):
    """报告已于{day}发布，内容已锁定。需要改动的，请由公开办办理“更正”，更正会公开留痕。"""


class UnknownCell(Refusal):
    """报告格式中没有“{place}”这一格。请刷新页面后重新填写。"""


class UnknownHeading(Refusal):
    """报告格式中没有“{heading}”这一章。请刷新页面后重新填写。"""


class NoReason(Refusal):
    """请写明理由。这条理由会留痕，以后查看的人要靠它了解为什么这样办。"""


class StillBroken(Refusal):
    """报告还有 {count} 处错误没有处理，不能{verb}。请改正，或者由公开办逐条写明保留的理由。"""


class MovedMeanwhile(Refusal):
    """正在生成公布文件的时候，报告的内容有了改动，没有发布。请刷新页面，核对改动后再办一次。"""


class NoUnits(Refusal):
    """没有单位向“{report}”报送，不需要汇总。"""


class NobodyReady(Refusal):
    """下级单位都还没有确认数据，现在没有可以汇总的数。请先催报。"""


class RoundExists(Refusal):
    """{organisation}已经布置过{year}年度的报告。请打开那一轮，不必重复布置。"""


class YearNotOver(Refusal):
    """{year}年还没有结束，不能布置这一年的年度报告。"""


class NoForm(Refusal):
    """{year}年还没有规定报告格式，不能布置。年度报告从2008年开始。"""


class NobodyToAsk(Refusal):
    """所选范围内没有需要编制年度报告的单位。请先在“机构与人员”中登记单位。"""


class UnitTwice(Refusal):
    """{units}的{year}年度报告已经在别的轮次中。请把它们从这次布置中去掉。"""


class NothingChanged(Refusal):
    """更正前后的内容相同，没有需要更正的地方。"""


class NothingRead(Refusal):
    """“{name}”中没有读出统计表。请上传本单位已发布的年度报告（Word、PDF、Excel、网页或文本）。{why}"""


class OtherForm(Refusal):
    """这个文件用的是{theirs}，本报告用的是{ours}，不能读入。请检查是不是选错了年度。"""


class NobodyHears(Refusal):
    """这个单位还没有设置信息员或者单位负责人，催报没有人收到。请先在“机构与人员”中设置岗位。"""
