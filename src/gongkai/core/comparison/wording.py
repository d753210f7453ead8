"""What changed in the text from one report to another, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from gongkai.core.checks.examined import Examined
from gongkai.core.extraction.reading import Reading

LONGEST = 200_000
"""Characters of a text beyond which sentences are not compared."""
SHORTEST = 5
"""Characters below which a line is no sentence."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of sentences.

    Attributes:
        kind: ``removed`` from the earlier text, ``added`` in the later one, or ``kept`` in both.
    """

    kind: Literal["removed", "added", "kept"]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How the text of one report differs from that of another.

    Attributes:
        kept: Share of the later text's sentences that stand word for word in the earlier one; ``None``
            where the texts are too long to be compared.
    """

    before: Reading
    after: Reading
    kept: float | None
    pieces: tuple[Piece, ...] = ()

    @property
    def alike(self) -> int:
        """:attr:`kept` in per cent; 0 where the texts are too long to be compared."""
        return round(100 * (self.kept or 0))

    def as_json(self) -> dict[str, Any]:
        """Return the changes, ready for :func:`json.dumps`; what was kept is only counted."""
        return {
            "before": self.before.file,
            "after": self.after.file,
            "kept": None if self.kept is None else round(self.kept, 4),
            "changes": [
                {"kind": piece.kind, "sentences": list(piece.sentences)}
                if piece.kind != "kept"
                else {"kind": piece.kind, "count": len(piece.sentences)}
                for piece in self.pieces
            ],
        }


def wording(before: Reading, after: Reading) -> Wording:
    """Return what changed in the text from *before* to *after*."""
    if max(len(before.text), len(after.text)) > LONGEST:
        return Wording(before, after, None)
    old, new = list(_sentences(before)), list(_sentences(after))
    pieces: list[Piece] = []
    kept = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            kept += d - c
            pieces.append(Piece("kept", tuple(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece("removed", tuple(old[a:b])))
        if d > c:
            pieces.append(Piece("added", tuple(new[c:d])))
    return Wording(before, after, kept / max(1, len(new)), tuple(pieces))


def _sentences(reading: Reading) -> Iterator[str]:
    """Yield the sentences of the narrative, spaces and the fixed words of tables left out."""
    examined = Examined(reading)
    for start, end in examined.sentences:
        sentence = "".join(examined.text[start:end].split())
        if len(sentence) >= SHORTEST and any(map(_is_word, sentence)):
            yield sentence


def _is_word(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"
