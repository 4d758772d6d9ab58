"""Setting up areas, arrangements and the rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.groupplan.models import PlanArea
from leercirkel.core import subjects

BY = {
    "goal": _("de afstand tot onze eigen norm"),
    "level": _("het landelijke niveau (I–V of A–E)"),
    "yield": _("niveau en verwacht leerrendement (DLE en uitstroombestemming)"),
}
METHOD = {"": _("telt niet mee"), "0.3": _("een derde"), "0.5": _("de helft"), "0.7": _("ruim twee derde")}


class AreaForm(forms.Form):
    """A plan area."""

    name = forms.CharField(label=_("Naam"), max_length=60)
    subjects = forms.MultipleChoiceField(
        label=_("Vakken waarvan de toetsen meetellen"), widget=forms.CheckboxSelectMultiple
    )
    form = forms.ChoiceField(label=_("Wat we ervoor maken"), choices=PlanArea.Form.choices)
    block_weeks = forms.IntegerField(
        label=_("Weken per blok"), min_value=4, max_value=12, initial=7, help_text=_("Alleen bij blokvoorbereidingen.")
    )

    def __init__(self, *args: Any, declared: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        language = "en" if get_language() == "en" else "nl"
        field = self.fields["subjects"]
        assert isinstance(field, forms.MultipleChoiceField)
        codes = dict.fromkeys((*subjects.SUBJECTS, *declared))
        field.choices = [(code, subjects.label(code, language)) for code in codes]  # type: ignore[arg-type]


class ArrangementForm(forms.Form):
    """An arrangement in the school's own words."""

    name = forms.CharField(label=_("Naam"), max_length=40)
    usual = forms.BooleanField(label=_("dit is het gewone arrangement"), required=False)


class RuleForm(forms.Form):
    """How arrangements are proposed: four plain settings."""

    by = forms.ChoiceField(label=_("Het voorstel gaat naar"), choices=list(BY.items()))
    method = forms.ChoiceField(
        label=_("Een stap meer instructie als dit deel van de methodetoetsen onvoldoende is"),
        choices=list(METHOD.items()), required=False,
    )  # fmt: skip
    twice = forms.BooleanField(
        label=_("het intensiefste arrangement pas na twee metingen onder alle doelen"), required=False
    )
    most_groups = forms.IntegerField(
        label=_("Zoveel instructies geeft een leerkracht meestal"), min_value=1, max_value=8,
        help_text=_("Een voorstel heeft er nooit meer. Elke leerkracht kan het voor een plan anders kiezen."),
    )  # fmt: skip

    def rule(self) -> dict[str, Any]:
        """As analysis.clustering reads it."""
        given = self.cleaned_data
        share = float(given["method"]) if given["method"] else None
        return {
            "by": given["by"],
            "method_share": share,
            "twice": given["twice"],
            "most_groups": given["most_groups"],
        }
