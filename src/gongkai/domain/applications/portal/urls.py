"""Addresses; nothing personal is ever in one. The secret of a link goes from its address into the session at once."""

from django.urls import path

from gongkai.domain.applications.portal.views import account, apply, follow

app_name = "apply"

urlpatterns = [
    path("", apply.start, name="start"),
    path("<int:key>/", apply.content, name="content"),
    path("split/", apply.split, name="split"),
    path("published/", apply.published, name="published"),
    path("applicant/", apply.applicant, name="applicant"),
    path("delivery/", apply.delivery, name="delivery"),
    path("check/", apply.check, name="check"),
    path("draft/", apply.resume, name="draft"),
    path("leave/", apply.leave, name="leave"),
    path("track/", follow.track, name="track"),
    path("track/case/", follow.case, name="case"),
    path("track/send/<slug:act>/", follow.send, name="send"),
    path("track/withdraw/", follow.withdraw, name="withdraw"),
    path("track/letters/<int:key>/", follow.letter, name="letter"),
    path("track/documents/<int:key>/", follow.document, name="document"),
    path("track/leave/", follow.leave, name="leave-case"),
    path("track/keep/", follow.keep, name="keep"),
    path("account/", account.sign_in, name="sign-in"),
    path("account/new/", account.register, name="register"),
    path("account/forgot/", account.forgot, name="forgot"),
    path("account/reset/", account.new_password, name="new-password"),
    path("account/reset/<str:secret>/", account.reset, name="reset"),
    path("account/confirm/", account.confirm, name="confirm"),
    path("account/settings/", account.settings, name="account"),
    path("account/leave/", account.leave, name="sign-out"),
    path("mine/", account.mine, name="mine"),
    path("mine/attach/", account.attach, name="attach"),
    path("mine/<int:key>/open/", account.open_case, name="open"),
    path("mine/<int:key>/detach/", account.detach, name="detach"),
]
