"""What can happen to a batch."""

from gongkai.foundation.trail import Event

BEGUN = Event("importing.begun", "上传批量导入")
RUN = Event("importing.run", "执行批量导入")
DISCARDED = Event("importing.discarded", "放弃批量导入")
