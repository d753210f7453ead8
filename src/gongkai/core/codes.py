"""Code lists of the law: grounds, applicants, outcomes of remedies, rows across the eras.

>>> ground("secret").row("format-2021")
'd_secret'
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import Provision, Reference, Rulebook, Timeline, national

T = TypeVar("T")


class UnknownCode(Refusal):
    """代码表“{table}”里没有“{key}”。"""


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal outcome of an application.

    Attributes:
        label: What it is called.
        group: ``granted``, ``partial``, ``denied``, ``unable``, ``not-processed``, ``other``,
            ``amended`` or ``unanswered``.
        rows: The row that counts it, by report form.
        articles: The article of each time; ``None`` where no article says it.
        first: Whether reconsideration must come before a law suit; ``None`` where it never did.
        note: What a reader should know.
    """

    label: str
    group: Literal[
        "granted",
        "partial",
        "denied",
        "unable",
        "not-processed",
        "other",
        "amended",
        "unanswered",
    ]
    rows: Mapping[str, str]
    articles: Timeline[str] | None = None
    first: Timeline[bool] | None = None
    note: str = ""

    def row(self, form: str) -> str | None:
        """Return the key of the row that counts it in *form*, or ``None`` where there is none."""
        return self.rows.get(form)

    def article(self, day: date) -> Reference | None:
        """Return the article for a decision under the law of *day*, where there is one."""
        provision = self.articles.get(day) if self.articles else None
        return provision.reference if provision else None

    def reconsideration_first(self, day: date) -> Provision[bool] | None:
        """Return the rule on reconsideration before a law suit for a decision of *day*."""
        provision = self.first.get(day) if self.first else None
        return provision if provision and provision.value else None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A reason to withhold, as the review of secrecy and the drafting of a decision offer it.

    Attributes:
        discretion: ``none`` must not be disclosed, ``consent`` unless the third party agrees or the
            public interest weighs more, ``free`` may be withheld.
    """

    label: str
    reference: Reference
    ground: str
    discretion: Literal["none", "consent", "free"]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkLabel:
    """A ground on which something in a document may be covered; its key is that of the ground.

    Attributes:
        label: The short name that is printed in the box.
        rules: Screening rules whose hits are proposed to be covered on this ground.
    """

    label: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicantKind:
    """A kind of applicant: a column of the table of applications."""

    label: str
    group: Literal["natural", "organisation"]


@dataclass(frozen=True, slots=True)
class RemedyOutcome:
    """How a reconsideration or law suit ended, and the column that counts it."""

    label: str
    kind: Literal["reconsideration", "litigation"]
    column: Literal["upheld", "corrected", "other", "pending"]
    reference: Reference
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class RemedyCounting:
    """How what goes through several bodies counts in the report."""

    label: str
    way: Literal["once", "each"]
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class ReviewBody:
    """Who hears a reconsideration.

    Attributes:
        label: The kind of office that gave the reply.
        to: Who hears it.
        or_: Who else may.
        then: What is open against its decision, where that is special.
    """

    label: str
    to: str
    reference: Reference
    or_: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class EraRow:
    """A row of the form of 2014 and what comes nearest to it since 2019.

    Attributes:
        to: The rows, or ``group.column`` of the table of remedies; empty for none.
        kind: ``same`` for much the same, ``sum`` where several rows of one side make one of the
            other, ``near`` for a resemblance.
    """

    label: str
    to: tuple[str, ...]
    kind: Literal["same", "sum", "near"]
    note: str = field(default="")


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of the State Council's classification of documents, on one of two levels.

    Attributes:
        parent: The key of the class that it belongs to; empty for a class.
    """

    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of official document.

    Attributes:
        direction: Whom it is written to: above, below, beside, or any of them.
    """

    label: str
    reference: Reference
    direction: Literal["up", "down", "level", "any"]


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a document is in force, in the word that the public reads."""

    label: str
    in_force: bool
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Publicity:
    """How an item may be disclosed.

    Attributes:
        exemptions: Keys of the reasons that it may be withheld for; empty where none is needed.
    """

    label: str
    reference: Reference
    exemptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Importance:
    """How weighty an item is, and up to whom it is signed."""

    label: str
    signers: tuple[str, ...]
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Category:
    """A class of information, as annual reports divide what was disclosed.

    Attributes:
        kinds: Kinds of document that belong to it, wherever they stand.
        columns: Keys of preset columns whose items belong to it.
    """

    label: str
    kinds: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Outlet:
    """A way in which information is made public.

    Attributes:
        indicators: Keys of the indicators that count what was released in it.
        style: How the text for it is written; ``none`` where none is prepared.
        title: Characters that its title may have, 0 for any number.
        length: Characters that its text may have, 0 for any number.
        evidence: What shows that something was released, any of them.
        days: Working days within which it is to be done, as a proposal.
        removable: Whether what was released can be taken down again.
    """

    label: str
    reference: Reference
    indicators: tuple[str, ...]
    style: Literal["none", "post", "article", "message", "brief", "script", "notice"]
    evidence: tuple[Literal["link", "photo", "page", "note"], ...]
    days: int
    title: int = 0
    length: int = 0
    removable: bool = True


