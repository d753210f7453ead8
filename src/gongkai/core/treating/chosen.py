"""What is to be done about which findings, and in which files it can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from gongkai.core.cleaning import Revisions
from gongkai.core.redaction.proposing import NOT_A_NAME_OF_ANYBODY
from gongkai.core.screening import Hit, Treatment, Word, WordList, rules, starter_words
from gongkai.core.screening.rules import ScreeningRule

Do = Literal["mask", "remove"]
"""Put what is proposed in its place, or nothing."""
OFFICE = frozenset({"docx", "xlsx", "pptx"})
TEXTS = frozenset({"txt", "csv"})
KINDS = OFFICE | TEXTS | {"pdf"}
"""Kinds of files, by the keys of the attachments, in which something can be treated."""
REVISIONS: Mapping[str, Revisions] = MappingProxyType(
    {"hidden.deleted": "changes", "hidden.inserted": "changes", "hidden.comment": "comments"}
)
"""Rules whose findings go by accepting all tracked changes, or by dropping all comments."""
CELLS = frozenset({"hidden.sheet", "hidden.cells"})
"""Rules about whole cells of a workbook."""
PAGES = frozenset({"hidden.slide", "hidden.notes"})
"""Rules about whole slides, and about what is noted for whoever shows them."""
EMBEDDED = "hidden.attached"
"""The rule about files inside a file."""
UNSEEN = {
    "docx": {"hidden.text", "hidden.pale", *REVISIONS, EMBEDDED},
    "xlsx": {"hidden.pale", "hidden.comment", *CELLS, EMBEDDED},
    "pptx": {"hidden.comment", *PAGES, EMBEDDED},
    "pdf": {
        "hidden.invisible",
        "hidden.pale",
        "hidden.outside",
        "hidden.covered",
        "hidden.comment",
    },
}
"""What a file hides and can be taken out of it without a look at the file."""
PERSONAL = "personal."
ANOTHER_MATTER_ELSEWHERE = NOT_A_NAME_OF_ANYBODY | {"personal.minor"}
"""Rules whose words elsewhere in the file may be another matter: a common illness, a common name."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Everything that one rule finds in one file, and what is to become of it.

    Attributes:
        rule: Id of the rule in ``law/screening``.
        do: ``mask`` puts what the rule proposes in its place, ``remove`` nothing.
        word: The word of an office's own list that is meant; without it, the list that comes with the platform.
    """

    rule: str
    do: Do
    word: Word | None = None

    @property
    def of(self) -> ScreeningRule:
        """The rule with its title and reason."""
        return rules()[self.rule]

    @property
    def word_list(self) -> WordList:
        """The words to look for."""
        return WordList([self.word]) if self.word else starter_words()

    @property
    def is_hidden(self) -> bool:
        """Tell whether it is about what a file hides."""
        return self.rule.startswith("hidden.")

    @property
    def everywhere(self) -> bool:
        """Tell whether the same words go wherever else they stand in the file."""
        return self.rule.startswith(PERSONAL) and self.rule not in ANOTHER_MATTER_ELSEWHERE

    def takes(self, hit: Hit) -> bool:
        """Tell whether *hit* is meant."""
        return hit.rule == self.rule and (self.word is None or hit.text == self.word.word)

    def words_for(self, hit: Hit) -> str | None:
        """Return what is to stand in the place of *hit*; ``None`` where nobody knows."""
        return "" if self.do == "remove" else hit.proposal


def treatments_in(kind: str, rule: str) -> frozenset[Treatment]:
    """Return what :func:`~gongkai.core.treating.treat_file` can do about *rule* in a file of *kind*.

    Args:
        kind: Key of the kind of attachment, such as ``docx``.
        rule: Id of a rule in ``law/screening``.
    """
    of = rules().get(rule)
    if of is None or kind not in KINDS:
        return frozenset()
    allowed = frozenset(of.treatments) - {Treatment.KEEP}
    if rule.startswith("hidden."):
        return allowed & {Treatment.REMOVE} if rule in UNSEEN.get(kind, ()) else frozenset()
    if kind == "pdf":
        # a page is a picture: a number is covered there, a mark of secrecy is not healed by a black box
        return allowed & {Treatment.MASK} if rule.startswith(PERSONAL) else frozenset()
    return allowed
