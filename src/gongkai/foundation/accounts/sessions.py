"""Ending a session of one's own."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.foundation.accounts import events
from gongkai.foundation.trail import record


@require_POST
@login_required
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Sign out whoever uses the session *key*, if it is one's own."""
    session = get_object_or_404(UserSession, pk=key, user=request.user)
    session.end()
    record(events.SESSION_ENDED, by=session.user, on=session.user, authority="self")
    messages.success(request, "已结束那里的登录。")
    return HttpResponseRedirect(reverse("usersessions_list"))
