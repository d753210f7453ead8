"""Requests that carry personal data: nothing of them stays in caches, logs, error pages or the next site.

    @confidential
    def view(request): …

marks the request, and

* the response is not stored anywhere, sends no referrer and is not indexed;
* an unexpected error is logged by its kind and place, without its message and without any value;
* even the debug page of a developer shows neither what was posted nor the variables of a frame.
"""

from gongkai.foundation.confidential.views import Failed, confidential

__all__ = ["Failed", "confidential"]
