"""What can happen about findings."""

from gongkai.foundation.trail import Event

KEPT = Event("screening.kept", "说明理由后保留预检发现")
WORDS = Event("screening.words", "维护词表")
