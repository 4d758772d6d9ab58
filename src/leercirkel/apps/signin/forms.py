"""Forms of signing in and of second factors, in our words; what they check is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.models import User
from leercirkel.apps.signin import factors, lockout, outbox, screen
from leercirkel.apps.signin.models import Mail
from leercirkel.apps.signin.selectors import by_address, may_reset

CODE = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class SignInForm(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail address, password, and whether others use this computer too."""

    shared = forms.BooleanField(
        required=False,
        label=_("Anderen gebruiken deze computer ook"),
        help_text=_("Je wordt dan afgemeld als je een half uur niets doet."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("E-mailadres"), autocomplete="username")
        _say(self, "password", _("Wachtwoord"))

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Goes on to the second factor or to the page that was asked for."""
        request.session["shared"] = self.cleaned_data["shared"]
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        return response


class ConfirmPasswordForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something of the account changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Wachtwoord"), autocomplete="current-password")


class _Counted:
    """A code that is not right counts as a failure to sign in."""

    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        """Refuses when there were too many failures, before the code is looked at."""
        if lockout.is_locked(context.request, self.user.email):
            raise forms.ValidationError(lockout.MESSAGE)
        code = str(super().clean_code())  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and factors.used_up(self.authenticator, code):
            self._emit_authentication_failed(self.authenticator)
            raise forms.ValidationError(_("Deze code is al gebruikt. Wacht op de volgende in de app."))
        return code

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        lockout.failed(context.request, self.user)
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]


class CodeForm(_Counted, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Code uit de app, of een herstelcode"), **CODE)


class ConfirmCodeForm(_Counted, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something of the account changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Code uit de app, of een herstelcode"), **CODE)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that was just connected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Code die nu in de app staat"), inputmode="numeric", **CODE)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, with which one can also sign in without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Naam, om de passkey te herkennen"))
        self.fields["name"].max_length = 60
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Naam, om de passkey te herkennen"))
        self.fields["name"].max_length = 60


def _say(form: forms.Form, name: str, label: Any, **attrs: str) -> None:
    """Our label in the place of theirs, and no words inside the field, which go away as soon as one types."""
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class OtherPasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The password of now, and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Wachtwoord van nu"), autocomplete="current-password")
        _new_password(self)


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Twice the new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(self)


class FirstPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    """Twice the first password of who was invited."""

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(user=user, data=data)
        _new_password(self)


class ForgottenForm(forms.Form):
    """The address to which a link for a new password goes, if it has an account."""

    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    def save(self, request: HttpRequest) -> None:
        """Asks for the message. Does the same for an address that nobody has, but sends nothing."""
        user = by_address(self.cleaned_data["email"])
        outbox.ask(Mail.Kind.RESET, user if user and may_reset(user) else None)


def _new_password(form: forms.Form) -> None:
    _say(form, "password1", _("Nieuw wachtwoord"), autocomplete="new-password")
    _say(form, "password2", _("Nieuw wachtwoord, nog een keer"), autocomplete="new-password")
    form.fields["password1"].help_text = _("Minstens twaalf tekens. Een zin onthoudt beter dan een puzzel.")


class MeForm(forms.Form):
    """Name and language. The address is changed by who manages users: it is what one signs in with."""

    name = forms.CharField(label=_("Naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Taal"), choices=settings.LANGUAGES)


def _minutes() -> list[tuple[int, Any]]:
    each = [(minutes, _("na %(minutes)s minuten") % {"minutes": minutes}) for minutes in screen.MINUTES]
    return [(0, _("nooit")), *each]


class DeviceForm(forms.Form):
    """After how long this device locks itself."""

    minutes = forms.ChoiceField(label=_("Scherm vergrendelen als ik niets doe"), choices=_minutes)
