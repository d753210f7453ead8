"""Numbers that belong to a person: identity numbers, telephones, cards; and those that only look like it."""

import re
from datetime import date
from functools import cache

from stdnum import luhn, numdb

from gongkai.core.identifiers import (
    Fault,
    check_credit_code,
    check_identity_number,
    is_sole_trader,
)
from gongkai.core.screening.figures import Figure, figures
from gongkai.core.screening.passage import Passage
from gongkai.core.screening.rules import enforces, rule, vocabulary

CREDIT = re.compile(
    r"(?<![A-Za-z\d])[159ANY][1-9A-HJ-NP-RTUWXY]\d{6}[\dA-HJ-NP-RTUWXY]{10}(?![A-Za-z\d])"
)
ADDRESS_OF_PAGE = re.compile(r"(?:https?:|www\.|[\w-]+\.(?:gov|com|cn|org|net))[\w./?=&%#:~\-]*$")
PAGE_AFTER = re.compile(
    r"\.(?:s?html?|pdf|docx?|xlsx?|jpe?g|png|zip|rar|wps|ofd|mp[34])(?![a-z])|&|="
)
AMOUNT_BEFORE = re.compile(
    r"(?:[¥￥$]|金额|合计|总计|共计|总额|总量|总数|余额|资金|收入|支出|产值|市值|面积|人口|价|高度)[:为是达约 ]{0,2}$"
)
DECIMAL = re.compile(r"[.,]\d")
COUNTRY = re.compile(r"(?:\+|00)?86[ -]?$")
CENTURIES = {"18", "19", "20"}
SPLIT = {(3, 4, 4), (11,), (13,)}
SPLIT_LABELLED = {(4, 3, 4), (3, 3, 5), (3, 8), (7, 4), (5, 6), (4, 4, 3), (4, 7), (1,) * 11}


def numbers(passage: Passage, today: date | None = None) -> None:
    """Find all numbers of persons; what is accounted for as one kind is not looked at as another."""
    credit_codes(passage)
    found = list(figures(passage.text))
    for figure in found:
        identity(passage, figure, today)
    for figure in found:
        cards(passage, figure)
    for figure in found:
        identity_old(passage, figure)
    unsure(passage)
    accounts(passage)
    for figure in found:
        mobiles(passage, figure)
    landlines(passage)


@enforces("personal.sole-trader")
def credit_codes(passage: Passage) -> None:
    """Account for the codes of organisations; note those of sole traders."""
    sole = rule("personal.sole-trader")
    for match in CREDIT.finditer(passage.text):
        # one identity number in three hundred passes for a credit code as well
        if not check_credit_code(match.group()) or is_identity_number(match.group()):
            continue
        if is_sole_trader(match.group()):
            words = f"{match.group()}是个体工商户的统一社会信用代码"
            passage.report(sole, *match.span(), words)
        else:
            passage.take(*match.span())


@enforces("personal.identity")
def identity(passage: Passage, figure: Figure, today: date | None = None) -> None:
    """Report an eighteen-digit identity number whose check digit, region and date of birth are right."""
    if len(figure.digits) != 18 or not passage.free(figure.start, figure.end):
        return
    if not is_identity_number(figure.digits, today):
        return
    found = rule("personal.identity")
    born = int(figure.digits[6:10])
    if born < int(found.parameters["oldest"]):
        return
    young = born >= (today or date(2026, 1, 1)).year - int(found.parameters["recent"])
    if young and _is_code(passage, figure.start):
        return
    passage.report(
        found,
        figure.start,
        figure.end,
        "有公民身份号码",
        _birth_hidden(passage, figure),
    )


@enforces("personal.identity-unsure")
def unsure(passage: Passage) -> None:
    """Report what is called an identity number without being a right one."""
    found = rule("personal.identity-unsure")
    for pattern in found.patterns():
        for match in pattern.finditer(passage.text):
            start, end = match.span("number")
            length = sum(char.isalnum() or char == "×" for char in match["number"])
            if length in {15, 17, 18, 19} and passage.free(start, end):
                passage.report(found, start, end, "写着身份证号，号码却不合规则，请核对")


@enforces("personal.identity-old")
def identity_old(passage: Passage, figure: Figure) -> None:
    """Report a fifteen-digit identity number where the words around are about a person."""
    if figure.groups != (15,) or not passage.free(figure.start, figure.end):
        return
    if _is_code(passage, figure.start) or not _old_identity(figure.digits):
        return
    found = rule("personal.identity-old")
    line, _ = passage.line(figure.start, 60)
    if found.pattern("person").search(line):
        passage.report(found, figure.start, figure.end, "有十五位的旧身份证号码")


@enforces("personal.card", "personal.office-account")
def cards(passage: Passage, figure: Figure) -> None:
    """Report a bank card: the prefix of an issuer and a right check digit."""
    if not 15 <= len(figure.digits) <= 19 or not passage.free(figure.start, figure.end):
        return
    if "X" in figure.digits or not _grouped(figure) or not luhn.is_valid(figure.digits):
        return
    found = rule("personal.card")
    labelled = re.search(str(found.parameters["label"]), passage.before(figure.start))
    plain = (
        figure.digits.startswith(tuple(found.parameters["prefixes"])) and len(figure.digits) > 15
    )
    marked = figure.digits.startswith(tuple(found.parameters["labelled"]))
    if not (plain or (marked and labelled)) or _is_code(passage, figure.start):
        return
    _account(passage, found.id, figure.start, figure.end, "有银行卡号")


