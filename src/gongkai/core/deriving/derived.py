"""Proposals, each with its place."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Generic, TypeVar

from gongkai.core.extraction.document import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """A value for a field, and where the document says so.

    Attributes:
        value: The value, as the field wants it.
        text: The words it was taken from.
        at: Where they stand in :attr:`Derived.text`; ``None`` for what the file names outside its text.
        page: Page, from 1, for files that have pages.
    """

    value: T
    text: str
    at: Span | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """What could be proposed; ``None`` for what the document does not say.

    Attributes:
        text: The text in which places are counted.
        title: 标题, its lines put together.
        document_number: 文号, brackets as the standard has them.
        made_on: 成文日期.
        issuer: 发文机关, its full name as printed.
        genre: Key of ``law/codes/genres.yaml``.
        summary: 内容概述: what the document says it is for.
        keywords: 关键词.
        effective_on: The day it says it takes effect.
        expires_on: The day it says it ends.
    """

    text: str
    title: Proposal[str] | None = None
    document_number: Proposal[str] | None = None
    made_on: Proposal[date] | None = None
    issuer: Proposal[str] | None = None
    genre: Proposal[str] | None = None
    summary: Proposal[str] | None = None
    keywords: Proposal[tuple[str, ...]] | None = None
    effective_on: Proposal[date] | None = None
    expires_on: Proposal[date] | None = None

    def proposals(self) -> dict[str, Proposal[Any]]:
        """Return what could be proposed, by field."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if isinstance(value, Proposal)}
