"""How applicants prove who they are (article 29): which document, and whether its number can be right."""

from django.db import models

from gongkai.core.identifiers import check_credit_code, check_identity_number, compact
from gongkai.core.refusal import Refusal
from gongkai.foundation import clock


class IdentityKind(models.TextChoices):
    """A document that proves who somebody is."""

    ID_CARD = "id-card", "居民身份证"
    PASSPORT = "passport", "护照"
    HKM_PERMIT = "hkm-permit", "港澳居民来往内地通行证、居住证"
    TAIWAN_PERMIT = "taiwan-permit", "台湾居民来往大陆通行证、居住证"
    RESIDENCE = "residence", "外国人永久居留身份证"
    CREDIT_CODE = "credit-code", "统一社会信用代码证书（营业执照等）"
    OTHER = "other", "其他证件"


class WrongNumber(Refusal):
    """这个{what}的{fault}，请对照证件再看一遍。"""


def checked_number(kind: str, number: str) -> str:
    """Return *number* as it is kept, checked where the kind of document has a check digit.

    Raises:
        WrongNumber: It cannot be right.
    """
    plain = compact(number)
    if kind == IdentityKind.ID_CARD:
        check = check_identity_number(plain, today=clock.today())
        what = "身份证号码"
    elif kind == IdentityKind.CREDIT_CODE:
        check, what = check_credit_code(plain), "统一社会信用代码"
    else:
        return plain
    if not check:
        raise WrongNumber(what=what, fault="、".join(check.faults))
    return check.number
