"""What can happen about findings."""

from gongkai.foundation.trail import Event

KEPT = Event("screening.kept", "说明理由后保留预检发现")
WORDS = Event("screening.words", "维护词表")
TREATED = Event("screening.treated", "遮盖或删除附件里的预检发现")
