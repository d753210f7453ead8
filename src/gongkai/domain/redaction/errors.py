"""What is refused, one sentence each."""

from gongkai.core.refusal import Refusal


class RedactionRefused(Refusal):
    """这份文件现在不能这样处理。"""


class WrongState(RedactionRefused):
    """这份文件现在是“{state}”，不能{verb}；请刷新页面再看。"""


class NothingChosen(RedactionRefused):
    """没有选中要遮盖的地方；请在页面上拖出方框，或者在列表里选择文字，或者填写位置。"""


class Undecided(RedactionRefused):
    """还有 {count} 条自动提议没有处理；请逐条遮盖或者保留，再生成文件。"""


class NotVerified(RedactionRefused):
    """生成的文件没有通过检查，不能定稿；请返回修改，仍然不行的联系系统管理员。"""


class StillReadable(RedactionRefused):
    """还有 {count} 处没有遮盖；请返回补上，或者逐处看过后确认可以保留。"""


class BuiltFromOther(RedactionRefused):
    """生成文件以后，原文件或者遮盖又变了；请重新生成再定稿。"""
