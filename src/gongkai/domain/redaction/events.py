"""What can happen to a redaction."""

from gongkai.foundation.trail import Event

BEGUN = Event("redaction.begun", "开始区分处理")
BUILT = Event("redaction.built", "生成遮盖后的文件")
REOPENED = Event("redaction.reopened", "返回修改遮盖")
RELEASED = Event("redaction.released", "遮盖后的文件定稿")
DISCARDED = Event("redaction.discarded", "放弃区分处理")
SEEN = Event("redaction.seen", "取出遮盖后的文件")
