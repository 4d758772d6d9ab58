"""One standard as a form: three things are asked, the rest unfolds. What was typed stays, each fault at its field."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.assessment.standards.words import CARE_KINDS, QUANTITIES, SCHOOL_TYPES, language, number
from leercirkel.core import destinations, levels, reading, reference, subjects
from leercirkel.core.calendar import MOMENTS, parse_school_year, school_year_label
from leercirkel.core.care import KINDS
from leercirkel.core.method_tests import MethodBounds
from leercirkel.core.standards import Quantity, Standard, Tier
from leercirkel.exchange.fields import MAX_DIDACTIC_AGE
from leercirkel.exchange.standards.entries import Entry
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.standards.tiers import LABELS, MAX_DLE, MAX_TIERS

MOMENT_NAMES = {"B": gettext_lazy("begin (B)"), "M": gettext_lazy("midden (M)"), "E": gettext_lazy("eind (E)")}
OWN_SUBJECT = "-"
"""Chosen in place of a subject: its code is filled in."""
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,9})?")


class NumberField(forms.CharField):
    """A number with a comma or a point, as text: a field of type number refuses a comma in some browsers."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return number(value) if isinstance(value, int | float) else value

    def clean(self, value: Any) -> float | None:
        """The number, None when it is empty."""
        text = super().clean(value).strip().removesuffix("%").strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise forms.ValidationError(_("Dit is geen getal. Schrijf bijvoorbeeld 20 of 0,45."))
        return float(text.replace(",", "."))


