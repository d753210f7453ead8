"""Checking a report: the form's own sums, the text against the table, this year against last year.

Every rule is data in ``law/checks`` or a relation in ``law/forms``; the functions here find where one is broken.
"""

from gongkai.core.checks.rules import Rule, UnknownRule, enforces, rule, rules

__all__ = ["Rule", "UnknownRule", "enforces", "rule", "rules"]
