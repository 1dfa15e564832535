"""The forms of signing in, in our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

EMAIL = {"autocomplete": "username"}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
CODE_OR_RECOVERY = {"autocomplete": "one-time-code", "class": "govuk-input--width-10", "spellcheck": "false"}
LENGTH = "At least 12 characters. Three words that nobody would put together make a good one."

GARBLED = (KeyError, TypeError, ValueError, AttributeError, LookupError)
"""What the reading of a passkey's answer raises where it was not made by a browser."""
NOT_READ = "That is not what a passkey answers. Try once more, or go on another way."


def _ask(field: forms.Field, label: str, hint: str = "", wears: dict[str, str] | None = None) -> None:
    """Ask for a field in our words. allauth writes its labels into the boxes, where they vanish as one types."""
    field.label, field.help_text = label, hint
    _ = field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(wears or {})


class SignIn(LoginForm):
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["login"], "Email address", wears=EMAIL)
        _ask(self.fields["password"], "Password")
        self.fields["login"].error_messages["required"] = "Enter your email address"
        self.fields["login"].error_messages["invalid"] = "Enter an email address, like name@council.example"
        self.fields["password"].error_messages["required"] = "Enter your password"


class Code(AuthenticateForm):
    """The second factor, typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "The six figures that your authenticator app shows now, or one of your recovery codes."
        _ask(self.fields["code"], "One-time code", hint, CODE_OR_RECOVERY)
        self.fields["code"].error_messages["required"] = "Enter the code"


class CodeAgain(ReauthenticateByCodeForm):
    """The second factor, typed once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["code"], "One-time code", "From your authenticator app.", CODE_OR_RECOVERY)
        self.fields["code"].error_messages["required"] = "Enter the code"


class PasswordAgain(ReauthenticateForm):
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["password"], "Your password")
        self.fields["password"].error_messages["required"] = "Enter your password"


class NewPassword(ChangePasswordForm):
    """A new password in place of the old."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["oldpassword"], "Your password now")
        _ask(self.fields["password1"], "New password", LENGTH, {"autocomplete": "new-password"})
        _ask(self.fields["password2"], "New password, once more", wears={"autocomplete": "new-password"})


class BeginCodes(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["code"], "The code it shows", "Six figures. They change every half minute.", CODE)
        self.fields["code"].error_messages["required"] = "Enter the six figures that your app shows"


class _AnswerOfPasskey(webauthn.AuthenticateWebAuthnForm):
    """What a passkey answered. One that no browser made is refused as any other wrong one is."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except GARBLED as problem:
            raise forms.ValidationError(NOT_READ) from problem


class PasskeyAlone(_AnswerOfPasskey, webauthn.LoginWebAuthnForm):
    """Signs in by itself."""


class PasskeyAfter(_AnswerOfPasskey):
    """Comes after the password."""


class PasskeyAgain(_AnswerOfPasskey, webauthn.ReauthenticateWebAuthnForm):
    """Once more before something that matters."""


class AddPasskey(AddWebAuthnForm):
    """A passkey, which signs in by itself, or a plain security key, which comes after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        _ask(
            self.fields["name"],
            "What will you know it by?",
            "For example, My phone",
            {"class": "govuk-input--width-20"},
        )
        label = "Let it sign me in without my password"
        _ask(
            self.fields["passwordless"], label, "Leave this out for a security key that has no PIN and no fingerprint."
        )
        self.fields["credential"].error_messages["required"] = "The browser did not hand over a key. Try once more."

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except GARBLED as problem:
            raise forms.ValidationError(NOT_READ) from problem


class RenamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["name"], "What will you know it by?", wears={"class": "govuk-input--width-20"})
