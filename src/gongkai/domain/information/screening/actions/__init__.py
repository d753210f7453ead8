"""What people do about findings, and with their word list."""

from gongkai.domain.information.screening.actions.ask import ROLE, ask
from gongkai.domain.information.screening.actions.keep import keep
from gongkai.domain.information.screening.actions.treat import treat
from gongkai.domain.information.screening.actions.words import drop_words, put_words

__all__ = ["ROLE", "ask", "drop_words", "keep", "put_words", "treat"]
