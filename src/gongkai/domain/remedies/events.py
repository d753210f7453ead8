"""What can happen to a remedy."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

LODGED = Event("remedies.lodged", "登记复议、诉讼或者举报投诉")
DEFENDED = Event("remedies.defended", "提交答复或者答辩")
CONCLUDED = Event("remedies.concluded", "登记复议、诉讼或者举报投诉的结果")
LEARNT = Event("remedies.learnt", "记录复议、诉讼的教训")
CLAIMANT_SEEN = Event("remedies.claimant-seen", "查看复议、诉讼的申请人、原告")
PAPER_FILED = Event("remedies.paper-filed", "放入复议、诉讼的材料")
PAPER_SEEN = Event("remedies.paper-seen", "查看复议、诉讼的材料")
RENEWED = Event("remedies.renewed", "根据复议、诉讼结果重新办理")

concluded = Signal()
"""A remedy has a result. Sent inside the transaction with ``remedy``."""
