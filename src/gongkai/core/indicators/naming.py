"""Which indicator a few words name."""

from gongkai.core.indicators.indicator import Indicator, Phrase, Words
from gongkai.core.indicators.loading import indicator, indicators


def named(subject: str, *, about: str = "", unit: str | None = None) -> Indicator | None:
    """Return the indicator that *subject* names, or ``None`` where it names none for certain.

    Args:
        subject: What is counted, simplified, without spaces (``受理政府信息公开申请``).
        about: What the passage is about: what the figure is part of, the sentence, the heading. Helps
            short subjects (``网络`` under ``申请``); the words of the subject belong to it as well.
        unit: The unit of the figure; an indicator that is never counted in it is not meant.

    The phrase that explains most characters of the subject wins; where two indicators explain equally
    much, nothing is certain.
    """
    scores: dict[str, int] = {}
    subject, about = subject.replace("的", ""), about.replace("的", "")
    for item in indicators():
        if not any(word in subject for word in item.unless):
            score = max((_score(p, item, subject, about, unit) for p in item.phrases), default=0)
            if score:
                scores[item.key] = score
    best = [key for key, score in scores.items() if score == max(scores.values())]
    return indicator(best[0]) if len(best) == 1 else None


def _score(phrase: Phrase, item: Indicator, subject: str, about: str, unit: str | None) -> int:
    units = phrase.units or item.units
    if unit is not None and units and unit not in units:
        return 0
    said = _found(phrase.say, subject)
    if not said:
        return 0
    if phrase.about and not _found(phrase.about, about + subject):
        return 0
    return 2 * said


def _found(pattern: tuple[Words, ...], text: str) -> int:
    """Return how many characters of *text* the words of *pattern* explain, 0 where one is missing."""
    start = explained = 0
    for words in pattern:
        places = [(text.find(word, start), -len(word)) for word in words]
        at, length = min((p for p in places if p[0] >= 0), default=(-1, 0))
        if at < 0:
            return 0
        start = at - length
        explained -= length
    return explained
