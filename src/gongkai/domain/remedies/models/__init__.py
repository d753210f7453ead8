"""Remedies."""

from gongkai.domain.remedies.models.paper import Paper, PaperKind
from gongkai.domain.remedies.models.remedy import Kind, Remedy

__all__ = ["Kind", "Paper", "PaperKind", "Remedy"]
