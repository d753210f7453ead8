"""One file is treated, and looked at again."""

from dataclasses import dataclass

from gongkai.core.extraction.guarding import Guard
from gongkai.core.screening import Treatment, screen_file
from gongkai.core.treating.chosen import OFFICE, Chosen, treatments_in
from gongkai.core.treating.errors import CannotTreat, StillThere
from gongkai.core.treating.office import treat_office
from gongkai.core.treating.paper import OnPage, treat_paper
from gongkai.core.treating.texts import treat_text


@dataclass(frozen=True, slots=True)
class Treated:
    """A file in which something was covered or removed.

    Attributes:
        data: The new file.
        count: How many places were changed.
    """

    data: bytes
    count: int


def treat_file(  # noqa: PLR0913  # the file, what to do, and how
    data: bytes,
    name: str,
    kind: str,
    chosen: Chosen,
    *,
    guard: Guard,
    on_page: OnPage | None = None,
) -> Treated:
    """Return *data* with everything that *chosen* names masked or removed; screening finds it no more.

    Args:
        data: The file, of unknown origin.
        name: What it is called.
        kind: Key of the kind of attachment, such as ``docx``.
        chosen: What is to be done.
        guard: The process that opens it.
        on_page: Told of each few pages of a PDF file: how many are done, of how many.

    Raises:
        CannotTreat: Nothing can be done about it in such a file.
        NothingFound: There is nothing of it in the file.
        StillThere: Screening would still find it.
        Unreadable: The file cannot be read.
    """
    wanted = {Treatment.REMOVE} if chosen.do == "remove" else {Treatment.MASK, Treatment.REPLACE}
    if not treatments_in(kind, chosen.rule) & wanted:
        raise CannotTreat(why="要由人看过再改")
    if kind in OFFICE:
        made, count = guard.call(treat_office, data, kind, chosen)
    elif kind == "pdf":
        made, count = treat_paper(data, name, chosen, guard, on_page)
    else:
        made, count = guard.call(treat_text, data, chosen)
    again = guard.call(screen_file, made, name, word_list=chosen.word_list)
    left = sum(chosen.takes(hit) for hit in again.hits)
    if left or again.problems:
        raise StillThere(count=left or count)
    return Treated(made, count)
