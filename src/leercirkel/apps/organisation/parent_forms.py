"""Forms on the account of a parent, and on who cares for a brother or sister too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.fields import PupilField
from leercirkel.apps.organisation.models import Guardian, Guardianship, Pupil
from leercirkel.apps.pages import names


class AccountForm(forms.Form):
    """The address of a parent; and, where one of those who care for the pupil lives at a secret address, that this was
    thought of."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Van deze persoon alleen, niet van het hele gezin. Vraag het na: wie de link krijgt, komt binnen."),
        widget=forms.EmailInput(attrs={"data-name-field": "", "autocomplete": "off"}),
    )
    secret = forms.BooleanField(
        label=_("Hieraan is gedacht"),
        help_text=_("Er is een geheim adres: in wat met ouders gedeeld wordt, mag niet staan waar het kind woont."),
        error_messages={"required": _("Vink aan dat hieraan is gedacht.")},
    )

    def __init__(self, *args: Any, secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not secret:
            del self.fields["secret"]


class SiblingForm(forms.Form):
    """Whose parents to choose from."""

    leerling = forms.ModelChoiceField(queryset=Pupil.objects.none())

    def __init__(self, request: HttpRequest, *args: Any, pupils: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leerling"] = PupilField(
            request, label=_("Broer of zus"), queryset=pupils, empty_label=_("Kies een leerling")
        )
        self._shown = pupils

    def shown(self) -> list[Pupil]:
        """Every pupil whose name is there to choose."""
        return list(self._shown.only("school_id"))


class KnownGuardianForm(forms.Form):
    """Who of them cares for this pupil too, and what they are to this one."""

    guardian = forms.ChoiceField(label=_("Wie"), widget=forms.RadioSelect)
    relation = forms.ChoiceField(label=_("Relatie"), choices=Guardianship.Relation.choices)
    authority = forms.ChoiceField(
        label=_("Gezag"),
        choices=Guardianship.Authority.choices,
        initial=Guardianship.Authority.UNKNOWN,
        help_text=_("Over deze leerling: bij een broer of zus kan het anders zijn. Zie het gezagsregister."),
    )
    lives_with = forms.BooleanField(label=_("De leerling woont bij deze persoon"), required=False, initial=True)
    no_contact = forms.BooleanField(
        label=_("Contactverbod"), required=False, help_text=_("Een rechter heeft contact met de leerling verboden.")
    )

    def __init__(self, request: HttpRequest, *args: Any, guardians: Sequence[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {str(each.pk): each for each in guardians}
        self.fields["guardian"].choices = [  # type: ignore[attr-defined]
            (pk, names.tag(request, each, kind="guardian")) for pk, each in self._known.items()
        ]

    def chosen(self) -> Guardian:
        """Who was chosen."""
        return self._known[self.cleaned_data["guardian"]]

    def values(self) -> dict[str, Any]:
        """What was filled in of this pupil, by the names of the model's fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "guardian"}

    def clean(self) -> dict[str, Any]:
        """A voogd has authority by definition."""
        values = super().clean() or self.cleaned_data
        if values.get("relation") == Guardianship.Relation.LEGAL_GUARDIAN:
            if values.get("authority") == Guardianship.Authority.NO:
                self.add_error("authority", _("Een voogd heeft altijd gezag."))
            values["authority"] = Guardianship.Authority.YES
        return values
