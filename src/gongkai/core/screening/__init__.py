"""The automatic check before publication: what must not be published, or should be looked at first.

:func:`screen_text` screens a text, :func:`screen_file` whatever is inside a file, what is hidden in it included.
Each :class:`Hit` says by which rule, where, what was found, what may be done about it and what a masked text would
look like. Rules are data in ``law/screening``; nothing is changed here, people decide.
"""

from gongkai.core.screening.hits import Hit, Screening, Where
from gongkai.core.screening.rules import ScreeningRule, Severity, Treatment, rule, rules
from gongkai.core.screening.screen import screen_file, screen_text
from gongkai.core.screening.words import Word, WordList, starter_words

__all__ = [
    "Hit",
    "Screening",
    "ScreeningRule",
    "Severity",
    "Treatment",
    "Where",
    "Word",
    "WordList",
    "rule",
    "rules",
    "screen_file",
    "screen_text",
    "starter_words",
]