class ChosenField(forms.MultipleChoiceField):
    """Boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class TierForm(forms.Form):
    """One tier: what is to be reached, and by how many pupils of a hundred. A row that is empty is no tier."""

    FIXED, GROWING = "fixed", "growing"

    name = forms.CharField(label=gettext_lazy("Naam van de trede"), max_length=100, required=False)
    limit = forms.CharField(label=gettext_lazy("Drempel"), max_length=20, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Soort drempel"),
        required=False,
        choices=[
            (FIXED, gettext_lazy("vast: dit niveau, deze score of deze DLE")),
            (GROWING, gettext_lazy("groeit mee: dit getal × de didactische leeftijd")),
        ],
    )
    share = NumberField(label=gettext_lazy("Hoeveel procent van de leerlingen haalt dat"), required=False)

    @classmethod
    def values(cls, tier: Tier) -> dict[str, Any]:
        """A tier as the form shows it."""
        growing = tier.dl_factor is not None
        limit = tier.dl_factor if growing else tier.threshold
        return {
            "name": tier.name,
            "limit": limit if isinstance(limit, str) else number(limit or 0.0),
            "kind": cls.GROWING if growing else cls.FIXED,
            "share": tier.target_share * 100,
        }

    def tier(self, quantity: Quantity, subject: str) -> Tier | None:
        """The tier; None when the row is empty or has a fault, which is added to its field."""
        given = self.cleaned_data
        name, limit, share = given.get("name", ""), given.get("limit", ""), given.get("share")
        if self.errors or not (name or limit or share is not None):
            return None
        if not name:
            self.add_error("name", _("Geef de trede een naam, bijvoorbeeld basis."))
        if share is None:
            self.add_error("share", _("Vul in hoeveel procent van de leerlingen dit haalt."))
        elif not 0 < share <= 100:
            self.add_error("share", _("Een percentage ligt tussen 0 en 100."))
        threshold = self._limit(limit, given.get("kind") or self.FIXED, quantity, subject)
        if self.errors or threshold is None or share is None:
            return None
        part = float(Decimal(str(share)) / 100)
        if given.get("kind") == self.GROWING:
            return Tier(name, part, dl_factor=float(threshold))
        return Tier(name, part, threshold=threshold)

    def _limit(self, text: str, kind: str, quantity: Quantity, subject: str) -> float | str | None:
        if not text:
            self.add_error("limit", _("Vul in wat een leerling hiervoor moet halen."))
        elif kind == self.GROWING and quantity not in ("dle", "score"):
            self.add_error("kind", _("Meegroeien kan alleen bij DLE en vaardigheidsscore."))
        elif quantity in LABELS:
            return self._label(text, quantity, subject)
        elif not _NUMBER.fullmatch(text):
            self.add_error("limit", _("Hier hoort een getal. Schrijf bijvoorbeeld 20 of 0,45."))
        else:
            value = float(text.replace(",", "."))
            if kind == self.GROWING and (value <= 0 or (quantity == "dle" and value > 2)):
                self.add_error("limit", _("Een factor ligt boven 0, en bij DLE hoogstens op 2. Bijvoorbeeld 0,45."))
            elif kind == self.FIXED and quantity == "dle" and not 0 <= value <= MAX_DLE:
                self.add_error("limit", _("Een DLE loopt van 0 tot en met 60."))
            else:
                return value
        return None

    def _label(self, text: str, quantity: Quantity, subject: str) -> str | None:
        parsed = {
            "level": lambda: levels.parse(text),
            "avi": lambda: reading.parse(text),
            "reference": lambda: reference.parse(text, subject),
        }[quantity]()
        if parsed in LABELS[quantity]:
            return parsed
        told = _("Dit is hier geen drempel. Bekend zijn: %(known)s.") % {"known": ", ".join(LABELS[quantity])}
        self.add_error("limit", told)
        return None


class StandardForm(forms.Form):
    """For which results and pupils a standard holds; what is to be reached stands in its tiers."""

    subject = forms.ChoiceField(label=gettext_lazy("Vak"))
    own_subject = forms.RegexField(
        label=gettext_lazy("Ander vak"),
        regex=subjects.CODE,
        required=False,
        max_length=40,
        help_text=gettext_lazy("Alleen kleine letters, cijfers en _, zoals in de resultaten."),
    )
    quantity = forms.ChoiceField(label=gettext_lazy("Waarop kijkt de norm"), choices=list(QUANTITIES.items()))
    moments = ChosenField(label=gettext_lazy("Bij welke toets"), required=False, choices=list(MOMENT_NAMES.items()),
                          help_text=gettext_lazy("Niets aangevinkt: elke toets."))  # fmt: skip
    grades = ChosenField(label=gettext_lazy("Voor welke groepen"), required=False,
                         choices=[(str(grade), str(grade)) for grade in range(1, 9)],
                         help_text=gettext_lazy("Niets aangevinkt: alle groepen."))  # fmt: skip
    dl_from = NumberField(label=gettext_lazy("Didactische leeftijd van (maanden)"), required=False)
    dl_until = NumberField(label=gettext_lazy("tot en met"), required=False)
    instrument = forms.CharField(label=gettext_lazy("Alleen bij deze toets"), max_length=200, required=False,
                                 help_text=gettext_lazy("Zoals de toets in de resultaten heet."))  # fmt: skip
    school_years = forms.CharField(
        label=gettext_lazy("Alleen in deze schooljaren"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld 2026-2027. Meer dan één: met een komma."),
    )
    scope = forms.ChoiceField(label=gettext_lazy("Voor welke leerlingen"), required=False)
    dle_from = NumberField(
        label=gettext_lazy("Eigen laatste DLE vanaf"),
        required=False,
        help_text=gettext_lazy("De laatste DLE van de leerling zelf in dit vak, niet de leertijd of de groep."),
    )
    dle_below = NumberField(label=gettext_lazy("tot"), required=False,
                            help_text=gettext_lazy("Deze DLE zelf hoort er niet meer bij."))  # fmt: skip

    def __init__(self, *args: Any, own: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(code, subjects.label(code, language())) for code in (*subjects.SUBJECTS, *own)]
        self._choices("subject", [*known, (OWN_SUBJECT, _("een ander vak"))])
        lines = [
            (f"destination:{code}", _("met bestemming %(name)s") % {"name": destinations.label(code, language())})
            for code in destinations.DESTINATIONS
        ]
        everyone = [("all", _("alle leerlingen")), ("care", _("leerlingen met extra ondersteuning"))]
        self._choices("scope", [*everyone, *lines])

    def _choices(self, field: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = choices

    @classmethod
    def values(cls, entry: Entry) -> dict[str, Any]:
        """An entry as the form shows it."""
        one = entry.standard
        ages, dles = one.didactic_age or (None, None), one.own_dle or (None, None)
        return {
            "subject": one.subject,
            "quantity": one.quantity,
            "moments": list(entry.moments),
            "grades": [str(grade) for grade in one.grades or ()],
            "dl_from": ages[0],
            "dl_until": ages[1],
            "dle_from": dles[0],
            "dle_below": dles[1],
            "scope": one.scope,
            "instrument": one.instrument or "",
            "school_years": ", ".join(school_year_label(year) for year in one.school_years or ()),
        }

    def clean(self) -> dict[str, Any]:
        """Ranges have two ends, the lowest first."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("subject") == OWN_SUBJECT and not given.get("own_subject") and "own_subject" not in self.errors:
            self.add_error("own_subject", _("Vul in hoe het vak in de resultaten heet."))
        for low, high, most, equal in (
            ("dl_from", "dl_until", MAX_DIDACTIC_AGE, True), ("dle_from", "dle_below", 1000, False)
        ):  # fmt: skip
            if low not in self.errors and high not in self.errors:
                self._range(given, low, high, most, equal)
        return given

    def clean_school_years(self) -> tuple[int, ...] | None:
        """First years of the school years."""
        text = self.cleaned_data["school_years"].strip()
        years = [parse_school_year(part.strip()) for part in text.split(",")] if text else []
        if any(year is None or not 1990 <= year <= 2100 for year in years):
            raise forms.ValidationError(_("Schrijf een schooljaar als 2026-2027."))
        return tuple(sorted({year for year in years if year is not None})) or None

    def _range(self, given: dict[str, Any], low: str, high: str, most: int, equal: bool) -> None:
        first, last = given.get(low), given.get(high)
        if first is None and last is None:
            return
        if first is None:
            given[low] = first = 0.0
        if last is None:
            given[high] = last = float(most if equal else MAX_DLE + 1)
        if not 0 <= first <= MAX_DLE:
            self.add_error(low, _("Vul een getal van 0 tot en met 60 in."))
        elif last < first or (last == first and not equal):
            self.add_error(high, _("De bovengrens ligt boven de ondergrens."))
        elif equal and not (first.is_integer() and last.is_integer()):
            self.add_error(low, _("Een didactische leeftijd is een heel aantal maanden."))

    @property
    def subject_code(self) -> str:
        """The code that was chosen or filled in; empty when neither is right."""
        chosen = str(self.cleaned_data.get("subject", ""))
        return str(self.cleaned_data.get("own_subject", "")) if chosen == OWN_SUBJECT else chosen

    def entry(self, tiers: tuple[Tier, ...]) -> Entry:
        """The standard with these tiers. The form must be valid."""
        given = self.cleaned_data
        ages, dles = (
            None if given[low] is None else (given[low], given[high])
            for low, high in (("dl_from", "dl_until"), ("dle_from", "dle_below"))
        )
        standard = Standard(
            subject=self.subject_code,
            quantity=given["quantity"],
            tiers=tiers,
            grades=tuple(sorted(int(grade) for grade in given["grades"])) or None,
            didactic_age=None if ages is None else (int(ages[0]), int(ages[1])),
            own_dle=dles,
            scope=given["scope"] or "all",
            school_years=given["school_years"],
            instrument=given["instrument"].strip() or None,
        )
        return Entry(standard, tuple(moment for moment in MOMENTS if moment in given["moments"]))


