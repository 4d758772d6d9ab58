"""What people choose and fill in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leercirkel.apps import clock
from leercirkel.apps.organisation.models import Enrolment, Group, School
from leercirkel.apps.organisation.roster.reading import LARGEST
from leercirkel.core.calendar import school_year_label


class GroupFilter(forms.Form):
    """Which class or instruction group of a list of pupils, and which school when there are several."""

    groep = forms.ChoiceField(label=_("Groep"), required=False)
    school = forms.ChoiceField(label=_("School"), required=False)

    def __init__(self, data: QueryDict, *, groups: QuerySet[Group], schools: Collection[int]) -> None:
        super().__init__(data)
        found = list(groups.order_by("school__name", "kind", "position", "name").values_list("pk", "name", "kind"))
        self.groups = {str(pk): (name, kind) for pk, name, kind in found}
        names = [(pk, name) for pk, (name, _kind) in self.groups.items()]
        self._choices("groep", [("", _("alle groepen")), *names])
        if len(schools) > 1:
            rows = School.objects.filter(pk__in=schools).values_list("pk", "name")
            self._choices("school", [("", _("alle scholen")), *((str(pk), name) for pk, name in rows)])
        else:
            del self.fields["school"]

    def _choices(self, field: str, choices: Sequence[tuple[str, Any]]) -> None:
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices

    def narrowed(self, rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        """The rows that were asked for; what is not among the choices is not asked for."""
        self.is_valid()
        group, school = self.cleaned_data.get("groep"), self.cleaned_data.get("school")
        if group and self.groups[group][1] == Group.Kind.INSTRUCTION:
            rows = rows.filter(pupil__memberships__group_id=group, pupil__memberships__during__contains=clock.today())
        elif group:
            rows = rows.filter(group_id=group)
        return rows.filter(school_id=school) if school else rows


class YearFilter(forms.Form):
    """Which school year."""

    jaar = forms.ChoiceField(label=_("Schooljaar"), required=False)

    def __init__(self, data: QueryDict, *, years: Sequence[int]) -> None:
        super().__init__(
            data if data.get("jaar", "") in [str(year) for year in years] else {"jaar": str(clock.school_year())}
        )
        field = self.fields["jaar"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(year), school_year_label(year)) for year in years]

    @property
    def year(self) -> int:
        """The year that was chosen; this school year when none was."""
        self.is_valid()
        return int(self.cleaned_data.get("jaar") or clock.school_year())


class RosterForm(forms.Form):
    """The file of a roster, and of which school it is when the file does not say."""

    bestand = forms.FileField(
        label=_("Bestand"),
        help_text=_("EDEX.XML uit het leerlingadministratiesysteem, hoogstens 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,text/xml,application/xml"}),
    )
    school = forms.ModelChoiceField(
        label=_("School"), queryset=School.objects.none(), empty_label=_("zoals in het bestand staat"), required=False
    )

    def __init__(self, *args: Any, schools: Sequence[School], **more: Any) -> None:
        super().__init__(*args, **more)
        self.schools = schools
        if len(schools) > 1:
            field = self.fields["school"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = School.objects.filter(pk__in=[school.pk for school in schools])
        else:
            del self.fields["school"]

    def clean_bestand(self) -> UploadedFile[bytes]:
        """The file when it is not too large."""
        upload: UploadedFile[bytes] = self.cleaned_data["bestand"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(_("Dit bestand is groter dan 20 MB. Kies de export van één schooljaar."))
        return upload

    def school_of(self, code: str) -> School | None:
        """The school that was chosen, else the one the file names, else the only one there is."""
        chosen = self.cleaned_data.get("school")
        named = next((school for school in self.schools if school.brin + school.location == code), None)
        return chosen or named or (self.schools[0] if len(self.schools) == 1 else None)
