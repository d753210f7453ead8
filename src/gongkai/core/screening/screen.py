"""All rules on one text or one file."""

from datetime import date

from gongkai.core.extraction.sources import Unreadable
from gongkai.core.screening import numbers, people, secrecy, words
from gongkai.core.screening.files import open_material
from gongkai.core.screening.hits import Hit, Screening, in_order
from gongkai.core.screening.passage import Passage
from gongkai.core.screening.words import WordList, starter_words


def screen_text(
    text: str,
    *,
    word_list: WordList | None = None,
    today: date | None = None,
    names: bool = False,
) -> tuple[Hit, ...]:
    """Return what is found in *text*, in order.

    Args:
        text: The text as it would be published. Tables with a tab between cells.
        word_list: The words to look for; by default those of ``law/screening/words.yaml``. An office's
            own come beside them: ``starter_words() + WordList(…)``, made once.
        today: Where given, a date of birth after it is none.
        names: Report names of persons too. What is published of its own accord names people on purpose;
            what is given to an applicant often should not.
    """
    passage = Passage.of(text)
    secrecy.marks(passage)
    secrecy.internal(passage)
    people.passports(passage)
    numbers.numbers(passage, today)
    people.plates(passage)
    people.homes(passage)
    people.illnesses(passage)
    people.minors(passage)
    if names:
        people.names(passage)
    passage.taken.clear()  # a word may be wrong inside what is otherwise reported
    words.misused(passage, starter_words() if word_list is None else word_list)
    return in_order(passage.hits)


def screen_file(
    data: bytes, name: str, *, word_list: WordList | None = None, today: date | None = None
) -> Screening:
    """Return what is found inside a file, told by its content; no exception is raised for what it holds.

    For files of unknown origin call it through :meth:`gongkai.core.extraction.guarding.Guard.call`.
    """
    try:
        material = open_material(data, name)
    except Unreadable as problem:
        return Screening(name, problems=(str(problem),))
    except (MemoryError, RecursionError):
        return Screening(
            name, problems=("文件结构过于复杂，读取时超出了内存上限；请另存一份再试。",)
        )
    text = material.text()
    hits = [material.placed(hit) for hit in screen_text(text, word_list=word_list, today=today)]
    return Screening(
        name, text, material.format, in_order([*hits, *material.traces()]), material.problems
    )
