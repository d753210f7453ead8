"""What stands around every answer of the API."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class OpenDataMiddleware:
    """Let scripts of other sites read the API, and tell callers how much is left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add headers to what stands under ``/api/``; ``HEAD`` gets those of ``GET``, the server sends no body."""
        is_data = request.path_info.startswith(("/api/", "/data/"))
        if request.path_info.startswith("/api/") and request.method == "HEAD":
            request.method = "GET"  # the routes know no other
        response = self.get_response(request)
        if is_data:
            response["Access-Control-Allow-Origin"] = "*"
            allowance = getattr(request, "allowance", None)
            if allowance is not None:
                response["RateLimit-Limit"] = str(allowance.limit)
                response["RateLimit-Remaining"] = str(allowance.left)
                response["Cache-Control"] = "no-store"
        return response
