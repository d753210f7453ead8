"""The forms around a passkey, in the words of an office."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

NAME = "名称"


class AddPasskeyForm(AddWebAuthnForm):
    """A device to be added; it may stand in for the password unless one says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
        self.fields["name"].help_text = "给它起个认得出的名字，例如“办公电脑”。"
        passwordless = self.fields["passwordless"]
        passwordless.label = "登录时不用再输密码"
        passwordless.help_text = "设备会用指纹、人脸或 PIN 码确认是您本人。"
        passwordless.initial = True


class EditPasskeyForm(EditWebAuthnForm):
    """Another name for a device."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
