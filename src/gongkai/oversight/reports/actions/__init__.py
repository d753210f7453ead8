"""The verbs, a file each; every one is a single transaction with its record in the trail."""

from gongkai.oversight.reports.actions.approve import approve
from gongkai.oversight.reports.actions.confirm import confirm
from gongkai.oversight.reports.actions.correct import Amendment, correct
from gongkai.oversight.reports.actions.fill_cells import Change, Outcome, fill_cells
from gongkai.oversight.reports.actions.issue import issue
from gongkai.oversight.reports.actions.open_round import open_round
from gongkai.oversight.reports.actions.override import override
from gongkai.oversight.reports.actions.read_file import read_file
from gongkai.oversight.reports.actions.return_ import return_
from gongkai.oversight.reports.actions.review import review
from gongkai.oversight.reports.actions.roll_up import roll_up
from gongkai.oversight.reports.actions.take_figures import take_figures
from gongkai.oversight.reports.actions.urge import urge
from gongkai.oversight.reports.actions.write_chapter import write_chapter

__all__ = [
    "Amendment",
    "Change",
    "Outcome",
    "approve",
    "confirm",
    "correct",
    "fill_cells",
    "issue",
    "open_round",
    "override",
    "read_file",
    "return_",
    "review",
    "roll_up",
    "take_figures",
    "urge",
    "write_chapter",
]
