"""The nouns of the register."""

from gongkai.domain.media.models.account import Account
from gongkai.domain.media.models.alteration import Alteration, AlterationKind
from gongkai.domain.media.models.inspection import Inspection, Probe
from gongkai.domain.media.models.site import Freshness, Site, SiteColumn

__all__ = [
    "Account",
    "Alteration",
    "AlterationKind",
    "Freshness",
    "Inspection",
    "Probe",
    "Site",
    "SiteColumn",
]
