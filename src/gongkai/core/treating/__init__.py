"""What screening found in a file is covered or taken out there, and the file is looked at again.

:func:`treat_file` gives a new file in which everything that a rule of ``law/screening`` found is masked or removed; it
refuses where the rule still finds something afterwards, and nothing has happened then. :func:`treatments_in` says
what it can do in which kind of file.

Office files and texts are changed where their readers in ``core/screening/files`` found the words, so that what was
found is what is changed; PDF files are made anew by ``core/redaction`` and verified.
"""

from gongkai.core.treating.chosen import Chosen, treatments_in
from gongkai.core.treating.errors import CannotTreat, NothingFound, StillThere
from gongkai.core.treating.treat import Treated, treat_file

__all__ = [
    "CannotTreat",
    "Chosen",
    "NothingFound",
    "StillThere",
    "Treated",
    "treat_file",
    "treatments_in",
]
