"""Composing: a template filled with the facts of a case on a day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.core import codes
from gongkai.core.letters.citing import cited
from gongkai.core.letters.facts import Facts, Part, Value
from gongkai.core.letters.letter import Letter, Paragraph, SheetCell
from gongkai.core.letters.refusals import (
    MissingFact,
    MissingFacts,
    NoArticle,
    NoOnlineChannel,
    NoReviewBody,
    NotForThatGround,
    NotInForce,
)
from gongkai.core.letters.remedies import limit_words, remedies
from gongkai.core.letters.slots import SLOT, Slot, filled, slot, slots, used
from gongkai.core.letters.template import Passage, Template, for_ground, required, templates
from gongkai.core.refusal import Refusal
from gongkai.core.rendering.cleaning import one_line
from gongkai.core.rulebook import Reference, Rulebook
from gongkai.core.rulebook.references import chinese_number

CALLED = re.compile(r"(?:决定书|答复书|告知书|通知书|确认书|征求意见书|函|答复|决定|告知|通知)$")
ENDS = "。；;，,、 "
LIST = "各项答复"


def compose(
    made: Template, facts: Facts, day: date, *, draft: bool = False, book: Rulebook | None = None
) -> Letter:
    """Return the letter that *made* becomes with *facts* on *day*.

    Args:
        made: The template, of the law or adapted.
        facts: The facts of the case; the day of receipt decides whose law applies.
        day: The day on the letter, whose law on remedies applies.
        draft: Show what is missing as 【…】 instead of refusing.
        book: The law data; the national one where left out.

    Raises:
        NotInForce: There was no such letter under that law.
        NotForThatGround, NoArticle: The ground does not fit the letter or that law.
        MissingFacts: Facts are missing; each with a sentence of its own.
        UnknownSlot: The wording has a slot that is none.
        WrongValue: A fact is of the wrong kind.
    """
    work = _Composing(made, facts, day, draft, book)
    letter = work.letter()
    if work.missing and not draft:
        raise MissingFacts(work.missing, title=made.title)
    return letter


def wanting(
    made: Template, facts: Facts, day: date, book: Rulebook | None = None
) -> tuple[Refusal, ...]:
    """Return what keeps the letter from being composed, a sentence each; nothing where it can be."""
    try:
        compose(made, facts, day, book=book)
    except MissingFacts as refusal:
        return refusal.missing
    except Refusal as refusal:
        return (refusal,)
    return ()


def needed(made: Template, day: date, book: Rulebook | None = None) -> Mapping[str, Slot]:
    """Return the slots that somebody may fill for *made* under the law of *day*, in the order of the text.

    Those that a required element depends on are returned as not optional.
    """
    must = _musts(made, day, book)
    found: dict[str, Slot] = {}
    for name in used(made.text(day)):
        known = slot(name, book)
        if known.from_ == "case":
            found[name] = replace(known, optional=known.optional and name not in must)
    return found


def _musts(made: Template, day: date, book: Rulebook | None) -> set[str]:
    """Return the slots without which a required element would be gone."""
    names = set(used(made.text(day)))
    alone = (names & set(element.slots) for _, element in required(made, book))
    return {name for found in alone if len(found) == 1 for name in found}


@dataclass(slots=True)
class _Composing:
    """One letter in the making; ``missing`` collects what is not known."""

    made: Template
    facts: Facts
    day: date
    draft: bool
    book: Rulebook | None
    missing: list[Refusal] = field(default_factory=list)

    @property
    def law(self) -> date:
        return self.facts.law_day(self.day)

    def letter(self) -> Letter:
        made, facts = self.made, self.facts
        if not made.in_force(self.law, self.book):
            raise NotInForce(day=self.law, title=made.name)
        if made.class_ != "form":
            self._must("抬头", facts.addressee, "文书写给谁")
        values = self._values(made, facts.values, self._references())
        must = _musts(made, self.law, self.book)
        texts = [
            (passage.role, one)
            for passage in made.on(self.law)
            for one in self._paragraphs(passage, values, must)
        ]
        if made.has_number:
            self._must("文号", facts.number, "发文字号")
        return Letter(
            form=made.form,
            office=one_line(facts.office.name),
            title=filled(made.title, self._line(made.title, values, must) or {}),
            number=one_line(facts.number) if made.has_number else "",
            addressee=one_line(facts.addressee) if made.class_ != "form" else "",
            paragraphs=tuple(one for role, one in texts if role != "closing"),
            remedies=self._remedies(),
            closing=tuple(one.text for role, one in texts if role == "closing"),
            attachments=tuple(filter(None, map(one_line, facts.attachments))),
            day=self.day,
            sealed=made.has_seal,
            grid=tuple(tuple(self._cell(name, values) for name in row) for row in made.grid),
            draft=self.draft,
        )

    # -- what it rests on ------------------------------------------------------------------------------

    def _references(self) -> list[Reference]:
        made, facts = self.made, self.facts
        grounds: list[str] = []
        if made.combines:
            if not facts.parts:
                self.missing.append(MissingFact(name="申请事项", asks="每个事项的处理结果"))
        elif made.grounds:
            ground = facts.ground or made.grounds[0]
            if ground not in made.grounds:
                label = codes.ground(ground, self.book).label
                raise NotForThatGround(title=made.name, ground=label)
            grounds = [ground, *facts.withheld]
        found = [article for key in grounds if (article := self._article(key))]
        for timeline in (made.basis, made.also):
            provision = timeline.get(self.law) if timeline else None
            if provision:
                found.append(provision.reference)
        return found

    def _article(self, key: str) -> Reference | None:
        ground = codes.ground(key, self.book)
        article = ground.article(self.law)
        if article is None and ground.articles is not None:
            raise NoArticle(day=self.law, ground=ground.label)
        return article

    def _remedies(self) -> tuple[str, ...]:
        found = CALLED.search(self.made.title)
        try:
            return remedies(
                self.made, self.facts, self.day, found[0] if found else "文书", self.book
            )
        except (NoReviewBody, NoOnlineChannel) as refusal:
            self.missing.append(refusal)
            return (f"【{str(refusal).rstrip('。')}】",)

    # -- words -----------------------------------------------------------------------------------------

    def _must(self, name: str, told: str, asks: str) -> None:
        if not one_line(told):
            self.missing.append(MissingFact(name=name, asks=asks))

    def _values(
        self, made: Template, told: Mapping[str, Value], references: list[Reference]
    ) -> dict[str, tuple[str, ...]]:
        """Return the words of every slot of *made* that is known."""
        found: dict[str, tuple[str, ...]] = {}
        for name in dict.fromkeys(used(made.text(self.law))):
            known = slot(name, self.book)
            if name == "依据":
                found[name] = (cited(references),)
            elif name == "联系方式" and name not in told:
                found[name] = tuple(filter(None, (one_line(self.facts.office.contact),)))
            elif known.limit:
                found[name] = (limit_words(known.limit, self.law, self.book),)
            elif name in told and told[name] != "":
                found[name] = _trimmed(known, known.written(name, told[name]))
            elif known.default:
                found[name] = (known.default,)
        return {name: words for name, words in found.items() if any(words)}

    def _paragraphs(
        self, passage: Passage, values: Mapping[str, tuple[str, ...]], must: set[str]
    ) -> Iterator[Paragraph]:
        alone = SLOT.fullmatch(passage.text.strip())
        if alone and alone[1] == LIST and self.made.combines:
            yield from self._parts()
            return
        line = self._line(passage.text, values, must)
        if line is None:
            return
        if alone and slot(alone[1], self.book).kind == "lines" and alone[1] in values:
            yield from _items(values[alone[1]])
            return
        yield Paragraph(filled(passage.text, line))

    def _line(
        self, text: str, values: Mapping[str, tuple[str, ...]], must: set[str]
    ) -> Mapping[str, str] | None:
        """Return the words for the slots of *text*, or ``None`` where it is to be left out."""
        names = list(dict.fromkeys(used(text)))
        lacking = [name for name in names if name not in values]
        if any(slot(name, self.book).optional and name not in must for name in lacking):
            return None
        for name in lacking:
            self.missing.append(MissingFact(name=name, asks=slot(name, self.book).asks))
        return {name: "；".join(values.get(name, (f"【{name}】",))) for name in names}

    def _cell(self, name: str, values: Mapping[str, tuple[str, ...]]) -> SheetCell:
        if name not in values and not slots(self.book)[name].optional:
            self.missing.append(MissingFact(name=name, asks=slot(name, self.book).asks))
        return SheetCell(name, "\n".join(values.get(name, ())))

    # -- several matters -------------------------------------------------------------------------------

    def _parts(self) -> Iterator[Paragraph]:
        for number, part in enumerate(self.facts.parts, 1):
            matter = one_line(part.matter).rstrip(ENDS)
            yield Paragraph(f"{chinese_number(number)}、关于{matter}", "heading")
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[Paragraph]:
        key = for_ground(part.ground, self.book)
        made = templates(self.book)[key or "other"]
        grounds = [part.ground, *part.withheld]
        references = [article for name in grounds if (article := self._article(name))]
        told = {**self.facts.values, "申请内容": part.matter, **part.values}
        values = self._values(made, told, references)
        must = _musts(made, self.law, self.book)
        basis = f"根据{cited(references)}，" if references else ""
        for passage in made.on(self.law):
            if passage.role != "ruling":
                continue
            for paragraph in self._paragraphs(passage, values, must):
                yield replace(paragraph, text=basis + paragraph.text)
                basis = ""


def _trimmed(known: Slot, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return *words* without the full stop that the sentence around them has already."""
    return words if known.kind == "date" else tuple(word.rstrip(ENDS) for word in words)


def _items(lines: tuple[str, ...]) -> Iterator[Paragraph]:
    """Yield *lines* as a numbered list; a single one stands without a number."""
    for number, line in enumerate(lines, 1):
        mark = f"{number}." if len(lines) > 1 else ""
        end = "。" if number == len(lines) else "；"
        yield Paragraph(f"{mark}{line}{end}", "item")
