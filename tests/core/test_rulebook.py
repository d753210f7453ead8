"""The law as it stood on a day, and what the reader refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.rulebook import (
    Entry,
    LawError,
    NoLongerInForce,
    NotYetInForce,
    Provision,
    Reference,
    Rulebook,
    Timeline,
    UnknownReference,
    national,
    read,
    structure,
)
from gongkai.core.rulebook.book import UnknownPlace
from gongkai.core.rulebook.references import chinese_number

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@dataclass(frozen=True)
class Order:
    numbers: tuple[int, ...] = ()

    @classmethod
    def from_law(cls, entry: Entry) -> "Order":
        return cls(tuple(entry.plain()))


@dataclass(frozen=True)
class Limit:
    title: str
    values: Timeline[int]
    counts: Literal["days", "months"] = "days"
    rate: Decimal = Decimal(0)
    tags: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    order: Order = Order()

    def __post_init__(self) -> None:
        if list(self.order.numbers) != sorted(self.order.numbers):
            raise ValueError("不是从小到大")


REPLY = """\
reply:
  title: 答复申请
  values:
    2008-05-01: {value: 15, reference: regulations-2007/24}
    2019-05-15: {value: 20, reference: regulations-2019/33}
"""


def law(tmp_path: Path, text: str, name: str = "application") -> Rulebook:
    """A rulebook with the national statutes and one file of limits."""
    root = tmp_path / "law"
    (root / "limits").mkdir(parents=True, exist_ok=True)
    for section in ("statutes", "holidays"):
        (root / section).symlink_to(national().root / section)
    (root / "limits" / f"{name}.yaml").write_text(text, "utf-8")
    return Rulebook(root=root)


def limits(tmp_path: Path, text: str) -> Limit:
    return law(tmp_path, text).section("limits", Limit)["application.reply"]


@pytest.mark.parametrize(
    ("day", "value", "article"),
    [
        pytest.param(
            date(2008, 5, 1), 15, "《政府信息公开条例》（2007年）第二十四条", id="first day"
        ),
        pytest.param(
            date(2019, 5, 14), 15, "《政府信息公开条例》（2007年）第二十四条", id="last day"
        ),
        pytest.param(date(2019, 5, 15), 20, "《政府信息公开条例》第三十三条", id="the new law"),
    ],
)
def test_a_value_is_asked_for_with_its_article(tmp_path, day, value, article):
    provision = limits(tmp_path, REPLY).values.on(day)
    assert (provision.value, str(provision.reference)) == (value, article)


def test_nothing_is_law_before_it_took_effect(tmp_path):
    timeline = limits(tmp_path, REPLY).values
    with pytest.raises(NotYetInForce, match="从2008年5月1日起施行"):
        timeline.on(date(2008, 4, 30))
    assert timeline.get(date(2008, 4, 30)) is None


def test_null_ends_a_rule_and_a_later_value_takes_it_up_again(tmp_path):
    text = (
        REPLY + "    2020-01-01: null\n    2022-01-01: {value: 9, reference: regulations-2019/33}\n"
    )
    timeline = limits(tmp_path, text).values
    assert timeline.on(date(2019, 12, 31)).value == 20
    with pytest.raises(NoLongerInForce):
        timeline.on(date(2020, 1, 1))
    assert timeline.on(date(2022, 1, 1)).value == 9


def test_what_was_not_checked_says_so(tmp_path):
    text = REPLY.replace("regulations-2019/33}", "regulations-2019/33, confirmed: false}")
    timeline = limits(tmp_path, text).values
    assert [provision.confirmed for provision in timeline] == [True, False]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        pytest.param(
            REPLY.replace(", reference: regulations-2019/33", ""), 5, "没有出处", id="no reference"
        ),
        pytest.param(
            REPLY.replace("regulations-2019/33", "regulations-2019/99"), 5, "登记", id="no article"
        ),
        pytest.param(REPLY.replace("regulations-2019", "nowhere"), 5, "登记", id="no such statute"),
        pytest.param(REPLY + "  stars: 3\n", 6, "不认识“stars”", id="an unknown key"),
        pytest.param(REPLY + "  title: 又一个\n", 6, "写了两次", id="a key twice"),
        pytest.param(
            REPLY + "    2019-05-15: null\n", 6, "写了两次", id="a day twice in a timeline"
        ),
        pytest.param(REPLY.replace("  title: 答复申请\n", ""), 2, "缺少title", id="a key missing"),
        pytest.param(REPLY.replace("20,", "twenty,"), 5, "应当是整数", id="a word for a number"),
        pytest.param(REPLY.replace("20,", "true,"), 5, "应当是整数", id="truth for a number"),
        pytest.param(REPLY + "  counts: years\n", 6, "可选范围", id="a choice that is none"),
        pytest.param(REPLY.replace("2019-05-15:", "soon:"), 5, "施行日期", id="a day that is none"),
        pytest.param(REPLY.replace("2008-05-01", "2008-13-01"), 4, "有效的", id="month thirteen"),
        pytest.param(REPLY.replace("2008-05-01", "2008-02-30"), 4, "有效的", id="30 February"),
        pytest.param("reply: ]", 1, "YAML", id="broken YAML"),
        pytest.param("? [a, b]\n: c\n", 1, "键只能是", id="a list as a key"),
        pytest.param("reply: 3\n", 1, "一组“键: 值”", id="a number for a rule"),
        pytest.param(
            REPLY.replace("{value: 15, reference: regulations-2007/24}", "15"),
            4,
            "每项规定要写成",
            id="a bare number",
        ),
        pytest.param(
            REPLY.replace("{value: 20, ", "{valeu: 20, "),
            5,
            "不认识“valeu”",
            id="a slip in a value",
        ),
        pytest.param(REPLY.replace("value: 20, ", ""), 5, "请写明 value", id="no value"),
        pytest.param(
            REPLY.replace("reference: regulations-2019/33", "reference: 33"),
            5,
            "应当是文字",
            id="a number for a reference",
        ),
        pytest.param("reply:\n  title: x\n  values: {}\n", 3, "按施行日期", id="no values"),
        pytest.param(
            "reply:\n  title: x\n  values: {2008-05-01: null}\n", 3, "还没有开始", id="only an end"
        ),
        pytest.param(REPLY + "  tags: 条\n", 6, "应当是一个列表", id="a word for a list"),
        pytest.param(REPLY + "  names: 条\n", 6, "一组“键: 值”", id="a word for a mapping"),
        pytest.param(REPLY + "  note: []\n", 6, "应当是文字", id="a list for a word or nothing"),
        pytest.param(
            REPLY + "  order: [2, 1]\n", 2, "不是从小到大", id="what the type itself refuses"
        ),
        pytest.param("reply: !!python/object:os.system x", 1, "不支持", id="a Python object"),
        pytest.param("- reply", 1, "最外层", id="a list at the top"),
    ],
)
def test_a_mistake_is_refused_with_file_and_line(tmp_path, text, line, reason):
    with pytest.raises(LawError, match=reason) as caught:
        limits(tmp_path, text)
    assert caught.value.facts["file"].name == "application.yaml"
    assert caught.value.facts["line"] == line


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "gbk.yaml").write_bytes("标题: 答复".encode("gb18030"))
    with pytest.raises(LawError, match="UTF-8"):
        read(tmp_path / "gbk.yaml")


def test_yes_no_and_off_are_words_and_numbers_keep_their_digits(tmp_path):
    (tmp_path / "words.yaml").write_text("a: [off, no, yes, true, 0.10, 2024-01-01]", "utf-8")
    assert read(tmp_path / "words.yaml").plain()["a"] == [
        "off",
        "no",
        "yes",
        True,
        Decimal("0.10"),
        date(2024, 1, 1),
    ]


def test_a_place_lays_its_own_law_over_the_nation(tmp_path):
    book = law(tmp_path, REPLY)
    local = book.root / "local" / "yunchuan" / "limits"
    local.mkdir(parents=True)
    (local / "application.yaml").write_text(
        "reply:\n  values:\n    2025-01-01: {value: 12, reference: regulations-2019/33}\n", "utf-8"
    )
    there = Rulebook("yunchuan", root=book.root).section("limits", Limit)["application.reply"]
    here = book.section("limits", Limit)["application.reply"]
    day = date(2025, 6, 1)
    assert (there.title, there.values.on(day).value, here.values.on(day).value) == (
        "答复申请",
        12,
        20,
    )
    with pytest.raises(UnknownPlace, match="没有“nowhere”"):
        Rulebook("nowhere", root=book.root)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("regulations-2019/33", "《政府信息公开条例》第三十三条"),
        ("regulations-2019/36(7)", "《政府信息公开条例》第三十六条第（七）项"),
        ("regulations-2019/32.2", "《政府信息公开条例》第三十二条第二款"),
        (
            "holidays-2024",
            "《国务院办公厅关于2024年部分节假日安排的通知》（国办发明电〔2023〕7号）",
        ),
        (
            "litigation-interpretation-2018/66",
            "《行政诉讼法司法解释》第六十六条",
        ),
        (
            "interpretation-2016/0",
            "《全面推进政务公开工作的意见实施细则》（国办发〔2016〕80号）",
        ),
    ],
)
def test_a_reference_reads_as_people_cite_it(key, text):
    assert str(national().reference(key)) == text


@pytest.mark.parametrize("key", ["", "regulations-2019/", "regulations-2019/333", "条例/33", "a b"])
def test_a_reference_to_nowhere_is_refused(key):
    with pytest.raises(UnknownReference):
        national().reference(key)


@pytest.mark.parametrize(
    ("number", "chinese"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (33, "三十三"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (1260, "一千二百六十"),
        (1005, "一千零五"),
    ],
)
def test_articles_are_numbered_in_chinese(number, chinese):
    assert chinese_number(number) == chinese


def timelines() -> st.SearchStrategy[Timeline[int]]:
    reference = national().reference("regulations-2019/33")
    return st.lists(DAYS, min_size=1, max_size=8, unique=True).map(
        lambda days: Timeline(
            tuple(Provision(day, number, reference) for number, day in enumerate(sorted(days)))
        )
    )


@given(timelines(), DAYS)
def test_the_provision_in_force_is_the_latest_that_has_begun(timeline, day):
    begun = [provision for provision in timeline if provision.since <= day]
    assert timeline.get(day) == (begun[-1] if begun else None)


@given(timelines(), DAYS, st.integers(0, 5000))
def test_time_never_goes_back_to_an_older_provision(timeline, day, later):
    before, after = timeline.get(day), timeline.get(min(day + timedelta(later), date(2099, 12, 31)))
    assert before is None or (after is not None and before.since <= after.since)


def test_a_reference_is_known_by_its_key(tmp_path):
    first, second = Rulebook(), Rulebook()
    assert first.reference("regulations-2019/33") == second.reference("regulations-2019/33")
    assert first.reference("regulations-2019/33").subject == "答复的期限、延长和不计入的时间"


def test_references_are_read_by_type(tmp_path):
    (tmp_path / "r.yaml").write_text("regulations-2019/26", "utf-8")
    entry = read(tmp_path / "r.yaml")
    assert structure(entry, Reference, national().reference).article == 26


def test_short_and_full_keys_do_not_get_mixed_up(tmp_path):
    book = law(tmp_path, REPLY)
    assert list(book.section("limits", Limit, qualified=False)) == ["reply"]
    assert list(book.section("limits", Limit)) == ["application.reply"]
    assert list(book.section("limits/application", Limit, qualified=False)) == ["reply"]


def test_every_kind_of_value_is_read(tmp_path):
    more = "  rate: 3\n  tags: [甲]\n  names: {a: 乙}\n  note: null\n  order: [1, 2]\n"
    limit = limits(tmp_path, REPLY + more)
    assert (limit.rate, limit.tags, limit.names, limit.note) == (
        Decimal(3),
        ("甲",),
        {"a": "乙"},
        None,
    )
    assert limit.order.numbers == (1, 2)


def test_the_same_key_in_two_files_is_refused(tmp_path):
    book = law(tmp_path, REPLY)
    (book.root / "limits" / "other.yaml").write_text(REPLY, "utf-8")
    with pytest.raises(LawError, match="在别的文件里已经有了"):
        book.section("limits", Limit, qualified=False)
    assert len(book.section("limits", Limit)) == 2


def test_a_statute_stands_in_one_file_only(tmp_path):
    folder = tmp_path / "statutes"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(
            "x-2024: {title: 甲, kind: 通知, since: 2024-01-01}\n", "utf-8"
        )
    with pytest.raises(LawError, match="在别的文件里已经有了"):
        Rulebook(root=tmp_path).reference("x-2024")


def test_a_holiday_notice_without_its_date_is_refused(tmp_path):
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays" / "2027.yaml").write_text("holidays-2027: {title: 通知}\n", "utf-8")
    with pytest.raises(LawError, match="issued"):
        Rulebook(tmp_path).reference("regulations-2019/33")


def test_a_type_that_law_files_cannot_hold_is_a_fault_of_ours(tmp_path):
    (tmp_path / "x.yaml").write_text("{a: 1}", "utf-8")
    with pytest.raises(TypeError):
        structure(read(tmp_path / "x.yaml"), frozenset[int], national().reference)
