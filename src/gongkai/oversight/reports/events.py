"""What can happen to an annual report."""

from gongkai.foundation.trail import Event

OPENED = Event("reports.opened", "布置年度报告")
FILLED = Event("reports.filled", "填报年度报告数据")
WRITTEN = Event("reports.written", "撰写年度报告正文")
ROLLED = Event("reports.rolled", "汇总年度报告")
CONFIRMED = Event("reports.confirmed", "确认年度报告")
REVIEWED = Event("reports.reviewed", "审核年度报告")
APPROVED = Event("reports.approved", "批准年度报告")
RETURNED = Event("reports.returned", "退回年度报告")
OVERRIDDEN = Event("reports.overridden", "对报告中的问题作保留说明")
ISSUED = Event("reports.issued", "发布年度报告")
CORRECTED = Event("reports.corrected", "更正年度报告")
URGED = Event("reports.urged", "催报年度报告")
