"""Checking a report: the form's own sums, the text against the table, this year against last year.

Every rule is data in ``law/checks`` or a relation in ``law/forms``; the functions here find where one is broken.
:func:`check` runs them all on one reading. :func:`judge` judges the relations of one filled form, and
:func:`judge_stack` those of very many at once.
"""

from gongkai.core.checks.checking import check
from gongkai.core.checks.lines import Line, lines
from gongkai.core.checks.relations import Judgement, Verdict, judge, sentence
from gongkai.core.checks.rules import Rule, UnknownRule, enforces, rule, rules
from gongkai.core.checks.stack import Stack, judge_stack, stack_places

__all__ = [
    "Judgement",
    "Line",
    "Rule",
    "Stack",
    "UnknownRule",
    "Verdict",
    "check",
    "enforces",
    "judge",
    "judge_stack",
    "lines",
    "rule",
    "rules",
    "sentence",
    "stack_places",
]
