"""A file of norm tables or growth norms, and by what right it is used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.assessment.norm_tables.words import RIGHTS
from leercirkel.exchange.small_tables import LIMITS


class NormForm(forms.Form):
    """What is loaded, where it comes from, and why that is allowed: all three are needed."""

    bestand = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy(
            "Een normtabel: CSV of Excel (XLSX), hoogstens 8 MB, met één rij per grens. Of groeinormen: TOML, zoals "
            "leercirkel growth-norms ze maakt."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.toml"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Waar komt de tabel vandaan?"),
        max_length=300,
        help_text=gettext_lazy("Bijvoorbeeld: handleiding van de toets, uitgave 2025, bladzijde 40."),
    )
    right_of_use = forms.ChoiceField(
        label=gettext_lazy("Waarom mogen wij deze tabel gebruiken?"),
        choices=list(RIGHTS.items()),
        widget=forms.RadioSelect,
    )

    def clean_bestand(self) -> UploadedFile[bytes]:
        """The file when it is not too large."""
        upload: UploadedFile[bytes] = self.cleaned_data["bestand"]
        if (upload.size or 0) > LIMITS.file:
            raise forms.ValidationError(_("Dit bestand is groter dan 8 MB."))
        return upload

    def told(self) -> dict[str, Any]:
        """Where it comes from and by what right."""
        return {"source": self.cleaned_data["source"].strip(), "right_of_use": self.cleaned_data["right_of_use"]}
