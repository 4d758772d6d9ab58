"""What the team says of a finding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models import Group
from leercirkel.core.subjects import SUBJECTS
from leercirkel.core.subjects import label as subject_label

LONGEST = 600


class OwnFindingForm(forms.Form):
    """A finding that the team adds: what it sees, and about whom."""

    tekst = forms.CharField(
        label=_("Wat zien jullie?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Een of twee zinnen, zonder namen van kinderen."),
    )  # fmt: skip
    groep = forms.ModelChoiceField(label=_("Van welke groep?"), queryset=Group.objects.none(), required=False)
    vak = forms.ChoiceField(label=_("Welk vak?"), required=False)

    def __init__(self, *args: Any, groups: Any, whole: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        group = self.fields["groep"]
        assert isinstance(group, forms.ModelChoiceField)
        group.queryset = groups
        group.required = not whole
        group.empty_label = _("de hele school") if whole else None
        self.fields["vak"].choices = [  # type: ignore[attr-defined]
            ("", _("geen vak in het bijzonder")), *((code, subject_label(code)) for code in SUBJECTS)
        ]  # fmt: skip
