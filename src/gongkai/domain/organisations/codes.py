"""Doubts about codes: a warning, never a refusal, since codes in use are sometimes wrong."""

from gongkai.core.identifiers import check_credit_code, is_sole_trader


def doubt(code: str) -> str:
    """Return what is doubtful about the unified social credit code *code*, empty when it is sound."""
    if not code:
        return ""
    checked = check_credit_code(code)
    if not checked:
        return f"统一社会信用代码{str(checked).removeprefix(checked.number)}，请核对是否录错"
    if is_sole_trader(code):
        return "92 开头是个体工商户，代码会关联到自然人，请确认需要登记"
    return ""
