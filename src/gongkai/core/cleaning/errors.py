"""Why a file is not cleaned, each in one sentence that says what to do."""

from gongkai.core.extraction.sources.errors import Unreadable


class CannotClean(Unreadable):
    """这类文件（{kind}）不能清除属性，没有处理；请另存为 docx、xlsx、pptx、pdf、jpg、png 或 webp 后再上传。"""


class HasRevisions(Unreadable):
    """文件里还有 {count} 处没有接受的修订；请在 Word 里全部接受或拒绝后再上传，或者选择自动接受全部修订。"""


class HasComments(Unreadable):
    """文件里还有 {count} 条批注；请全部删除后再上传，或者选择自动删除全部批注。"""


class HasPrograms(Unreadable):
    """文件里有宏或者控件，不能公开；请另存为不带宏的格式（docx、xlsx、pptx）后再上传。"""
