"""The nouns of channels."""

from gongkai.domain.channels.models.gazette import Gazette, GazetteEntry
from gongkai.domain.channels.models.release import Release, State
from gongkai.domain.channels.models.screen import Orientation, Screen, ScreenKind

__all__ = ["Gazette", "GazetteEntry", "Orientation", "Release", "Screen", "ScreenKind", "State"]
