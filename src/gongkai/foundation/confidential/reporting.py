"""What Django shows of an error: nothing of a confidential request, also where DEBUG is on."""

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from gongkai.foundation.confidential.views import is_confidential


class QuietFilter(SafeExceptionReporterFilter):
    """Leaves out what was posted and every variable."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Filter always, not only in production."""
        return is_confidential(request) or super().is_active(request)

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return what was posted, unless it is confidential."""
        return {} if is_confidential(request) else super().get_post_parameters(request)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> Any:
        """Return the variables of a frame, unless the request is confidential."""
        if is_confidential(request):
            return []
        return super().get_traceback_frame_variables(request, tb_frame)


class QuietReporter(ExceptionReporter):
    """Leaves out the request itself: the names of uploaded files name people."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return what the page of an error is made of."""
        told = super().get_traceback_data()
        if is_confidential(self.request):
            told.update(request=None, user_str=None, filtered_POST_items=[], request_FILES_items=())
        return told