@enforces("personal.account")
def accounts(passage: Passage) -> None:
    """Report accounts that are called somebody's own."""
    found = rule("personal.account")
    for pattern in found.patterns():
        for match in pattern.finditer(passage.text):
            if passage.free(*match.span("number")):
                _account(passage, found.id, *match.span("number"), "有个人的银行账号")


def _account(passage: Passage, identifier: str, start: int, end: int, words: str) -> None:
    office = rule("personal.office-account")
    around = passage.text[max(0, start - 80) : start] + "\n"
    if any(pattern.search(around) for pattern in office.patterns()):
        passage.report(office, start, end, "户名是单位，当作单位的收款账户")
    else:
        passage.report(rule(identifier), start, end, words)


@enforces("personal.mobile", "personal.contact-person", "personal.contact-mobile")
def mobiles(passage: Passage, figure: Figure) -> None:
    """Report a mobile phone, told by the words before it: a service's, a contact's, or a person's own."""
    start, digits = figure.start, figure.digits
    if len(digits) == 13 and digits.startswith("86") and figure.groups in {(13,), (2, 11)}:
        digits, start = digits[2:], figure.end - 11
    if not re.fullmatch(r"1[3-9]\d{9}", digits) or not passage.free(start, figure.end):
        return
    before, after = passage.before(figure.start), passage.after(figure.end)
    own = rule("personal.mobile")
    label = re.search(str(own.parameters["label"]), before)
    alone = figure.alone or COUNTRY.search(before)
    if figure.groups != (11,) and not (alone and figure.groups in SPLIT | {(2, 11)}):
        if not label or figure.groups not in SPLIT | SPLIT_LABELLED:
            return
    elif not alone and not label:
        return
    if _counts_something(passage, figure, before, after):
        return
    office, contact = rule("personal.contact-mobile"), rule("personal.contact-person")
    if any(p.search(before) for p in office.patterns()) and not office.pattern("excludes").search(
        before
    ):
        passage.report(office, start, figure.end, "对外服务用的手机号码，请看一眼是不是公用的")
    elif any(p.search(before) for p in contact.patterns()):
        passage.report(contact, start, figure.end, "联系人的手机号码，本人是否同意公开")
    else:
        passage.report(own, start, figure.end, "有个人的手机号码")


def _counts_something(passage: Passage, figure: Figure, before: str, after: str) -> bool:
    """Whether the number is a code, an amount or part of the address of a page."""
    own = rule("personal.mobile")
    return bool(
        _is_code(passage, figure.start)
        or re.match(rf"[ ]?(?:{own.parameters['units']})", after)
        or DECIMAL.match(after)
        or PAGE_AFTER.match(after)
        or AMOUNT_BEFORE.search(before)
        or ADDRESS_OF_PAGE.search(before)
        or (
            re.search(r"[¥￥$#/=_]$|\d[.,]$", before)
            and not re.search(r"(?:话|机|系|式|码|真|线|\d)/$", before)
        )
    )


@enforces("personal.landline")
def landlines(passage: Passage) -> None:
    """Report telephones that are called a person's or a household's; an office's own are not reported."""
    found = rule("personal.landline")
    office = found.pattern("office")
    for match in found.pattern("number").finditer(passage.text):
        before = passage.before(match.start(), 60)
        if not passage.free(*match.span()) or office.search(before[-10:]):
            continue
        if any(pattern.search(before) for pattern in found.patterns("personal")):
            start = match.start() + len(match.group()) - len(match.group().lstrip(" -"))
            passage.report(found, start, match.end(), "像是家庭或者个人的电话")


@cache
def _code() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{vocabulary('code')})(?:号码|号|码|编号|名称|[（(][^）)]{{0,8}}[）)])?[ \t]?(?:为|是|[:#|])?[ \t]?[\[(“\"]?[A-Za-z]{{0,4}}[-_/]?$"
    )


def _is_code(passage: Passage, start: int) -> bool:
    """Whether the words right before say that the number is that of a thing."""
    return bool(_code().search(passage.before(start, 24)))


def _grouped(figure: Figure) -> bool:
    """Whether a card's digits stand together or in the usual groups."""
    if len(figure.groups) == 1:
        return True
    *whole, last = figure.groups
    return figure.alone and (
        (all(size == 4 for size in whole) and last <= 4)
        or figure.groups in {(6, 13), (6, 10), (4, 15), (4, 12)}
    )


def is_identity_number(digits: str, today: date | None = None) -> bool:
    """Whether check digit, date of birth and region are right.

    Other than :func:`check_identity_number` it does not ask whether the region was there when the person was born:
    numbers are given out later, and people move.
    """
    if digits[6:8] not in CENTURIES:
        return False
    faults = check_identity_number(digits, today=today).faults
    return not set(faults) - {Fault.REGION} and is_region(digits[:6])


@cache
def is_region(code: str) -> bool:
    """Whether six digits are, or once were, the code of a county, a city or a district."""
    found = numdb.get("cn/loc").info(code)
    return any("county" in facts for _, facts in found)


def _old_identity(digits: str) -> bool:
    try:
        date(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    except ValueError:
        return False
    return is_region(digits[:6])


def _birth_hidden(passage: Passage, figure: Figure) -> str:
    """Return the number as printed with its date of birth covered."""
    at = passage.matched.span(figure.start, figure.end)
    printed = passage.matched.original[at.start : at.end]
    seen, result = 0, []
    for char in printed:
        if not char.isalnum() and char != "×":
            result.append(char)
            continue
        result.append("*" if 6 <= seen < 14 else char)
        seen += 1
    return "".join(result)
