"""Remedies."""

from gongkai.domain.remedies.models.remedy import Kind, Remedy

__all__ = ["Kind", "Remedy"]
