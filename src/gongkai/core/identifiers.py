"""Numbers that carry their own proof: organisations and persons.

Real documents hold wrong numbers, so nothing here raises: a number is checked and the fault named.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_DIGITS = "0123456789X"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Fault(StrEnum):
    """What is wrong with a number."""

    LENGTH = "位数不对"
    CHARACTER = "含有不允许的字符"
    CHECK_DIGIT = "校验位不对"
    ORGANISATION = "其中的组织机构代码不对"
    BIRTH = "出生日期不对"
    REGION = "行政区划代码不存在"


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """What a check found.

    Attributes:
        number: The number without spaces and hyphens, in half-width capitals.
        faults: Everything that is wrong; empty for a good number.
        expected: The check digit that would be right, where it can be computed.
    """

    number: str
    faults: tuple[Fault, ...] = ()
    expected: str | None = None

    def __bool__(self) -> bool:
        return not self.faults

    def __str__(self) -> str:
        if not self.faults:
            return f"{self.number}正确"
        hint = f"（应为 {self.expected}）" if Fault.CHECK_DIGIT in self.faults else ""
        return f"{self.number}{'、'.join(self.faults)}{hint}"


def compact(number: str) -> str:
    """Return *number* in half-width capitals without spaces and hyphens."""
    return "".join(number.translate(FULL_WIDTH).upper().split()).replace("-", "")


def organisation_check_digit(body: str) -> str:
    """Return the check digit of the first eight characters of an organisation code (GB 11714)."""
    total = sum(
        weight * ALPHABET.index(character)
        for weight, character in zip(ORGANISATION_WEIGHTS, body, strict=True)
    )
    return ORGANISATION_DIGITS[-total % 11]


def check_organisation_code(number: str) -> NumberCheck:
    """Check a nine-character 组织机构代码 (GB 11714)."""
    code = compact(number)
    if len(code) != 9:
        return NumberCheck(code, (Fault.LENGTH,))
    if any(character not in ALPHABET for character in code):
        return NumberCheck(code, (Fault.CHARACTER,))
    expected = organisation_check_digit(code[:8])
    return NumberCheck(code, () if code[8] == expected else (Fault.CHECK_DIGIT,), expected)


def check_credit_code(number: str) -> NumberCheck:
    """Check an eighteen-character 统一社会信用代码 (GB 32100), organisation code included.

    Codes of sole traders begin with 92 and hold no organisation code, only a serial number.
    """
    code = compact(number)
    if len(code) != 18:
        return NumberCheck(code, (Fault.LENGTH,))
    # the first two name the registry and may be letters, the next six are the region
    if not _is_digits(code[2:8]) or any(character not in CREDIT_ALPHABET for character in code):
        return NumberCheck(code, (Fault.CHARACTER,))
    expected = str(uscc.calc_check_digit(code[:17]))
    faults = [] if code[17] == expected else [Fault.CHECK_DIGIT]
    if not is_sole_trader(code) and not check_organisation_code(code[8:17]):
        faults.append(Fault.ORGANISATION)
    return NumberCheck(code, tuple(faults), expected)


def organisation_code(credit_code: str) -> str:
    """Return the 组织机构代码 inside a 统一社会信用代码: its ninth to seventeenth characters."""
    return compact(credit_code)[8:17]


def is_sole_trader(credit_code: str) -> bool:
    """Tell whether the holder is a sole trader (个体工商户), behind whom stands a person."""
    return compact(credit_code).startswith("92")


def check_identity_number(number: str, *, today: date | None = None) -> NumberCheck:
    """Check an eighteen-digit 公民身份号码 (GB 11643): region, date of birth, check digit.

    Args:
        number: The number as written.
        today: Where given, a date of birth after it is a fault.
    """
    code = compact(number)
    if len(code) != 18:
        return NumberCheck(code, (Fault.LENGTH,))
    if not _is_digits(code[:17]) or code[17] not in ORGANISATION_DIGITS:
        return NumberCheck(code, (Fault.CHARACTER,))
    expected = str(ric.calc_check_digit(code))
    faults = [] if code[17] == expected else [Fault.CHECK_DIGIT]
    try:
        born = ric.get_birth_date(code)
    except ValidationError:
        return NumberCheck(code, (*faults, Fault.BIRTH), expected)
    if today and born > today:
        faults.append(Fault.BIRTH)
    try:
        ric.get_birth_place(code)
    except (ValidationError, KeyError):  # KeyError: the province is known, the county is not
        faults.append(Fault.REGION)
    return NumberCheck(code, tuple(faults), expected)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
