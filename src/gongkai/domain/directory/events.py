"""What can happen to columns, directories and obligations."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

SET_UP = Event("directory.set-up", "按预设建立栏目")
ADDED = Event("directory.added", "新建栏目")
AMENDED = Event("directory.amended", "修改栏目")
MOVED = Event("directory.moved", "移动栏目")
MERGED = Event("directory.merged", "合并栏目")
CLOSED = Event("directory.closed", "关闭栏目")
REOPENED = Event("directory.reopened", "重新启用栏目")
ADOPTED = Event("directory.adopted", "导入标准目录")
ASSIGNED = Event("directory.assigned", "落实公开责任")
HANDED_OVER = Event("directory.handed-over", "承接机构接手公开义务")
UNASSIGNED = Event("directory.unassigned", "免去公开责任")
GENERATED = Event("directory.generated", "生成公开义务")
OPENED = Event("directory.opened", "登记应公开的信息")
WAIVED = Event("directory.waived", "免除公开义务")
RESTORED = Event("directory.restored", "恢复公开义务")
FULFILLED = Event("directory.fulfilled", "确认公开义务已履行")
REVOKED = Event("directory.revoked", "撤销履行确认")
DECLINED = Event("directory.declined", "否定履行建议")
SUBSCRIBED = Event("directory.subscribed", "生成日历订阅地址")

columns_changed = Signal()
"""Columns were set up, renamed, moved, merged, closed or opened again.

Sent inside the transaction with ``columns``, the set of their keys, and ``organisations``, likewise.
"""
items_moved = Signal()
"""All items of one column belong into another.

Sent inside the transaction with ``source`` and ``target``; whoever keeps items moves them there, with
their public addresses unchanged, and leaves the digest of what was signed alone.
"""
directory_adopted = Signal()
"""A version of a standard directory was adopted. Sent inside the transaction with ``directory``."""
