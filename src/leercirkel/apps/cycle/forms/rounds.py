"""What is asked to open a round and to hand it over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.cycle.selectors.rounds import possible_leaders
from leercirkel.apps.organisation.models import School, StaffMember


def leader_field(school: School, label: Any) -> forms.ModelChoiceField[StaffMember]:
    """Who may lead a round here."""
    return forms.ModelChoiceField(label=label, queryset=possible_leaders(school), empty_label=None)


class OpenForm(forms.Form):
    """Which round, who leads it, and by when plans are fixed."""

    ronde = forms.ChoiceField(label=_("Ronde"))
    plannen_klaar = forms.DateField(
        label=_("Plannen vastgesteld op"),
        required=False,
        widget=DateInput(),
        help_text=_("Uit de jaarplanning. Mag ook later."),
    )

    def __init__(
        self, *args: Any, school: School, rounds: list[tuple[str, str]], own: StaffMember | None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["ronde"].choices = rounds  # type: ignore[attr-defined]
        self.fields["leider"] = leader_field(school, _("Wie leidt de ronde?"))
        self.fields["leider"].initial = own.pk if own else None
        self.order_fields(("ronde", "leider", "plannen_klaar"))

    def chosen(self) -> tuple[int, str]:
        """School year and moment."""
        year, _dash, moment = self.cleaned_data["ronde"].partition("-")
        return int(year), moment


class HandOverForm(forms.Form):
    """Who leads the round from now on."""

    def __init__(self, *args: Any, school: School, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["leider"] = leader_field(school, _("Wie leidt de ronde verder?"))
