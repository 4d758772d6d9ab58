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
from leercirkel.apps.organisation.models import Enrolment, Group, Guardianship, School
from leercirkel.apps.organisation.roster.reading import LARGEST
from leercirkel.core.calendar import school_year_label

NAME = forms.TextInput(attrs={"data-name-field": ""})


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

    def knows_school(self, code: str) -> bool:
        """Whether it is clear of which school the file is; otherwise that is asked."""
        if code or len(self.schools) == 1 or self.cleaned_data.get("school"):
            return True
        self.add_error("school", _("In het bestand staat niet van welke school het is. Kies de school."))
        return False

    def school_of(self, code: str) -> School | None:
        """The school that was chosen, else the one the file names, else the only one there is."""
        chosen = self.cleaned_data.get("school")
        named = next((school for school in self.schools if school.brin + school.location == code), None)
        return chosen or named or (self.schools[0] if len(self.schools) == 1 else None)


class GuardianForm(forms.Form):
    """Everything that is kept of a guardian, and of what they are to one pupil."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=200, required=False, widget=NAME)
    name_prefix = forms.CharField(label=_("Tussenvoegsel"), max_length=200, required=False, widget=NAME)
    surname = forms.CharField(
        label=_("Achternaam"), max_length=200, help_text=_("Bij een instelling haar naam."), widget=NAME
    )
    relation = forms.ChoiceField(label=_("Relatie"), choices=Guardianship.Relation.choices)
    authority = forms.ChoiceField(
        label=_("Gezag"),
        choices=Guardianship.Authority.choices,
        help_text=_("Wie gezag heeft, beslist mee en mag het dossier zien. Na te kijken in het gezagsregister."),
    )
    lives_with = forms.BooleanField(label=_("De leerling woont bij deze persoon"), required=False)
    no_contact = forms.BooleanField(
        label=_("Contactverbod"), required=False, help_text=_("Een rechter heeft contact met de leerling verboden.")
    )
    secret_address = forms.BooleanField(
        label=_("Geheim adres"), required=False, help_text=_("Dan wordt er geen adres bewaard.")
    )
    address = forms.CharField(label=_("Adres"), max_length=200, required=False, widget=NAME)
    phone = forms.RegexField(label=_("Telefoon"), regex=r"^\+?[0-9][0-9 ()./-]{5,28}$", required=False, widget=NAME)
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"data-name-field": ""}))
    interpreter = forms.CharField(
        label=_("Tolk"), max_length=40, required=False, help_text=_("De taal, als er een tolk nodig is.")
    )

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the model's fields."""
        return {"prefix" if name == "name_prefix" else name: value for name, value in self.cleaned_data.items()}

    def clean(self) -> dict[str, Any]:
        """A voogd has authority by definition; with a secret address none is kept."""
        values = super().clean() or self.cleaned_data
        legal = values.get("relation") == Guardianship.Relation.LEGAL_GUARDIAN
        if legal and values.get("authority") == Guardianship.Authority.NO:
            self.add_error("authority", _("Een voogd heeft altijd gezag."))
        elif legal:
            values["authority"] = Guardianship.Authority.YES
        if values.get("secret_address"):
            values["address"] = ""
        return values


class GuardiansForm(forms.Form):
    """The list of guardians, and of which school when there are several."""

    bestand = forms.FileField(
        label=_("Bestand"),
        help_text=_("CSV of Excel (XLSX), hoogstens 8 MB, met een rij per ouder per leerling."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none())

    def __init__(self, *args: Any, schools: Sequence[School], **more: Any) -> None:
        super().__init__(*args, **more)
        self.schools = schools
        if len(schools) > 1:
            field = self.fields["school"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = School.objects.filter(pk__in=[school.pk for school in schools])
        else:
            del self.fields["school"]

    def chosen(self) -> School:
        """The school that was chosen, or the only one."""
        school: School | None = self.cleaned_data.get("school")
        return school or self.schools[0]
