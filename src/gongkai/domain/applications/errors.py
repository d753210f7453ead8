"""What is refused in this area, one sentence each."""

from gongkai.core.refusal import Refusal


class ApplicationRefused(Refusal):
    """这件申请不能这样办理。"""


class NothingAsked(ApplicationRefused):
    """没有写明申请公开什么内容；请按申请人的原话填写。"""


class NoName(ApplicationRefused):
    """没有写申请人的姓名或者名称；条例第二十九条要求写明。"""


class NoWayBack(ApplicationRefused):
    """没有留下任何联系方式；请至少填写电话、电子邮箱或者通信地址中的一项。"""


class UnknownKind(ApplicationRefused):
    """没有“{kind}”这种申请人类型；请在列表里选择。"""


class InFuture(ApplicationRefused):
    """“{act}”的日期（{day}）还没有到；请填写实际发生的日期。"""


class OnlyByReview(ApplicationRefused):
    """答复要先拟办、经审签通过以后才能作出；请先填写答复事项并送审。"""


class NotOfThisCase(ApplicationRefused):
    """所针对的记录不属于这件申请；请刷新页面再试。"""


class AlreadyStruck(ApplicationRefused):
    """这条记录已经更正过了。"""


class NoReason(ApplicationRefused):
    """请写明更正的原因；原来的记录会保留下来。"""


class FirstFact(ApplicationRefused):
    """收到申请的记录不能去掉；日期有误的，请填写正确的日期。"""


class NoUnit(ApplicationRefused):
    """请选择交给哪个单位承办。"""


class NoOrder(ApplicationRefused):
    """逾期没有答复的，只有责令限期答复的才重新办理；请填写责令答复的最后一天。"""


class OwnUnit(ApplicationRefused):
    """{unit}就是受理机关，不用交办给自己；请用“谁来办”指定经办人。"""


class AlreadyGiven(ApplicationRefused):
    """{unit}已经接到这件申请，{until}前回复，还没有回复，不用再交办；期限填错的，请先更正那一条交办记录。"""


class NoParty(ApplicationRefused):
    """请写明向谁征求意见。"""


class BeingReviewed(ApplicationRefused):
    """答复正在审签；请等审签结束，或者先撤回送审。"""


class NothingDrafted(ApplicationRefused):
    """还没有拟办答复；请先为每一项申请内容选择处理依据。"""


class ReasonsMissing(ApplicationRefused):
    """“{part}”不公开、不提供或者不处理，要写明理由。"""


class WithholdsNothing(ApplicationRefused):
    """“{ground}”不能和“{beside}”一起选；不公开的依据只能写在部分公开、不予公开的事项里。"""


class NotGiven(ApplicationRefused):
    """{unit}还没有接到这件申请；请先“交办”给它，再指定由它承办。"""


class NobodyThere(ApplicationRefused):
    """“{name}”在受理机关和承办单位都没有办理公开申请的岗位；请换一位，或者请系统管理员调整岗位。"""


class NothingWritten(ApplicationRefused):
    """请写几个字再保存。"""


class NobodyToUrge(ApplicationRefused):
    """这件申请现在没有要催的人：应当由{who}办理，不在机关内部。"""


class NotBeingReviewed(ApplicationRefused):
    """答复不在审签中，不用撤回；请刷新页面再看。"""


class NoEvidence(ApplicationRefused):
    """请写明这些申请原来在哪里办理、有什么可以查证。"""


class NothingChecked(ApplicationRefused):
    """请写明核对了什么，例如“身份证原件，姓名和号码与申请一致”。"""


class NothingReleased(ApplicationRefused):
    """答复没有提供信息，现在还没有可以建议公开的内容。"""


class AlreadySuggested(ApplicationRefused):
    """您已经建议过了，结果会显示在这一页上。"""


class NoTitle(ApplicationRefused):
    """请给信息和每个附件写上标题；标题不会从申请里带过来。"""


class NamesApplicant(ApplicationRefused):
    """标题里有申请人的姓名或者联系方式。主动公开的信息不能让人看出是谁申请的，请改写。"""


class NotReleased(ApplicationRefused):
    """选的文件没有提供给申请人，或者是区分处理以前的原件，不能公开。请刷新页面再选。"""


class AlreadySettled(ApplicationRefused):
    """这件申请是否转为主动公开已经有了结果：{verdict}。请刷新页面再看。"""


class NoReasonToDecline(ApplicationRefused):
    """请写明为什么不转为主动公开；申请人建议过的，会看到这条理由。"""


class NotAnswered(ApplicationRefused):
    """还没有作出答复，或者正在重新办理；答复以后再列入公布的办理情况。"""


class NoSummary(ApplicationRefused):
    """请用自己的话概括申请的内容，不超过 {most} 字。"""


class RawWords(ApplicationRefused):
    """概括和申请人的原话一样。公布的是工作人员的概括，请改写，去掉能看出是谁的内容。"""


class SummaryNames(ApplicationRefused):
    """概括里有申请人的姓名或者联系方式，请去掉。"""


class LogClosed(ApplicationRefused):
    """{organisation}没有公布申请的办理情况。要公布的，先在设置里打开。"""
