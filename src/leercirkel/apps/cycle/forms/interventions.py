"""Loading a file of interventions, and choosing a school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models import School

LARGEST = 1024 * 1024


def among(form: forms.Form, schools: Sequence[School]) -> None:
    """Lets the form's school be one of these."""
    field = form.fields["school"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = School.objects.filter(pk__in=[each.pk for each in schools])


class FileForm(forms.Form):
    """The file, and of which school when there are several."""

    bestand = forms.FileField(
        label=_("Bestand"),
        help_text=_("TOML, hoogstens 1 MB, zoals aanpakken.toml."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )
    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none())

    def __init__(self, *args: Any, schools: Sequence[School], **more: Any) -> None:
        super().__init__(*args, **more)
        self.schools = schools
        if len(schools) > 1:
            among(self, schools)
        else:
            del self.fields["school"]

    def clean_bestand(self) -> UploadedFile[Any]:
        """No file that is far too large."""
        file: UploadedFile[Any] = self.cleaned_data["bestand"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Dit bestand is groter dan 1 MB. Kies het bestand met aanpakken."))
        return file

    def chosen(self) -> School:
        """The school."""
        found: School = self.cleaned_data["school"] if len(self.schools) > 1 else self.schools[0]
        return found


class SchoolForm(forms.Form):
    """Which school, where someone sees several."""

    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none(), required=False, empty_label=None)

    def __init__(self, *args: Any, schools: Sequence[School], **more: Any) -> None:
        super().__init__(*args, **more)
        among(self, schools)
