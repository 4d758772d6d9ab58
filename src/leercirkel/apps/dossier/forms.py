"""Forms on cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.dossier import selectors
from leercirkel.apps.organisation.fields import PupilField
from leercirkel.apps.organisation.models import StaffMember
from leercirkel.apps.organisation.selectors.teams import colleagues


def told_field() -> forms.DateField:
    """When the parents were told."""
    return forms.DateField(
        label=gettext_lazy("Ouders weten het sinds"),
        widget=DateInput(),
        required=False,
        help_text=gettext_lazy("Wie niet van de school is, ziet de leerling pas vanaf deze dag."),
    )


def not_later(day: date | None) -> date | None:
    """A day that has come. Raises ValidationError."""
    if day is not None and day > clock.today():
        raise forms.ValidationError(_("Deze dag moet nog komen."))
    return day


class CaseForm(forms.Form):
    """For whom a case is opened."""

    def __init__(self, request: HttpRequest, sight: Sight, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shown = selectors.without_case(sight).select_related("school")
        self.fields["pupil"] = PupilField(request, label=_("Leerling"), queryset=self._shown)

    def schools(self) -> list[int]:
        """The school of each pupil whose name is there to choose."""
        return list(self._shown.order_by().values_list("school_id", flat=True))


class MemberForm(forms.Form):
    """Who works on a case."""

    staff = forms.ModelChoiceField(label=gettext_lazy("Wie"), queryset=StaffMember.objects.none())
    parents_informed_on = told_field()

    def __init__(self, school: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = colleagues(school)  # type: ignore[attr-defined]

    def clean_parents_informed_on(self) -> date | None:
        """Not a day to come."""
        return not_later(self.cleaned_data["parents_informed_on"])


class InformedForm(forms.Form):
    """When the parents were told of one person."""

    on = forms.DateField(widget=DateInput())

    def clean_on(self) -> date | None:
        """Not a day to come."""
        return not_later(self.cleaned_data["on"])
