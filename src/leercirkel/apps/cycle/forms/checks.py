"""What is asked of a look on the way: a day; and afterwards what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.forms import DateInput


class DayForm(forms.Form):
    """When to look."""

    dag = forms.DateField(label=_("Wanneer kijken we?"), widget=DateInput())


class SeenForm(forms.Form):
    """What was seen: a goal of a method test, counted by the system, and a sentence."""

    doel = forms.ChoiceField(label=_("Naar welk doel kijken we?"), widget=forms.RadioSelect, required=False)
    gezien = forms.CharField(
        label=_("Wat zagen we?"), max_length=300, required=False,
        help_text=_("Eén zin, zonder namen: wat lukt al, wat doen we anders?"),
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        if goals:
            self.fields["doel"].choices = [*goals, ("", _("geen methodetoets"))]  # type: ignore[attr-defined]
        else:
            del self.fields["doel"]
            seen = self.fields["gezien"]
            seen.required = True  # there is nothing else to write down
            seen.error_messages["required"] = _("Schrijf in een zin wat je zag.")
