"""Text that hides itself where programs print things for programmers."""

from typing import Any


class Private(str):
    """A ``str`` whose ``repr`` does not show it: tracebacks, debug pages and logs of objects stay clean.

    In every other way it is the text: comparing, formatting, rendering and JSON see it whole.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


def hidden(value: Any) -> Any:
    """Return *value* (anything that is JSON) with every text in it private."""
    if isinstance(value, str):
        return Private(value)
    if isinstance(value, list):
        return [hidden(each) for each in value]
    if isinstance(value, dict):
        return {key: hidden(each) for key, each in value.items()}
    return value
