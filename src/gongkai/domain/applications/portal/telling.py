"""Applicants are told that something happened: that it did, and where to read it, never what it says."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from gongkai.core import lifecycle
from gongkai.domain.applications.events import happened
from gongkai.domain.applications.models import Application, Fact
from gongkai.domain.applications.models.fact import STRIKE
from gongkai.domain.applications.portal import sms
from gongkai.domain.applications.portal.models import Wish
from gongkai.foundation.citizens.recovery import CODE_LASTS, LINK_LASTS

SUBJECT = "您的政府信息公开申请有新进展"
_OWN = {"arrive", "receive", "supplement", "reasons", "withdraw"}
"""What the applicant has just done, or reads on the screen."""


def can_mail() -> bool:
    """Tell whether the platform sends mail."""
    return "dummy" not in settings.EMAIL_BACKEND


def sentence(application: Application, act: lifecycle.Act) -> str:
    """Return what is sent: without name, contents or outcome."""
    address = f"{settings.GONGKAI_PUBLIC_URL}{reverse('apply:track')}"
    return (
        f"您的政府信息公开申请（编号 {application.number}）有新进展：{act.public}。"
        f"请用编号和查询码在 {address} 查看。"
    )


def mail(to: str, told: str) -> None:
    """Send *told* by electronic mail; a refused mail stops nothing."""
    send_mail(
        SUBJECT, f"{told}\n\n这封邮件由系统发出，请不要回复。", None, [to], fail_silently=True
    )


def mail_code(application: Application, code: str) -> bool:
    """Send a new secret *code* to the address that the applicant left; tell whether it went off."""
    address = f"{settings.GONGKAI_PUBLIC_URL}{reverse('apply:track')}"
    told = (
        f"您的政府信息公开申请（编号 {application.number}）换了新的查询码：{code}\n"
        f"原来的查询码已经作废。请在 {address} 查看进度。有编号和查询码的人就能看到您的答复，请不要告诉别人。\n\n"
        "不是您要求换的，请马上联系受理机关。"
    )
    to = [str(application.email)]
    return bool(send_mail("您的政府信息公开申请换了查询码", told, None, to, fail_silently=True))


def mail_confirmation(to: str, code: str) -> bool:
    """Send the *code* that confirms a mailbox to *to*; tell whether it went off."""
    told = (
        f"确认码：{code}\n\n请在网上申请公开的“我的账号”里填写，{CODE_LASTS.seconds // 60} 分钟内有效。确认以后，忘了密码可以用这个邮箱找回。\n"
        "不是您要求的，不用理会，请不要把确认码告诉别人。"
    )
    return bool(send_mail("确认您的邮箱", told, None, [to], fail_silently=True))


def mail_reset(to: str, secret: str) -> bool:
    """Send the link to a new password to *to*; tell whether it went off."""
    address = f"{settings.GONGKAI_PUBLIC_URL}{reverse('apply:reset', args=[secret])}"
    told = (
        f"请在 {LINK_LASTS.seconds // 3600} 小时内打开下面的地址，为网上申请公开的账号设一个新密码：\n{address}\n\n"
        "只能用一次。不是您要求的，不用理会，原来的密码不变。"
    )
    return bool(send_mail("重设网上申请公开账号的密码", told, None, [to], fail_silently=True))


def _happened(application: Application, fact: Fact, **_: Any) -> None:
    if fact.act == STRIKE or fact.act in _OWN or not lifecycle.acts()[fact.act].public:
        return
    wishes = Wish.objects.filter(application=application)
    if (can_mail() or sms.is_set_up()) and wishes.exists():
        transaction.on_commit(partial(_start, application.pk, fact.act))


def _start(application: int, act: str) -> None:
    from gongkai.domain.applications.portal.jobs import tell_applicant  # noqa: PLC0415  # it calls here
    from gongkai.foundation.jobs.actions import start  # noqa: PLC0415  # models cannot load while apps do

    with transaction.atomic():
        start(tell_applicant, arguments={"application": application, "act": act})


happened.connect(_happened, dispatch_uid="portal-applications-telling")
