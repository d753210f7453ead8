"""Checking codes: a warning, never a refusal, since codes in use are sometimes wrong."""

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

SOLE_TRADER = "92"
DOUBTS: dict[type[Exception], str] = {
    InvalidLength: "统一社会信用代码应为 18 位",
    InvalidChecksum: "统一社会信用代码的校验位不对，请核对是否录错",
    InvalidFormat: "统一社会信用代码含有不该出现的字符（如字母 I、O、S、V、Z）",
}


def doubt(code: str) -> str:
    """Return what is doubtful about the unified social credit code *code*, empty when it is sound."""
    if not code:
        return ""
    try:
        uscc.validate(code)
    except ValidationError as error:
        return DOUBTS.get(type(error), "统一社会信用代码的登记部门或机构类别代码不存在")
    if code.startswith(SOLE_TRADER):
        return "92 开头是个体工商户，代码会关联到自然人，请确认需要登记"
    return ""
