"""What can happen to an information item."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

DRAFTED = Event("information.drafted", "起草政府信息")
SAVED = Event("information.saved", "修改政府信息")
SUBMITTED = Event("information.submitted", "送审政府信息")
RECALLED = Event("information.recalled", "撤回送审的政府信息")
PUBLISHED = Event("information.published", "公开政府信息")
SCHEDULED = Event("information.scheduled", "定时公开政府信息")
CORRECTED = Event("information.corrected", "更正政府信息")
KEPT = Event("information.kept", "确定不主动公开政府信息")
WITHDRAWN = Event("information.withdrawn", "撤回已公开的政府信息")
EXPIRED = Event("information.expired", "政府信息到期下线")
ARRANGED = Event("information.arranged", "调整政府信息的栏目和分类")
LINKED = Event("information.linked", "关联政府信息")
DELETED = Event("information.deleted", "删除政府信息草稿")
IMPORTED = Event("information.imported", "批量导入政府信息")
NUMBERING = Event("information.numbering", "设置索引号规则")

shown = Signal()
"""What the public sees of some items has changed, been added or gone.

Sent inside the transaction with ``items``, the set of their keys, ``columns``, the set of the keys of
the columns in which they stand or stood, and ``organisations``, likewise. Whoever keeps something made
from items writes down, in the same transaction, that it is outdated.
"""

days_turned = Signal()
"""Days have begun. Sent inside a transaction with ``days``, the first and the last of them, each day once."""
