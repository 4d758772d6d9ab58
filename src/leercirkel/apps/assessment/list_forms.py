"""What is told above a list that a teacher fills in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.assessment.method_tests import MAX_TEXT, Unreadable, goals_of
from leercirkel.apps.assessment.words import moment_choices, subject_name
from leercirkel.core.calendar import moment_of, school_year_end, school_year_of, school_year_start


class DayField(forms.DateField):
    """A day of the group's school year that has come."""

    def __init__(self, school_year: int, **kwargs: Any) -> None:
        last = min(clock.today(), school_year_end(school_year))
        super().__init__(label=_("Datum"), widget=DateInput(), initial=last, **kwargs)
        self.school_year = school_year

    def clean(self, value: Any) -> date:
        """The day. Raises ValidationError."""
        day: date = super().clean(value)
        if day > clock.today():
            raise forms.ValidationError(_("Deze dag moet nog komen."))
        if school_year_of(day) != self.school_year:
            first = school_year_start(self.school_year)
            raise forms.ValidationError(
                _("Kies een dag in het schooljaar van deze groep, vanaf %s.") % f"{first:%d-%m-%Y}"
            )
        return day


class BlockForm(forms.Form):
    """Which block of which subject, and its goals."""

    def __init__(self, subjects: Sequence[str], school_year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vak"] = forms.ChoiceField(
            label=_("Vak"), choices=[(code, subject_name(code)) for code in subjects]
        )
        self.fields["blok"] = forms.CharField(label=_("Blok of hoofdstuk"), max_length=MAX_TEXT)
        self.fields["datum"] = DayField(school_year)
        self.fields["doelen"] = forms.CharField(
            label=_("Doelen"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000,
            help_text=_(
                "Eén doel per regel. Zet er een categorie voor als je wilt zien waarop leerlingen uitvallen: "
                "getallen: rekenen tot 1000"
            ),
        )  # fmt: skip

    def clean_blok(self) -> str:
        """Without superfluous blanks."""
        return " ".join(str(self.cleaned_data["blok"]).split())

    def clean_doelen(self) -> dict[str, str]:
        """Goal → category."""
        try:
            return goals_of(self.cleaned_data["doelen"])
        except Unreadable as fault:
            raise forms.ValidationError(str(fault)) from None


class ObservationForm(forms.Form):
    """Which observation list, when, and its domains."""

    lijst = forms.CharField(label=gettext_lazy("Observatielijst"), max_length=MAX_TEXT)
    moment = forms.ChoiceField(label=gettext_lazy("Moment"), choices=moment_choices)

    def __init__(self, school_year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moment"].initial = moment_of(min(clock.today(), school_year_end(school_year)))
        self.fields["datum"] = DayField(school_year)
        self.fields["domeinen"] = forms.CharField(
            label=_("Domeinen"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000,
            help_text=_("Eén domein per regel, in de woorden van jullie lijst."),
        )  # fmt: skip

    def clean_lijst(self) -> str:
        """Without superfluous blanks."""
        return " ".join(str(self.cleaned_data["lijst"]).split())

    def clean_domeinen(self) -> list[str]:
        """The domains, each once."""
        lines = [" ".join(line.split())[:MAX_TEXT] for line in str(self.cleaned_data["domeinen"]).splitlines()]
        return list(dict.fromkeys(line for line in lines if line))[:20]
