"""What people do about findings, and with their word list."""

from gongkai.domain.information.screening.actions.ask import ROLE, ask
from gongkai.domain.information.screening.actions.keep import keep
from gongkai.domain.information.screening.actions.treat import treat
from gongkai.domain.information.screening.actions.treat_in_file import (
    PAGES_AT_ONCE,
    pages_of,
    treat_in_background,
    treat_in_file,
)
from gongkai.domain.information.screening.actions.words import drop_words, put_words

__all__ = [
    "PAGES_AT_ONCE",
    "ROLE",
    "ask",
    "drop_words",
    "keep",
    "pages_of",
    "put_words",
    "treat",
    "treat_in_background",
    "treat_in_file",
]