class ChoicesForm(forms.Form):
    """What the standards say of the school as a whole."""

    main_tier = forms.ChoiceField(
        label=gettext_lazy("Hoofdtrede"), required=False, help_text=gettext_lazy("De trede die de trends volgen.")
    )
    school_type = forms.ChoiceField(label=gettext_lazy("Soort school"), required=False)
    care_usual = forms.BooleanField(
        label=gettext_lazy("Wie extra ondersteuning heeft, zoals gebruikelijk bij dit soort school"), required=False
    )
    care = ChosenField(label=gettext_lazy("Anders: wie bij de norm voor extra ondersteuning hoort"), required=False)
    sufficient_from = NumberField(label=gettext_lazy("Methodetoets: voldoende vanaf (procent goed)"))
    good_from = NumberField(label=gettext_lazy("Methodetoets: goed vanaf (procent goed)"))

    def __init__(self, file: StandardsFile, *args: Any, **more: Any) -> None:
        bounds = file.method_bounds
        super().__init__(*args, **more)
        self.initial = {
            "main_tier": file.main_tier or "",
            "school_type": file.school_type or "",
            "care_usual": file.care is None,
            "care": list(file.care or ()),
            "sufficient_from": bounds.sufficient_from,
            "good_from": bounds.good_from,
        }
        names = dict.fromkeys(tier.name for one in file.standards for tier in one.tiers)
        self._choices("main_tier", [("", _("“basis”, anders de eerste")), *((name, name) for name in names)])
        kinds = [(code, str(label)) for code, label in SCHOOL_TYPES.items()]
        self._choices("school_type", [("", _("volgt uit de leerlingen")), *kinds])
        self._choices("care", [(kind, str(CARE_KINDS[kind])) for kind in KINDS])

    def _choices(self, field: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = choices

    def clean(self) -> dict[str, Any]:
        """The bounds rise, between 0 and 100."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = given.get("sufficient_from"), given.get("good_from")
        if low is not None and high is not None and not 0 < low < high <= 100:
            self.add_error("good_from", _("Goed ligt boven voldoende, en hoogstens op 100."))
        return given

    def changed_file(self, file: StandardsFile) -> StandardsFile:
        """The file with these choices. The form must be valid."""
        given = self.cleaned_data
        kind = next((code for code in SCHOOL_TYPES if code == given["school_type"]), None)
        return replace(
            file,
            main_tier=given["main_tier"] or None,
            school_type=cast(Any, kind),
            care=None if given["care_usual"] else tuple(given["care"]),
            method_bounds=MethodBounds(given["sufficient_from"], given["good_from"]),
        )


TierForms = formset_factory(TierForm, extra=0, max_num=MAX_TIERS, validate_max=True)
SHOWN_TIERS = 3
"""So many rows at least; one more than there are tiers."""


def tier_forms(data: Any = None, tiers: tuple[Tier, ...] = ()) -> Any:
    """The rows of the tiers, with what was typed or with these tiers and room for more."""
    if data is not None:
        return _first_required(TierForms(data, prefix="trede"))
    rows = [TierForm.values(tier) for tier in tiers]
    rooms = min(MAX_TIERS, max(SHOWN_TIERS, len(rows) + 1)) - len(rows)
    empty = [{"kind": rows[-1]["kind"] if rows else TierForm.FIXED} for _room in range(rooms)]
    return _first_required(TierForms(initial=rows + empty, prefix="trede"))


def _first_required(rows: Any) -> Any:
    """A standard has at least one tier."""
    for form in rows.forms[:1]:
        for field in form.fields.values():
            field.required = True
    return rows


class FileForm(forms.Form):
    """A standards file."""

    bestand = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("normen.toml, hoogstens 512 kB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,text/plain"}),
    )


class ReasonForm(forms.Form):
    """Why the standards change."""

    note = forms.CharField(
        label=gettext_lazy("Waarom veranderen de normen?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bijvoorbeeld: besproken in de studiedag van juni. Dit staat bij de versie."),
    )