def grounds(book: Rulebook | None = None) -> Mapping[str, Ground]:
    """Return the legal outcomes of an application by key."""
    book = book or national()
    return book.once(
        "grounds", lambda: {**_table("grounds", Ground, book), **_table("unanswered", Ground, book)}
    )


def ground(key: str, book: Rulebook | None = None) -> Ground:
    """Return one legal outcome.

    Raises:
        UnknownCode: There is none of that key.
    """
    known = grounds(book)
    if key not in known:
        raise UnknownCode(table="grounds", key=key)
    return known[key]


def exemptions(book: Rulebook | None = None) -> Mapping[str, Exemption]:
    """Return the reasons to withhold by key."""
    return _table("exemptions", Exemption, book)


def marks(book: Rulebook | None = None) -> Mapping[str, MarkLabel]:
    """Return the grounds on which something in a document may be covered, by key."""
    return _table("marks", MarkLabel, book)


def applicants(book: Rulebook | None = None) -> Mapping[str, ApplicantKind]:
    """Return the kinds of applicant by the key of their column."""
    return _table("applicants", ApplicantKind, book)


def remedy_outcomes(book: Rulebook | None = None) -> Mapping[str, RemedyOutcome]:
    """Return the outcomes of reconsiderations and law suits by key."""
    return _table("remedy-outcomes", RemedyOutcome, book)


def remedy_counting(book: Rulebook | None = None) -> Mapping[str, RemedyCounting]:
    """Return how remedies count in the report, by what is asked: ``instances``."""
    return _table("remedy-counting", RemedyCounting, book)


def review_bodies(book: Rulebook | None = None) -> Mapping[str, ReviewBody]:
    """Return who hears a reconsideration, by the kind of office that gave the reply."""
    return _table("review-bodies", ReviewBody, book)


def eras(book: Rulebook | None = None) -> Mapping[str, EraRow]:
    """Return the rows of the form of 2014 with their likeness since 2019."""
    return _table("eras", EraRow, book)


def topics(book: Rulebook | None = None) -> Mapping[str, Topic]:
    """Return the subjects by key, each class followed by what belongs to it."""
    return _table("topics", Topic, book)


def topic_title(key: str, book: Rulebook | None = None) -> str:
    r"""Return a subject as pages show it, such as ``综合政务\政务公开``; empty for an unknown key."""
    known = topics(book)
    found = known.get(key)
    if found is None:
        return ""
    return f"{known[found.parent].label}\\{found.label}" if found.parent else found.label


def genres(book: Rulebook | None = None) -> Mapping[str, Genre]:
    """Return the kinds of official document by key."""
    return _table("genres", Genre, book)


def outlets(book: Rulebook | None = None) -> Mapping[str, Outlet]:
    """Return the ways of making information public by key."""
    return _table("outlets", Outlet, book)


def validities(book: Rulebook | None = None) -> Mapping[str, Validity]:
    """Return the words for being in force or not, by key."""
    return _table("validity", Validity, book)


def publicities(book: Rulebook | None = None) -> Mapping[str, Publicity]:
    """Return how an item may be disclosed, by key."""
    return _table("publicity", Publicity, book)


def importances(book: Rulebook | None = None) -> Mapping[str, Importance]:
    """Return how weighty an item can be, by key, the lightest first."""
    return _table("importance", Importance, book)


def categories(book: Rulebook | None = None) -> Mapping[str, Category]:
    """Return the classes of information by key; the first that fits counts, the last takes the rest."""
    return _table("categories", Category, book)


def _table(name: str, kind: type[T], book: Rulebook | None) -> Mapping[str, T]:
    return (book or national()).section(f"codes/{name}", kind, qualified=False)
