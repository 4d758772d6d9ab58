"""What is asked of an intervention: what, with whom, and from when until when. The rest is filled in beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.cycle.actions.begun import Wanted
from leercirkel.apps.cycle.models import Finding
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.core import subjects
from leercirkel.core.support import SCHOOL_MEASURES


class Groups(forms.ModelMultipleChoiceField[Group]):
    """Groups by their name, as the school calls them."""

    def label_from_instance(self, obj: Group) -> str:
        """The name."""
        return obj.name


class Findings(forms.ModelMultipleChoiceField[Finding]):
    """Findings by what the team says of them."""

    def label_from_instance(self, obj: Finding) -> str:
        """The group and the sentence."""
        said = obj.own_text or (obj.text_en if get_language() == "en" and obj.text_en else obj.text)
        return f"{obj.group.name}: {said}" if obj.group else said


class WhatForm(forms.Form):
    """What is written down of an intervention that is there."""

    soort = forms.ChoiceField(label=_("Wat gaan we doen?"), required=False)
    naam = forms.CharField(label=_("Of in eigen woorden"), max_length=120, required=False)
    vanaf = forms.DateField(label=_("Van"), widget=DateInput())
    tot = forms.DateField(
        label=_("Tot en met"), widget=DateInput(), help_text=_("Vakanties uit de toetskalender tellen niet mee.")
    )
    vak = forms.ChoiceField(
        label=_("Vak"), required=False, help_text=_("De toets van dit vak laat later zien wat het opleverde.")
    )
    doel = forms.CharField(label=_("Wat willen we ermee bereiken?"), max_length=300, required=False)
    eigenaar = forms.ModelChoiceField(
        label=_("Wie zorgt ervoor?"), queryset=StaffMember.objects.none(), required=False, empty_label=_("nog niemand")
    )
    laagste = forms.BooleanField(label=_("we kozen wie het laagst scoorde"), required=False)

    def __init__(self, *args: Any, owners: QuerySet[StaffMember], subject: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        english = get_language() == "en"
        measures = [(code, words[english]) for code, words in SCHOOL_MEASURES.items()]
        self.fields["soort"].choices = [("", _("iets anders")), *measures]  # type: ignore[attr-defined]
        codes = dict.fromkeys((*subjects.SUBJECTS, *((subject,) if subject else ())))
        language: Any = "en" if english else "nl"
        named = [(code, subjects.label(code, language)) for code in codes]
        self.fields["vak"].choices = [("", _("geen toets meet dit")), *named]  # type: ignore[attr-defined]
        self.fields["eigenaar"].queryset = owners  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What the actions take."""
        told = self.cleaned_data
        return Wanted(
            told["soort"], told["naam"], told["vanaf"], told["tot"], told["vak"], told["doel"], told["eigenaar"],
            told["laagste"],
        )  # fmt: skip


class BeginForm(WhatForm):
    """A new one: with whom, and because of what."""

    groepen = Groups(label=_("Met wie?"), queryset=Group.objects.none(), widget=forms.CheckboxSelectMultiple)
    deel = forms.BooleanField(label=_("niet iedereen: ik kies hierna de leerlingen"), required=False)
    bevindingen = Findings(
        label=_("Om welke bevindingen?"), queryset=Finding.objects.none(), widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    asked = ("soort", "naam", "groepen", "deel", "vanaf", "tot")
    """The rest is filled in and folded away."""

    def __init__(self, *args: Any, groups: QuerySet[Group], findings: QuerySet[Finding], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["groepen"].queryset = groups  # type: ignore[attr-defined]
        self.fields["bevindingen"].queryset = findings  # type: ignore[attr-defined]
        self.order_fields((*self.asked, "bevindingen", "vak", "doel", "eigenaar", "laagste"))

    def first(self) -> list[forms.BoundField]:
        """The fields that are asked."""
        return [self[name] for name in self.asked]

    def rest(self) -> list[forms.BoundField]:
        """The others."""
        return [self[name] for name in self.fields if name not in self.asked]


class EndForm(forms.Form):
    """The last day."""

    op = forms.DateField(label=_("Laatste dag"), widget=DateInput())
