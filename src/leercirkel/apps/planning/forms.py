"""Forms on meetings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.dossier.forms import not_later, told_field
from leercirkel.apps.organisation.fields import PupilField
from leercirkel.apps.organisation.models import Group, StaffMember, Team
from leercirkel.apps.organisation.selectors.teams import colleagues, members_of
from leercirkel.apps.planning import selectors


class TimeInput(forms.TimeInput):
    """A time as browsers ask it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class TeamForm(forms.Form):
    """Which team meets."""

    team = forms.ModelChoiceField(label=gettext_lazy("Team"), queryset=Team.objects.none())

    def __init__(self, sight: Sight, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = selectors.plannable_teams(sight)  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """When, and who and what beside the members of the team."""

    title = forms.CharField(
        label=gettext_lazy("Titel"), max_length=120, help_text=gettext_lazy("Zonder namen van leerlingen.")
    )
    day = forms.DateField(label=gettext_lazy("Dag"), widget=DateInput())
    starts = forms.TimeField(label=gettext_lazy("Van"), widget=TimeInput())
    ends = forms.TimeField(label=gettext_lazy("Tot"), widget=TimeInput())
    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Groepen op de agenda"),
        queryset=Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    attendees = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Wie is erbij, naast het team?"),
        queryset=StaffMember.objects.none(),
        required=False,
        help_text=gettext_lazy("Zij zien alleen leerlingen van wie de ouders het weten."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, school: int, team: Team | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups, others = Group.objects.filter(school=school, school_year=clock.school_year()), colleagues(school)
        if team is not None:
            others = others.exclude(pk__in=members_of(team).order_by().values("staff"))
            if team.kind == Team.Kind.LEARNING:
                groups = groups.filter(teams=team)
        self.fields["groups"].queryset = groups  # type: ignore[attr-defined]
        self.fields["attendees"].queryset = others  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the actions take."""
        found = self.cleaned_data
        day, ends = found["day"], found["ends"]
        last = day + timedelta(days=1) if ends == time.min else day  # until midnight
        return {
            "title": found["title"],
            "starts_at": timezone.make_aware(datetime.combine(day, found["starts"])),
            "ends_at": timezone.make_aware(datetime.combine(last, ends)),
            "groups": list(found["groups"]),
            "attendees": list(found["attendees"]),
        }


class PupilForm(forms.Form):
    """A pupil for the agenda."""

    parents_informed_on = told_field()
    field_order = ("pupil", "parents_informed_on")

    def __init__(self, request: HttpRequest, sight: Sight, school: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        queryset = selectors.for_agenda(sight, school)
        self.fields["pupil"] = PupilField(request, label=_("Leerling"), queryset=queryset)
        self.order_fields(self.field_order)
        self._shown = queryset

    def pupils(self) -> list[int]:
        """Ids of the pupils whose names are there to choose from."""
        return list(self._shown.order_by().values_list("pk", flat=True))

    def clean_parents_informed_on(self) -> date | None:
        """Not a day to come."""
        return not_later(self.cleaned_data["parents_informed_on"])
