"""What of the log is shown."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import selectors
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School

MOST = 400
"""Pupils in one address, which has a largest length; who seeks one pupil types more than a letter."""


class FilterForm(forms.Form):
    """Who, what, when, whose file."""

    wie = forms.TypedChoiceField(label=gettext_lazy("Wie"), required=False, coerce=int, empty_value=None)
    wat = forms.ChoiceField(label=gettext_lazy("Wat"), required=False)
    leerling = forms.CharField(label=gettext_lazy("Wiens dossier"), required=False, max_length=4_000)
    vanaf = forms.DateField(label=gettext_lazy("Vanaf"), required=False, widget=DateInput())
    tot = forms.DateField(label=gettext_lazy("Tot en met"), required=False, widget=DateInput())
    voor = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, sight: Sight, school: School, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sight, self._school = sight, school
        people = selectors.people_of(school).values_list("pk", "name")
        self.fields["wie"].choices = [("", _("iedereen")), *people]  # type: ignore[attr-defined]
        self.fields["wat"].choices = [("", _("alles")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["leerling"].widget.attrs |= {"data-name-field": "", "maxlength": "80"}

    def asked(self) -> selectors.Asked:
        """The question; what is filled in wrongly does not count."""
        self.is_valid()
        found = self.cleaned_data
        text = found.get("leerling", "").strip()
        return selectors.Asked(
            found.get("wie"),
            found.get("wat", ""),
            found.get("vanaf"),
            found.get("tot"),
            selectors.named(self._sight, self._school, text) if text else None,
            found.get("voor"),
        )

    def address(self) -> str:
        """The question as it may stand in an address: a pupil by number, since addresses are kept by browsers."""
        asked = self.asked()
        pupils = None if asked.pupils is None else ",".join(map(str, sorted(asked.pupils)[:MOST])) or "0"
        told = {"wie": asked.actor, "wat": asked.kind, "leerling": pupils, "vanaf": asked.since, "tot": asked.until}
        return urlencode({name: value for name, value in told.items() if value}, safe=",")
