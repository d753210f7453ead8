"""What can happen in a review."""

from django.dispatch import Signal

from gongkai.foundation.trail import Event

OPENED = Event("review.opened", "送审")
SIGNED = Event("review.signed", "审查签署")
RETURNED = Event("review.returned", "审查退回")
RECALLED = Event("review.recalled", "撤回送审")
COMPLETED = Event("review.completed", "审查完成")
NOTED = Event("review.noted", "登记已完成的审查")
CHAIN_SET = Event("review.chain-set", "设置审批流程")

completed = Signal()
"""Every step is signed; sent inside the transaction with ``review`` and ``by``."""
returned = Signal()
"""Somebody sent it back; sent inside the transaction with ``review``, ``by`` and ``comment``."""
