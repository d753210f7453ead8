"""The verbs of bulk import."""

from gongkai.domain.information.importing.actions.begin import begin, begin_from_site
from gongkai.domain.information.importing.actions.check import check
from gongkai.domain.information.importing.actions.discard import discard
from gongkai.domain.information.importing.actions.run import confirm, run
from gongkai.domain.information.importing.actions.settle import settle

__all__ = ["begin", "begin_from_site", "check", "confirm", "discard", "run", "settle"]
