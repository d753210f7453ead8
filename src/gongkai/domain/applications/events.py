"""What can happen to an application, beside what the table of the life cycle says."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

REGISTERED = Event("applications.registered", "登记公开申请")
PROCEEDED = Event("applications.proceeded", "办理公开申请")
STRUCK = Event("applications.struck", "更正公开申请的办理记录")
DRAFTED = Event("applications.drafted", "拟办公开申请的答复")
HANDED_IN = Event("applications.handed-in", "送审公开申请的答复")
ASSIGNED = Event("applications.assigned", "指定公开申请的经办人")
URGED = Event("applications.urged", "催办公开申请")
IDENTITY_SEEN = Event("applications.identity-seen", "查看申请人身份")
DOCUMENT_SEEN = Event("applications.document-seen", "查看公开申请的加密材料")
DOCUMENT_ADDED = Event("applications.document-added", "放入公开申请的案卷材料")
REMARKED = Event("applications.remarked", "在公开申请上留言")
RECALLED = Event("applications.recalled", "撤回送审的公开申请答复")
WORDED = Event("applications.worded", "修改常用答复")
RECOMPUTED = Event("applications.recomputed", "重新计算公开申请的期限")
LETTER_OPENED = Event("applications.letter-opened", "申请人打开文书")
BROUGHT_IN = Event("applications.brought-in", "补录已办结的公开申请")
CODE_RENEWED = Event("applications.code-renewed", "重发公开申请的查询码")
SUGGESTED = Event("applications.publication-suggested", "申请人建议主动公开")
PUBLICATION_ACCEPTED = Event("applications.publication-accepted", "决定转为主动公开")
PUBLICATION_DECLINED = Event("applications.publication-declined", "决定不转为主动公开")
LOGGED = Event("applications.logged", "列入公布的办理情况")
UNLOGGED = Event("applications.unlogged", "从公布的办理情况撤下")
LOG_SET = Event("applications.log-set", "设置是否公布申请的办理情况")

happened = Signal()
"""Something happened to an application. Sent inside the transaction with ``application`` and ``fact``."""

log_changed = Signal()
"""The public log of an ``organisation`` shows something else. Sent inside the transaction."""
