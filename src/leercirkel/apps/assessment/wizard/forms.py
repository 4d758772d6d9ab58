"""What somebody who imports chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models import School
from leercirkel.exchange.problems import shorten

MOST = 50
LONGEST_NAME = 80


class ManyFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; its value is a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file as one file is checked."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    """Files, and of which school they are when the user has several."""

    bestanden = FilesField(
        label=_("Bestanden"),
        help_text=_(
            "Resultaten uit het toetssysteem (CSV, Excel, UWLR of doorstroomtoets), methodetoetsen, observaties en "
            "kenmerken. Zoveel tegelijk als je wilt, samen hoogstens 50 MB."
        ),
        widget=ManyFiles(attrs={"accept": ".csv,.txt,.xlsx,.xml,.json,.toml"}),
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

    def clean_bestanden(self) -> list[UploadedFile[bytes]]:
        """At most as many as one person looks through."""
        files: list[UploadedFile[bytes]] = self.cleaned_data["bestanden"]
        if len(files) > MOST:
            raise forms.ValidationError(_("Kies hoogstens %(most)d bestanden tegelijk.") % {"most": MOST})
        return files

    def chosen(self) -> School:
        """The school that was chosen, or the only one."""
        school: School | None = self.cleaned_data.get("school")
        return school or self.schools[0]

    def given(self) -> list[tuple[bytes, str]]:
        """Bytes and name of each file."""
        return [(upload.read(), name_of(upload)) for upload in self.cleaned_data["bestanden"]]


def name_of(upload: UploadedFile[bytes]) -> str:
    """The name as it may stand on pages and in the source of rows: not longer than somebody reads."""
    return shorten(upload.name or "bestand", LONGEST_NAME)
