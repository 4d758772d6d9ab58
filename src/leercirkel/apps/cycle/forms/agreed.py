"""What is asked to agree on support."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.cycle.actions.agreed import Agreed, rewritten
from leercirkel.apps.cycle.models import Support
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.core.support import LESSON_POINTS, SUPPORT


class RewriteForm(forms.Form):
    """What was agreed: three questions, and what may stay as it is."""

    vormen = forms.MultipleChoiceField(
        label=_("Wat spreken we af?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    eigen = forms.CharField(label=_("Of in eigen woorden"), max_length=200, required=False)
    doel = forms.CharField(label=_("Wat willen we ermee bereiken?"), max_length=300, required=False)
    tot = forms.DateField(label=_("Tot wanneer?"), widget=DateInput(), required=False)
    eerste = forms.DateField(label=_("Wanneer praten we er voor het eerst over?"), widget=DateInput(), required=False)
    punten = forms.MultipleChoiceField(
        label=_("Waar letten we op in de les?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    questions: Sequence[str] = ("vormen", "eigen", "doel", "tot")
    rest: Sequence[str] = ("eerste", "punten")
    fields_by_name: ClassVar[dict[str, str]] = {
        "forms": "vormen", "own_form": "eigen", "goal": "doel", "lesson_points": "punten", "until": "tot",
        "first_talk": "eerste",
    }  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        english = get_language() == "en"
        self.fields["vormen"].choices = [(code, said[english]) for code, said in SUPPORT.items()]  # type: ignore[attr-defined]
        self.fields["punten"].choices = [(code, said[english]) for code, said in LESSON_POINTS.items()]  # type: ignore[attr-defined]

    @classmethod
    def filled_from(cls, row: Support) -> dict[str, Any]:
        """What stands in the fields of an agreement as it is."""
        return {field: getattr(row, name) for name, field in cls.fields_by_name.items()}

    @property
    def labels(self) -> dict[str, Any]:
        """What each of actions.agreed.WRITTEN is called on the page."""
        return {name: self.fields[field].label for name, field in self.fields_by_name.items()}

    def rewritten(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        return rewritten(
            forms=told["vormen"], own_form=told["eigen"], goal=told["doel"], points=told["punten"], until=told["tot"],
            first_talk=told["eerste"],
        )  # fmt: skip

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked."""
        return [self[name] for name in self.questions]

    @property
    def filled_in(self) -> list[forms.BoundField]:
        """What is filled in beforehand."""
        return [self[name] for name in self.rest]

    @property
    def faults(self) -> list[forms.BoundField]:
        """The fields with something to mend."""
        return [field for field in self if field.errors]

    @property
    def rest_is_open(self) -> bool:
        """Whether something of the rest is still to be said, so that it must be seen."""
        return any(self[name].errors or (self.fields[name].required and not self[name].value()) for name in self.rest)


class AgreeForm(RewriteForm):
    """The same with whom, and of what kind, which decides who reads it."""

    met = forms.ModelChoiceField(label=_("Met wie?"), queryset=StaffMember.objects.none())
    soort = forms.ChoiceField(label=_("Wie leest dit?"))
    groep = forms.ModelChoiceField(
        label=_("In het plan van welke groep?"), queryset=Group.objects.none(), required=False, empty_label="–",
        help_text=_("Alleen bij een afspraak in het plan."),
    )  # fmt: skip
    rest = ("met", "soort", "groep", "eerste", "punten")

    def __init__(
        self, *args: Any, staff: QuerySet[StaffMember], groups: QuerySet[Group], head: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["met"].queryset = staff  # type: ignore[attr-defined]
        self.fields["groep"].queryset = groups  # type: ignore[attr-defined]
        readers = {
            "coaching": _("begeleiding: alleen wij tweeën"),
            "team": _("afspraak in het plan: wie het plan van de groep leest"),
            "appraisal": _("gesprekkencyclus: de leerkracht en de directeur"),
        }
        kinds = [(code, said) for code, said in readers.items() if head or code != Support.Kind.APPRAISAL]
        self.fields["soort"].choices = kinds  # type: ignore[attr-defined]

    def agreed(self) -> Agreed:
        """What the action takes."""
        told = self.cleaned_data
        return Agreed(
            told["soort"], told["met"], told["vormen"], told["eigen"], told["doel"], told["punten"], told["tot"],
            told["groep"], told["eerste"],
        )  # fmt: skip


class VisitForm(forms.Form):
    """When, which of the agreed points were seen, and a note."""

    op = forms.DateField(label=_("Wanneer was je in de les?"), widget=DateInput())
    gezien = forms.MultipleChoiceField(
        label=_("Wat zag je van wat jullie afspraken?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    notitie = forms.CharField(label=_("Korte notitie"), max_length=300, required=False)

    def __init__(self, *args: Any, points: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        english = get_language() == "en"
        agreed = [(code, LESSON_POINTS[code][english]) for code in points if code in LESSON_POINTS]
        if agreed:
            self.fields["gezien"].choices = agreed  # type: ignore[attr-defined]
        else:
            del self.fields["gezien"]
