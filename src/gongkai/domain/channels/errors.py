"""What people are told when something in the channels cannot be done."""

from django.http import Http404

from gongkai.core.refusal import Refusal


class NotPublic(Refusal):
    """“{title}”没有公开，不能在任何渠道发布。请先送审，公开以后再登记。"""


class NoSuchOutlet(Refusal):
    """没有“{outlet}”这个公开渠道，或者它不用布置。请从列表中选择。"""


class NoEvidence(Refusal):
    """登记{outlet}发布，请至少留下一样凭证：{wanted}。"""


class TooLong(Refusal):
    """{outlet}的文稿最多 {most} 字，现在有 {count} 字。请再压缩一些。"""


class BeforePublication(Refusal):
    """发布日期不能早于信息的公开日期 {day}，也不能晚于今天。"""


class WrongState(Refusal):
    """这一渠道现在是“{state}”，不能{verb}。请刷新页面后再看。"""


class NoReason(Refusal):
    """请写明理由，例如“与其他渠道重复”。"""


class NotALink(Refusal):
    """“{link}”不是完整的网址。请从浏览器地址栏复制，以 http:// 或 https:// 开头。"""


class Issued(Refusal):
    """{gazette}已经出版，不能再改。后来的更正和撤回会自动标在网上公报里。"""


class NumberTaken(Refusal):
    """{year}年第 {number} 期或者总第 {total} 期已经有了。请检查期号。"""


class EmptyGazette(Refusal):
    """这一期还没有文章。请先选入已经公开的文件。"""


class NotForGazette(Refusal):
    """“{title}”没有公开，不能刊登。请把它移出本期后再出版。"""


class NotYet(Refusal):
    """出版日期 {day} 还没有到。请到那一天再登记出版，或者先改出版日期。"""


class NoSuchEntry(Refusal):
    """目录已被别人改动。请刷新页面后再排。"""


class Unprintable(Refusal):
    """“{title}”里有字体没有的字，印出来会是空框：{characters}。请在原信息中更正后再出版。"""


class ColumnElsewhere(Refusal):
    """“{column}”不是{organisation}或者其下级的栏目。请重新选择。"""


class NothingChosen(Refusal, Http404):
    """请先选择要张贴的信息，而且只能是已经公开的。"""
