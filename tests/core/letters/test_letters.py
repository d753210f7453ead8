"""Letters say what the law of the day asks them to say, and print to what they say."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from barcode.charsets import code128
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from PIL import Image
from tests.conftest import ROOT

from gongkai.core import codes
from gongkai.core.extraction.sources import open_document
from gongkai.core.letters import (
    Facts,
    Letter,
    MissingFacts,
    NotForThatGround,
    NotInForce,
    Office,
    Part,
    adapted,
    compose,
    flaws,
    for_ground,
    letter_number,
    needed,
    slots,
    stages,
    template,
    templates,
    used,
    wanting,
)
from gongkai.core.letters.money import in_words
from gongkai.core.letters.reference import markdown
from gongkai.core.letters.refusals import BadMark, NoArticle
from gongkai.core.letters.remedies import texts
from gongkai.core.letters.template import required
from gongkai.core.rendering.label import Envelope, Label, NoRoom, label_file
from gongkai.core.rendering.letter_paper import letter_pdf
from gongkai.core.rendering.letter_word import letter_docx

OFFICE = Office(
    name="云川市人民政府办公室",
    mark="云公复",
    reviewers=("云川市人民政府",),
    contact="电话0000-8800012",
)
ERAS = (
    date(2008, 5, 1),
    date(2012, 7, 2),
    date(2015, 5, 4),
    date(2018, 2, 8),
    date(2019, 5, 15),
    date(2021, 1, 4),
    date(2024, 1, 2),
    date(2024, 5, 6),
    date(2026, 3, 2),
)
PARTS = (
    Part(matter="中标合同", ground="granted"),
    Part(matter="评标的讨论记录", ground="secret", values={"理由": "已经定密"}),
    Part(matter="结算的汇总", ground="partial", withheld=("privacy",)),
)
EARLY = tuple(replace(part, withheld=()) for part in PARTS)


def example(received=date(2026, 3, 2), **more):
    values = {
        name: slot.example
        for name, slot in slots().items()
        if slot.from_ == "case" and slot.example != ""
    }
    plain = {
        "office": OFFICE,
        "addressee": "林示例",
        "number": letter_number("云公复", 2026, 12),
        "values": {**values, "收到日期": received},
        "parts": PARTS,
    }
    return Facts(**{**plain, **more})


def composed(key, day=date(2026, 3, 20), received=date(2026, 3, 2), **more):
    return compose(template(key), example(received, **more), day)


def remedy(key, day, **more):
    return "".join(composed(key, day, more.pop("received", day), **more).remedies)


def flat(text):
    # readers take a hyphen at the end of a line for one that breaking it made
    return re.sub(r"[\s-]", "", re.sub(r"—\s*\d+\s*—", "", text))


# -- the data ----------------------------------------------------------------------------------------------


def test_every_outcome_has_a_letter_and_every_slot_a_use():
    for key in codes.grounds():
        assert for_ground(key) or key == "unanswered", key
    told = {name for made in templates().values() for name in used(made.text())}
    told |= {
        name
        for sentence in texts().values()
        for provision in sentence.texts
        for name in used(provision.value)
    }
    assert told == set(slots())


def test_the_wording_of_the_law_has_all_that_the_law_asks_for_in_every_era():
    found = [
        (key, day, flaw.text)
        for key, made in templates().items()
        for day in ERAS
        if made.in_force(day)
        for flaw in flaws(made, day)
    ]
    assert found == []
    assert all(any(made.in_force(day) for day in ERAS) for made in templates().values())


def test_every_letter_belongs_to_a_stage_and_no_stage_is_empty():
    assert {made.stage for made in templates().values()} == set(stages())


def test_the_reference_page_is_what_the_data_say():
    assert (ROOT / "docs" / "reference" / "letters.md").read_text("utf-8") == markdown()


# -- every letter, every era -------------------------------------------------------------------------------

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
WORDS = st.text(
    HAN | st.sampled_from("，：、“”《》（）〔〕0123456789％ABC-"), min_size=1, max_size=90
)
HOSTILE = st.sampled_from(
    (
        "{{登记编号}}{{依据}}",
        "#panic() $x$ *粗* <标签> // 注 \\ `码`",
        "</w:t><w:t>&amp;",
        "甲\u202e乙\u200b丙\x07丁",
        "{% raw %}{{ 7 * 7 }}",
    )
)
TEXT = (WORDS | HOSTILE).filter(lambda text: text.strip("。；;，,、 \u202e"))


@st.composite
def cases(draw):
    """Draw a template, an era in which there is such a letter, and facts."""
    key = draw(st.sampled_from(sorted(templates())))
    made = template(key)
    era = draw(st.sampled_from([day for day in ERAS if made.in_force(day)]))
    values = {"收到日期": era}
    for name, slot in needed(made, era).items():
        if name == "收到日期" or (slot.optional and draw(st.booleans())):
            continue
        values[name] = {
            "date": era,
            "number": draw(st.integers(1, 30)),
            "money": draw(st.decimals(1, 99999, places=2)),
            "lines": tuple(draw(st.lists(TEXT, min_size=1, max_size=3))),
        }.get(slot.kind) or draw(TEXT)
    facts = example(
        era,
        values=values if not made.combines else example(era).values,
        addressee=draw(WORDS.filter(str.strip)),
        parts=PARTS if era >= date(2019, 5, 15) else EARLY,
        attachments=tuple(draw(st.lists(WORDS.filter(str.strip), max_size=3))),
    )
    return key, made, era, facts


@given(cases())
@trying(max_examples=40, deadline=None)
def test_every_letter_of_every_era_has_its_elements_and_reads_back_from_paper_as_it_was(case):
    _, made, era, facts = case
    letter = compose(made, facts, era)
    printed = "\n".join(letter.lines())
    for _, element in required(made):
        if element.states:
            assert any(words in printed for words in made.states), element.label
        elif element.part:
            assert {
                "title": letter.title,
                "number": letter.number,
                "addressee": letter.addressee,
                "remedies": letter.remedies,
                "signature": letter.office,
                "date": letter.date,
            }[element.part], element.label
    assert Letter.of(letter.as_dict()) == letter
    for name, data in (("x.pdf", letter_pdf(letter)), ("x.docx", letter_docx(letter))):
        assert flat(open_document(data, name).text) == flat(printed), name


# -- facts -------------------------------------------------------------------------------------------------


def test_each_missing_fact_is_asked_for_by_name():
    facts = example(values={"收到日期": date(2026, 3, 2)}, addressee="", number="")
    asked = [str(refusal) for refusal in wanting(template("extension"), facts, date(2026, 3, 20))]
    assert "缺少“抬头”：请填写文书写给谁。" in asked
    assert "缺少“理由”：请填写为什么这样决定，写事实，不只写条文。" in asked
    assert len(asked) == len(set(asked)) == 7
    with pytest.raises(MissingFacts, match="还不能制作“政府信息公开申请延期答复告知书”"):
        compose(template("extension"), facts, date(2026, 3, 20))
    draft = compose(template("extension"), facts, date(2026, 3, 20), draft=True)
    assert "因【理由】，在该期限内不能作出答复。" in "".join(draft.lines())
    assert wanting(template("extension"), example(), date(2026, 3, 20)) == ()


def test_what_is_optional_is_left_out_unless_an_element_depends_on_it():
    facts = example()
    plain = {k: v for k, v in facts.values.items() if k not in {"补正收到日期", "负责机关"}}
    letter = composed("not-responsible", values=plain)
    text = "".join(letter.lines())
    assert "补正了申请" not in text
    assert "能够确定由" not in text
    (lacking,) = wanting(template("query"), example(values=plain), date(2026, 3, 20))
    assert "负责机关" in str(lacking)


# -- the law of the day ------------------------------------------------------------------------------------


def test_the_law_of_the_day_of_receipt_decides_on_articles_and_the_day_of_the_letter_on_remedies():
    letter = composed("secret", date(2019, 5, 28), date(2019, 5, 10))
    text = "".join(letter.lines())
    assert "《中华人民共和国政府信息公开条例》第十四条、第二十一条第（二）项" in text
    with pytest.raises(NotInForce):
        composed("supplement", date(2019, 5, 17), date(2019, 5, 14))
    with pytest.raises(NotInForce):
        composed("asked-to-amend", date(2019, 5, 17), date(2019, 5, 15))
    with pytest.raises(NoArticle, match="工作秘密"):
        composed("partial", received=date(2024, 4, 1), withheld=("work-secret",))
    with pytest.raises(NotForThatGround):
        composed("secret", ground="privacy")


@pytest.mark.parametrize(
    ("key", "day", "phrases"),
    [
        ("secret", date(2014, 6, 3), ("或者自收到之日起3个月内", "自收到之日起60日内")),
        ("secret", date(2016, 6, 1), ("或者自收到之日起6个月内",)),
        ("secret", date(2023, 12, 29), ("或者自收到之日起6个月内",)),
        ("secret", date(2024, 1, 2), ("应当先自收到之日起60日内", "决定书之日起15日内")),
        ("internal", date(2026, 3, 20), ("应当先自收到之日起60日内",)),
        ("query", date(2026, 3, 20), ("或者自收到之日起6个月内",)),
        ("not-existing", date(2026, 3, 20), ("或者自收到之日起6个月内",)),
        ("disclosing", date(2026, 3, 20), ("或者自收到之日起6个月内",)),
        ("fee", date(2026, 3, 20), ("不能单独就收费申请行政复议",)),
    ],
)
def test_remedies_follow_from_the_ground_and_the_day(key, day, phrases):
    told = remedy(key, day)
    for phrase in phrases:
        assert phrase in told
    assert ("应当先" in told) == any("应当先" in phrase for phrase in phrases)


def test_only_what_is_withheld_under_articles_14_to_16_goes_to_reconsideration_first():
    day = date(2026, 3, 20)
    assert "对不予公开的内容不服的，应当先" in remedy("partial", day, withheld=("privacy",))
    assert "应当先" not in remedy("partial", day, withheld=("query",))
    assert "对第二项、第三项中不予公开的内容不服的，应当先" in remedy("combined", day)
    assert "应当先" not in remedy("combined", day, parts=PARTS[:1])


def test_the_office_decides_who_hears_the_reconsideration():
    day = date(2026, 3, 20)
    ministry = replace(OFFICE, name="示例部", kind="ministry", reviewers=())
    told = remedy("granted", day, office=ministry)
    assert "向示例部申请行政复议" in told
    assert "向国务院申请裁决" in told
    nobody = replace(OFFICE, reviewers=())
    (lacking,) = wanting(template("granted"), example(office=nobody), day)
    assert str(lacking).endswith("请先在机关的文书设置里填写复议机关（本级人民政府）。")
    either = replace(OFFICE, reviewers=("云川市人民政府", "示例省住房和城乡建设厅"))
    assert "云川市人民政府或者示例省住房和城乡建设厅" in remedy("granted", day, office=either)


def test_what_is_delivered_online_names_an_online_channel_since_2024():
    assert "互联网渠道" not in remedy("granted", date(2023, 12, 29), online=True)
    (lacking,) = wanting(template("granted"), example(online=True), date(2026, 3, 20))
    assert "互联网渠道" in str(lacking)
    online = replace(OFFICE, online="https://reconsideration.example/")
    assert "https://reconsideration.example/" in remedy(
        "granted", date(2026, 3, 20), office=online, online=True
    )


def test_a_large_seal_is_printed_small_and_only_on_what_is_sealed():
    stream = io.BytesIO()
    Image.effect_noise((1600, 1600), 90).save(stream, "PNG")
    sealed, plain = composed("secret"), composed("receipt")
    assert len(letter_pdf(sealed, seal=stream.getvalue())) < len(stream.getvalue())
    assert letter_pdf(plain, seal=stream.getvalue()) == letter_pdf(plain)
    assert letter_docx(plain, seal=stream.getvalue()) == letter_docx(plain)
    assert letter_docx(sealed, seal=stream.getvalue()) != letter_docx(sealed)


# -- an office's own wording -------------------------------------------------------------------------------


def test_an_adapted_wording_is_told_what_it_has_lost():
    mine = adapted(
        template("supplement"),
        title="补正通知",
        body="{{称谓}}{{收到日期}}的申请{{登记编号}}：{{申请内容}}。\n请补正：{{补正事项}}\n请在{{补正期限}}前补正。",
    )
    found = {flaw.name: flaw for flaw in flaws(mine, date(2026, 3, 2))}
    assert set(found) == {"补正期限", "依据", "补正的合理期限", "逾期不补正的后果", "一次性告知"}
    assert found["补正期限"].text.startswith("文书里的“{{补正期限}}”不是已有的空格（是不是“")
    assert found["逾期不补正的后果"].text == (
        "缺少“逾期不补正的后果”（《政府信息公开条例》第三十条）：请写明“视为放弃”。"
    )
    good = adapted(template("granted"), body=template("granted").text(date(2026, 3, 2)))
    assert flaws(good, date(2026, 3, 2)) == ()


# -- numbers, amounts, labels ------------------------------------------------------------------------------


def test_numbers_have_no_leading_zeros_and_no_brackets_of_their_own():
    assert letter_number("云公复", 2026, 7) == "云公复〔2026〕7号"
    for mark in ("", "云公复〔2026〕", "YGF", "云公 复"):
        with pytest.raises(BadMark):
            letter_number(mark, 2026, 1)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("83460", "捌万叁仟肆佰陆拾元整"),
        ("100000001", "壹亿零壹元整"),
        ("20050.05", "贰万零伍拾元零伍分"),
        ("0.5", "伍角整"),
        ("1000500.00", "壹佰万零伍佰元整"),
    ],
)
def test_amounts_are_written_in_capital_figures(amount, words):
    assert in_words(Decimal(amount)) == words


def scanned(image, row):
    """Read the Code 128 on a line of pixels as a scanner does: by the widths of bars and gaps."""
    line = [image.getpixel((x, row)) < 128 for x in range(image.width)]
    runs, last, width = [], False, 0
    for dark in (*line, not line[-1]):
        if dark != last:
            runs.append(width)
            last, width = dark, 0
        width += 1
    runs = runs[1:]  # the margin
    module = sum(runs[:6]) / 11
    bits = "".join(
        ("1" if n % 2 == 0 else "0") * round(run / module) for n, run in enumerate(runs[:-1])
    )
    return [code128.CODES.index(bits[n : n + 11]) for n in range(0, len(bits) - 13, 11)]


def test_the_label_of_an_envelope_says_in_large_type_whom_it_goes_to():
    to = Envelope(
        "2026-00002-00015", "419800", "云川市文昌巷7号", "沈梅", "云川市水利局　公开路1号"
    )
    page = pypdfium2.PdfDocument(label_file([to], date(2026, 3, 2)))[0]
    found = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
    sizes = {round(line.get_font_size()) for line in found}
    told = "".join(page.get_textpage().get_text_range().split())
    assert all(word in told for word in ("419800", "云川市文昌巷7号", "沈梅", "云川市水利局"))
    assert sizes == {7, 11, 12}


def test_a_label_scans_as_the_number_it_shows():
    made = label_file([Label("云公申A2026-00012", "云川市人民政府")], date(2026, 3, 2))
    page = pypdfium2.PdfDocument(made)[0]
    image = page.render(scale=6).to_pil().convert("L").crop((0, 0, 70 * 17, 37 * 17))
    start, *symbols = scanned(image, 12 * 17)
    assert start == code128.START_CODES["B"]
    *symbols, check = symbols
    assert check == (start + sum(n * s for n, s in enumerate(symbols, 1))) % 103
    assert "云公申A2026-00012" in page.get_textpage().get_text_range()
    with pytest.raises(NoRoom):
        label_file([], date(2026, 3, 2), first=25)
