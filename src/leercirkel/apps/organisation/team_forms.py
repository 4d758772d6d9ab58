"""Forms on teams and teachers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.actions.teams import last_day_of, may_manage
from leercirkel.apps.organisation.models import Group, School, StaffMember, Team
from leercirkel.apps.organisation.selectors import teams as selectors
from leercirkel.core.subjects import LABELS


class TeamForm(forms.Form):
    """What a team is about."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=120)
    subject = forms.ChoiceField(label=gettext_lazy("Vak"), required=False)
    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Groepen"),
        queryset=Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, school: School, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Team.Kind.SUBJECT:
            self.fields["subject"].required = True
            self.fields["subject"].choices = [("", _("Kies een vak")), *LABELS.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["subject"]
        if kind == Team.Kind.LEARNING:
            groups = Group.objects.filter(school=school, school_year=clock.school_year())
            self.fields["groups"].queryset = groups  # type: ignore[attr-defined]
        else:
            del self.fields["groups"]

    def told(self) -> dict[str, Any]:
        """What the actions take."""
        found = self.cleaned_data
        return {"name": found["name"], "subject": found.get("subject", ""), "groups": found.get("groups", ())}


class KindForm(forms.Form):
    """Which team, and where."""

    school = forms.ModelChoiceField(label=gettext_lazy("School"), queryset=School.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("Soort team"), choices=Team.Kind.choices)

    def __init__(self, sight: Sight, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sight = sight
        self.fields["school"].queryset = selectors.team_schools(sight)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Only a kind that the user keeps there."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        school, kind = found.get("school"), found.get("kind")
        if school and kind and not may_manage(self._sight, kind=kind, school=school.pk):
            self.add_error("kind", _("Van dit soort teams houd jij de leden niet bij."))
        return found


class PersonForm(forms.Form):
    """Someone, from a first to a last day."""

    staff = forms.ModelChoiceField(label=gettext_lazy("Wie"), queryset=StaffMember.objects.none())
    since = forms.DateField(label=gettext_lazy("Vanaf"), widget=DateInput())
    until = forms.DateField(label=gettext_lazy("Tot en met"), widget=DateInput(), required=False)

    def __init__(self, school: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = selectors.colleagues(school)  # type: ignore[attr-defined]
        self.fields["since"].initial = clock.today()


class MemberForm(PersonForm):
    """Someone in a team."""

    chair = forms.BooleanField(label=gettext_lazy("Leidt het team"), required=False)


class TeacherForm(PersonForm):
    """Someone with a group."""

    substitute = forms.BooleanField(label=gettext_lazy("Valt in"), required=False)

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(group.school_id, *args, **kwargs)
        first = max(clock.today(), last_day_of(group).replace(year=group.school_year, month=8, day=1))
        self.fields["since"].initial = first
        self.fields["until"].help_text = _("Leeg: tot het einde van het schooljaar.")
