"""What Wagtail calls when a workflow has come to its end (``WAGTAIL_FINISH_WORKFLOW_ACTION``)."""

from typing import Any


def finish(state: Any, user: Any = None) -> None:
    """Do nothing: ``actions.sign`` completes the review in the same transaction and says so.

    Wagtail would publish the revision itself; whether something is published is for the area whose
    thing it is, which hears ``events.completed``.
    """
