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
from gongkai.core.directories.fields import (
    DirectoryChannel,
    Field,
    Focus,
    channels,
    field_of,
    fields,
    focuses,
)
from gongkai.core.directories.headings import Heading, Marks, headings, marks
from gongkai.core.directories.inspection import Criterion, criteria, days_of
from gongkai.core.directories.phrases import Phrase, TimeLimit, phrases, read_phrase
from gongkai.core.directories.table import Levels, Line, read_table

__all__ = [
    "Criterion",
    "DirectoryChannel",
    "Field",
    "Focus",
    "Heading",
    "Kind",
    "Levels",
    "Line",
    "Marks",
    "Phrase",
    "Preset",
    "Section",
    "TimeLimit",
    "UnknownPreset",
    "channels",
    "criteria",
    "days_of",
    "field_of",
    "fields",
    "focuses",
    "headings",
    "marks",
    "phrases",
    "preset",
    "presets",
    "presets_for",
    "read_phrase",
    "read_table",
]
