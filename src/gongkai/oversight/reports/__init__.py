"""Annual reports: from the office that opens a round to the file that the public downloads.

Articles 49 and 50 of the Regulations (2019) say who reports what by when; before 2019 articles 31 and 32 of
the Regulations of 2007.
Nouns: a :class:`~.models.Round` asks units for their reports of a year; a :class:`~.models.Report` is one
unit's, made of :class:`~.models.Cell` and :class:`~.models.Chapter`; every value that was ever put into a
cell is an :class:`~.models.Entry`; a :class:`~.models.Handling` is a change of state with its comment; an
:class:`~.models.Override` lets a broken rule stand for a reason; an :class:`~.models.Edition` is the report
as it was published, with its files and, from the second on, its :class:`~.models.Correction`.
Verbs: open_round, fill_cells, write_chapter, roll_up, confirm, review, approve, return_, issue, correct,
urge, override.

A report goes 填报 → 确认 → 审核 → 批准 → 发布. A published one is frozen, also in the database.
"""
