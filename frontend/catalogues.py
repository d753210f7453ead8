"""Compile our translations: ``python frontend/catalogues.py``."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "src/gongkai/site/locale"


def main() -> None:
    """Write a ``.mo`` beside every ``.po`` that is newer."""
    for source in LOCALE.rglob("*.po"):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text, target.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        print(f"{target.relative_to(LOCALE)}")


if __name__ == "__main__":
    main()
