"""What can happen in the register."""

from gongkai.foundation.trail import Event

OPENED = Event("media.opened", "登记网站或新媒体账号")
AMENDED = Event("media.amended", "修改网站或账号资料")
RENAMED = Event("media.renamed", "网站或账号更名")
MOVED = Event("media.moved", "调整网站或账号的主办单位")
MERGED = Event("media.merged", "整合网站或账号")
CLOSED = Event("media.closed", "关停网站或账号")
ASKED = Event("media.inspection-asked", "发起网站检查")
INSPECTED = Event("media.inspected", "检查网站或账号")
JUDGED = Event("media.judged", "人工判断检查项")
CONCLUDED = Event("media.concluded", "检查结果单定稿")
