"""Put the typefaces of printed reports where the package finds them: ``python frontend/fonts.py``.

The text face is kept whole (30,928 characters, all of GBK and the rare ones of personal names), so that it can
stand in for whatever the two heading faces lack. Those keep the characters of GBK.
Nothing happens when the fonts are there already and neither the packages nor this recipe changed.
"""

import hashlib
import json
import shutil
import sys
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont

sys.path.insert(0, str(Path(__file__).parent))

from packages import LOCK, ensure

TARGET = Path(__file__).parents[1] / "src/gongkai/core/rendering/fonts"
STAMP = TARGET / "stamp.txt"
COVERAGE = TARGET / "coverage.json"
"""Which characters the text face has: printing asks before it sets a page."""


class Face(NamedTuple):
    """A typeface to ship.

    Attributes:
        source: Path below ``node_modules``.
        family: What its name table must say, so that a document can ask for it.
        weight: Its weight as CSS counts.
        whole: Keep every character.
    """

    source: str
    family: str
    weight: int
    whole: bool


SERIF = "@expo-google-fonts/noto-serif-sc"
SANS = "@expo-google-fonts/noto-sans-sc"
FACES = (
    Face(f"{SERIF}/400Regular/NotoSerifSC_400Regular.ttf", "Noto Serif SC", 400, whole=True),
    Face(f"{SERIF}/700Bold/NotoSerifSC_700Bold.ttf", "Noto Serif SC", 700, whole=False),
    Face(f"{SANS}/500Medium/NotoSansSC_500Medium.ttf", "Noto Sans SC", 500, whole=False),
)


def gbk() -> set[int]:
    """Return the characters that GBK knows, ASCII included."""
    pairs = (bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    return {ord(char) for pair in pairs for char in pair.decode("gbk", "ignore")} | set(
        range(0x20, 0x7F)
    )


def recipe() -> str:
    """Return what the fonts are made from: this file and the lock file."""
    return hashlib.sha256(Path(__file__).read_bytes() + LOCK.read_bytes()).hexdigest()


def build(modules: Path) -> None:
    """Write every face and its licence below :data:`TARGET`."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        write(face, modules / face.source)
    shutil.copyfile(modules / SERIF / "LICENSE_FONT", TARGET / "OFL.txt")
    whole = next(face for face in FACES if face.whole)
    with TTFont(modules / whole.source, lazy=True) as font:
        COVERAGE.write_text(json.dumps(ranges(sorted(font.getBestCmap()))), encoding="ascii")


def ranges(codes: list[int]) -> list[tuple[int, int]]:
    """Return sorted *codes* as first and last of each unbroken run."""
    runs = groupby(enumerate(codes), lambda item: item[1] - item[0])
    return [(run[0][1], run[-1][1]) for run in (list(items) for _, items in runs)]


def write(face: Face, source: Path) -> None:
    """Copy or subset one face, and refuse one whose name table would mislead the typesetter."""
    target = TARGET / source.name.replace("_", "-")
    if face.whole:
        shutil.copyfile(source, target)
    else:
        options = subset.Options(name_IDs=["*"], hinting=False, notdef_outline=True)
        font = subset.load_font(str(source), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=gbk())
        subsetter.subset(font)
        subset.save_font(font, str(target), options)
    with TTFont(target, lazy=True) as font:
        names, weight = font["name"], font["OS/2"].usWeightClass
        family = names.getDebugName(16) or names.getDebugName(1)
        if (family, weight) != (face.family, face.weight):
            sys.exit(
                f"{source.name} 的字体名是 {family} {weight}，应为 {face.family} {face.weight}。"
            )
        print(f"{target.name}: {len(font.getBestCmap())} 字, {target.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Build what is missing or outdated."""
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == recipe():
        return
    build(ensure())
    STAMP.write_text(recipe(), encoding="ascii")


if __name__ == "__main__":
    main()
