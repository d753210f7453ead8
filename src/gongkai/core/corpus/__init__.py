"""Reading and checking a whole collection of reports into one database.

Each document is one :class:`~gongkai.core.corpus.work.Task` for the pure function
:func:`~gongkai.core.corpus.work.work`; engines run it on the cores of this machine (``local``) or on a cluster
(``ray``); the :class:`~gongkai.core.corpus.store.Store` takes finished documents batch by batch, each under the hash
of its content, so that a run that was killed goes on where it was.
"""

from gongkai.core.corpus.across import Across, hold_together
from gongkai.core.corpus.engines import ENGINES, Engine, EngineMissing, engine
from gongkai.core.corpus.run import Progress, run
from gongkai.core.corpus.store import Store, StoreBusy, StoreUnknown
from gongkai.core.corpus.summary import Summary, summary
from gongkai.core.corpus.work import Outcome, Status, Task, work

__all__ = [
    "ENGINES",
    "Across",
    "Engine",
    "EngineMissing",
    "Outcome",
    "Progress",
    "Status",
    "Store",
    "StoreBusy",
    "StoreUnknown",
    "Summary",
    "Task",
    "engine",
    "hold_together",
    "run",
    "summary",
    "work",
]
