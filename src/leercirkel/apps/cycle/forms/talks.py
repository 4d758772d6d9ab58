"""What is decided in a talk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.organisation.models import StaffMember

LONGEST = 300
LONGEST_NOTES = 6000


WEEKS = 6
"""A decision is meant for so many weeks from now, unless who decides says otherwise."""


class DecisionForm(forms.Form):
    """What, who and when, in one line."""

    wat = forms.CharField(label=_("Wat spreken we af?"), max_length=LONGEST)
    wie = forms.ModelChoiceField(label=_("Wie"), queryset=StaffMember.objects.none(), required=False)
    wanneer = forms.DateField(label=_("Uiterlijk"), required=False, widget=DateInput())

    def __init__(self, *args: Any, staff: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["wie"].queryset = staff  # type: ignore[attr-defined]
        self.fields["wie"].empty_label = _("niemand in het bijzonder")  # type: ignore[attr-defined]
