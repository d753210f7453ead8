"""Directories of what is to be disclosed, as the law lays them down: sections, columns, fields.

The statutory section of every agency (articles 12, 20, 21 and the notice on platforms), the standard
directory of the grass roots with its twenty-six fields, the phrases in which it says by when, and
the criteria by which websites are inspected. Data in ``law/directories``; no Django here.
"""

from gongkai.core.directories.columns import (
    Kind,
    Preset,
    Section,
    UnknownPreset,
    preset,
    presets,
    presets_for,
)

__all__ = ["Kind", "Preset", "Section", "UnknownPreset", "preset", "presets", "presets_for"]
