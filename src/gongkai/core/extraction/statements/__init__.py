"""Figures that sentences state: value, unit, what is counted, what it is part of, which indicator it is.

Reading goes in steps, a file each: sentences (:mod:`.flow`), what is no figure (:mod:`.nofigures`), numbers with
units (:mod:`.quantities`), zeros that are said (:mod:`.zeros`), what is counted (:mod:`.subjects`), what belongs to
what (:mod:`.parts`), and the indicators (:mod:`.naming`). There is no model and no list of known sentences.
"""

from gongkai.core.extraction.statements.assembly import statements

__all__ = ["statements"]
