"""What can happen to an organisation and its people."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

FOUNDED = Event("organisations.founded", "登记机构")
RENAMED = Event("organisations.renamed", "机构更名")
MERGED = Event("organisations.merged", "机构并入")
MOVED = Event("organisations.moved", "调整隶属")
CLOSED = Event("organisations.closed", "撤销机构")
AMENDED = Event("organisations.amended", "修改机构资料")
GUIDE_AMENDED = Event("organisations.guide-amended", "修改公开指南要素")
IMPORTED = Event("organisations.imported", "导入机构")
APPOINTED = Event("organisations.appointed", "任职")
RELIEVED = Event("organisations.relieved", "免职")

ended = Signal()
"""An organisation was closed or merged, from a day that may lie ahead.

Sent inside the transaction with ``organisation``, saved, and ``by``.
"""
