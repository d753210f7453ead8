"""What can happen to letters."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

OFFICE_SET = Event("letters.office-set", "修改机关的文书设置")
SEAL_SET = Event("letters.seal-set", "更换机关的印章图片")
ADAPTED = Event("letters.adapted", "改写文书模板")
DRAFTED = Event("letters.drafted", "起草文书")
DISCARDED = Event("letters.discarded", "删除文书草稿")
ISSUED = Event("letters.issued", "发出文书")
DELIVERED = Event("letters.delivered", "登记文书送达")
SEEN = Event("letters.seen", "查看文书")
ASSEMBLED = Event("letters.assembled", "编成申请案卷")
CASE_SEEN = Event("letters.case-seen", "查看申请案卷")
FORGOTTEN = Event("letters.forgotten", "保管期满，删除申请的个人信息")

forgetting = Signal()
"""What is personal of an application is being deleted. Sent inside the transaction with ``application``."""
