"""Why a file stays as it is, each in one sentence that says what to do."""

from gongkai.core.extraction.sources.errors import Unreadable


class CannotTreat(Unreadable):
    """附件里的这一处不能自动处理：{why}。文件没有改动；请改好文件后，在“编辑”里换掉附件。"""


class StillThere(Unreadable):
    """处理以后还能查出 {count} 处，附件没有改动。请自己改好文件后，在“编辑”里换掉附件。"""


class NothingFound(Unreadable):
    """附件里已经查不到这一处，没有改动。请刷新页面再看。"""
