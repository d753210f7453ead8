"""The verbs."""

from gongkai.domain.letters.actions.adapt import adapt, revert
from gongkai.domain.letters.actions.assemble import assemble_case, start_assembling
from gongkai.domain.letters.actions.deliver import deliver
from gongkai.domain.letters.actions.draft import discard, draft, rewrite
from gongkai.domain.letters.actions.issue import issue
from gongkai.domain.letters.actions.set_office import set_office, set_seal

__all__ = [
    "adapt",
    "assemble_case",
    "deliver",
    "discard",
    "draft",
    "issue",
    "revert",
    "rewrite",
    "set_office",
    "set_seal",
    "start_assembling",
]
