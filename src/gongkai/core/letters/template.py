"""Templates of letters and the elements that they must have, as ``law/letters`` writes them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from gongkai.core import codes
from gongkai.core.letters.refusals import UnknownTemplate
from gongkai.core.refusal import nearest
from gongkai.core.rulebook import Reference, Rulebook, Timeline, national

LetterClass = Literal["decision", "procedural", "inquiry", "form"]
OFFICIAL = ("decision", "inquiry")
"""Classes that always carry a number and a seal."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a template.

    Attributes:
        text: Its words, with slots.
        role: ``ruling`` paragraphs are also used where several matters are answered in one letter.
        since: The first day of receipt whose law it is meant for.
        until: The first day of receipt whose law it is no longer meant for.
    """

    text: str
    role: Literal["opening", "ruling", "closing"] = "ruling"
    since: date | None = None
    until: date | None = None

    def applies(self, day: date) -> bool:
        """Tell whether it is meant for the law of *day*."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of letter.

    Attributes:
        title: As printed.
        class_: ``decision`` (has a legal effect on somebody), ``procedural`` (tells how the case goes),
            ``inquiry`` (asks another office or a third party), ``form`` (stays in the file).
        form: Its layout: a key of ``law/letters/layouts.yaml``.
        to: To whom it goes.
        stage: When in the course of a case it is written: a key of ``law/letters/stages.yaml``.
        label: Its name in lists, where titles alone do not tell it from others.
        acts: Keys of the acts of the life cycle that it tells of; decisions are told of by ground.
        grounds: Keys of the legal outcomes that it tells of.
        basis: Articles it rests on, beside those of its grounds; it exists while there are any.
        also: Another article, cited after.
        states: Words that say what is decided or told; one of them has to stand in it.
        requires: Keys of elements that it must have beside those of its class.
        body: Its paragraphs.
        grid: For a form: lines of cells, each the name of a slot.
        remedies: Which remedies it names.
        numbered: Whether it has a document number although its class does not ask for one.
        sealed: Whether it is sealed although its class does not ask for it.
        combines: Whether it answers several matters, each as its own template would.
    """

    title: str
    class_: LetterClass
    form: Literal["letter", "simple", "sheet"]
    to: Literal["applicant", "third-party", "agency", "unit", "file"]
    stage: str
    label: str = ""
    acts: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    basis: Timeline[str] | None = None
    also: Timeline[str] | None = None
    states: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    body: tuple[Passage | str, ...] = ()
    grid: tuple[tuple[str, ...], ...] = ()
    remedies: Literal["none", "decision", "third-party", "fee"] = "none"
    numbered: bool = False
    sealed: bool = False
    combines: bool = False

    @property
    def name(self) -> str:
        """Its name in lists."""
        return self.label or self.title

    @property
    def has_number(self) -> bool:
        """Whether it carries a document number."""
        return self.numbered or self.class_ in OFFICIAL

    @property
    def has_seal(self) -> bool:
        """Whether it is sealed."""
        return self.sealed or self.class_ in OFFICIAL

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its paragraphs, each with its role."""
        return tuple(Passage(item) if isinstance(item, str) else item for item in self.body)

    def on(self, day: date) -> tuple[Passage, ...]:
        """Return the paragraphs under the law of *day*."""
        return tuple(passage for passage in self.passages if passage.applies(day))

    def text(self, day: date | None = None) -> str:
        """Return title, paragraphs (under the law of *day*, if given) and slots of the grid in one string."""
        kept = self.passages if day is None else self.on(day)
        grid = (f"{{{{{name}}}}}" for line in self.grid for name in line)
        return "\n".join((self.title, *(passage.text for passage in kept), *grid))

    def in_force(self, day: date, book: Rulebook | None = None) -> bool:
        """Tell whether there is such a letter under the law of *day*."""
        if self.basis is not None and self.basis.get(day) is None:
            return False
        articles = [codes.ground(key, book).articles for key in self.grounds]
        return not articles or any(found is None or found.get(day) for found in articles)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the course of a case, under which lists show its letters.

    Attributes:
        label: What it is called.
    """

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Something that a letter must have.

    Attributes:
        label: What it is called.
        slots: Any of these slots shows it.
        words: Any of these words shows it.
        states: The template's own ``states`` show it.
        part: A part of the layout that composing always adds.
        classes: The classes of letter that must have it; none where templates ask for it by name.
        articles: What asks for it, as far as that was checked.
    """

    label: str
    slots: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    states: bool = False
    part: Literal["", "title", "number", "addressee", "remedies", "signature", "date"] = ""
    classes: tuple[LetterClass, ...] = ()
    articles: Timeline[str] | None = None

    def article(self, day: date) -> Reference | None:
        """Return the article that asks for it on *day*, where one is on record."""
        provision = self.articles.get(day) if self.articles else None
        return provision.reference if provision else None


def templates(book: Rulebook | None = None) -> Mapping[str, Template]:
    """Return every template by its key, in the order of their files."""
    return (book or national()).section("letters/templates", Template, qualified=False)


def stages(book: Rulebook | None = None) -> Mapping[str, Stage]:
    """Return the stages of a case by key, in the order in which they come."""
    return (book or national()).section("letters/stages", Stage, qualified=False)


def by_stage(
    listed: Iterable[tuple[str, Template]],
) -> list[tuple[Stage, list[tuple[str, Template]]]]:
    """Return *listed*, keys and templates, under their stages in the order of a case; no empty stage."""
    under: dict[str, list[tuple[str, Template]]] = {key: [] for key in stages()}
    for key, made in listed:
        under[made.stage].append((key, made))
    return [(stages()[key], found) for key, found in under.items() if found]


def template(key: str, book: Rulebook | None = None) -> Template:
    """Return the template called *key*.

    Raises:
        UnknownTemplate: There is none; the nearest one is named.
    """
    known = templates(book)
    if key not in known:
        raise UnknownTemplate(key=key, hint=nearest(key, known))
    return known[key]


def for_ground(ground: str, book: Rulebook | None = None) -> str | None:
    """Return the key of the template that tells of the legal outcome *ground*, if there is one."""
    return next((key for key, made in templates(book).items() if ground in made.grounds), None)


def elements(book: Rulebook | None = None) -> Mapping[str, Element]:
    """Return every element by its key."""
    return (book or national()).section("letters/elements", Element, qualified=False)


def required(made: Template, book: Rulebook | None = None) -> Iterator[tuple[str, Element]]:
    """Yield the elements that *made* must have, in the order of ``elements.yaml``."""
    for key, element in elements(book).items():
        if made.class_ in element.classes or key in made.requires:
            yield key, element


def adapted(made: Template, *, title: str = "", body: str = "") -> Template:
    """Return *made* in an office's own words.

    Args:
        made: The template of the law.
        title: The title; that of the law where empty.
        body: The paragraphs, a line each; those of the law where empty.
    """
    lines = tuple(line.strip() for line in body.replace("\r", "\n").split("\n"))
    return replace(
        made, title=title.strip() or made.title, body=tuple(filter(None, lines)) or made.body
    )
