"""Pages for when something is not as it should be: what happened, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader

from gongkai.core.refusal import Refusal
from gongkai.foundation.permissions import NotThere


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    fragment = request.headers.get("HX-Request") == "true"
    template = "portal/error_fragment.html" if fragment else "portal/error.html"
    html = loader.render_to_string(template, {"status": status, **context}, request=request)
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """400."""
    return _page(
        request,
        400,
        heading="这个请求看不懂",
        sentence="地址或提交的内容不完整。请返回上一页，检查后再试一次。",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(
        request,
        403,
        heading="没有权限",
        sentence=str(exception)
        if isinstance(exception, Refusal)
        else "您没有打开这个页面的权限。请用有权限的账号登录，或联系本单位的系统管理员。",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    sentence = "地址可能有误，或者页面已移走。请检查地址，或从首页重新进入。"
    if isinstance(exception, NotThere) and not request.path.startswith("/desk/"):
        sentence = f"{exception.in_public}可以检索，或从首页重新进入。"
    elif isinstance(exception, Refusal):
        sentence = str(exception)
    return _page(request, 404, heading="没有找到这个页面", sentence=sentence)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """500: no database, no context, whatever broke must not break this."""
    return HttpResponse(loader.get_template("portal/500.html").render({}), status=500)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """CSRF."""
    return _page(
        request,
        403,
        heading="页面已过期",
        sentence="这张表单打开得太久，或浏览器没有保存本站的 Cookie，所以没有提交成功。"
        "请返回上一页，刷新后重新提交；填写的内容建议先复制下来。",
    )
