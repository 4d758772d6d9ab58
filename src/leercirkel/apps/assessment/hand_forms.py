"""The form for one result by hand: what that test holds, checked as the readers of files check it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.assessment.actions.hand import Entered
from leercirkel.apps.assessment.hand import CATCH_UP, REASONS, TestName
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.assessment.selectors.hand import MEASURES, Shape, may_write
from leercirkel.apps.assessment.words import subject_name
from leercirkel.core import dle, subjects
from leercirkel.core.calendar import Holiday, moment_of, school_year_end, school_year_of, school_year_start
from leercirkel.core.levels import MAIN_LABELS
from leercirkel.core.reading import AVI_LEVELS
from leercirkel.core.reference import REFERENCE_RANKS
from leercirkel.exchange.tables.checks import FIRST_YEAR, HIGHEST_DLE, HIGHEST_SCORE

TEST_LEVELS = tuple(f"{moment}{grade}" for grade in range(3, 9) for moment in "BME" if f"{moment}{grade}" != "E8")
_FAR = 2
"""Grades between a test and the pupil, beyond which it is asked whether that is right."""


@dataclass(frozen=True, slots=True)
class About:
    """Whose result it is and of what. `test` None: a test that is not in the calendar. `grade` on the day of today."""

    test: TestName | None
    shape: Shape
    subjects: frozenset[str] | None
    grade: int | None
    born: date | None
    holidays: tuple[Holiday, ...]
    school_year: int


class ResultForm(forms.Form):
    """A result of one test: `entered()` when it is valid. `questions`: what must be confirmed before it is kept."""

    taken_on = forms.DateField(label=gettext_lazy("Gemaakt op"), widget=DateInput())
    reason = forms.ChoiceField(label=gettext_lazy("Waarom met de hand"), choices=list(REASONS.items()))

    def __init__(self, about: About, *args: Any, now: Result | None = None, own_level: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about, self.questions = about, list[str]()
        made: dict[str, forms.Field] = {}
        if about.test is None:
            made |= _other_test(about)
        made["taken_on"] = self.fields["taken_on"]
        made["taken_on"].initial = clock.today()
        for name in MEASURES if about.test is None else about.shape.measures:
            made[name] = _measure(name, about.shape)
        if about.test is not None and len(about.shape.versions) > 1:
            named = [(version, version or _("zonder versie")) for version in about.shape.versions]
            made["version"] = forms.ChoiceField(label=_("Versie van de toets"), choices=named, required=False)
        made["test_level"] = forms.ChoiceField(
            label=_("Toets op maat"), required=False, initial=own_level,
            choices=[("", _("dezelfde toets als de groep")), *((level, level) for level in TEST_LEVELS)],
        )  # fmt: skip
        made["reason"] = self.fields["reason"]
        made["reason"].initial = "correction" if now is not None else CATCH_UP if about.test is not None else "newcomer"
        self.fields = made
        if now is not None:
            self._fill(now)

    def _fill(self, now: Result) -> None:
        for name in (*MEASURES, "taken_on", "version", "test_level"):
            if name in self.fields:
                value = getattr(now, name)
                self.fields[name].initial = f"{value:g}".replace(".", ",") if isinstance(value, float) else value
        if "dle" in self.fields and now.dle is not None:
            self.fields["dle"].initial = dle.Dle(now.dle, now.dle_operator or "=").text  # type: ignore[arg-type]
        level = self.fields["test_level"]
        if now.test_level and now.test_level not in TEST_LEVELS and isinstance(level, forms.ChoiceField):
            level.choices = [*level.choices, (now.test_level, now.test_level)]  # type: ignore[misc]

    def clean_taken_on(self) -> date:
        """Not a day to come, nor before the pupil was born."""
        day: date = self.cleaned_data["taken_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Deze dag moet nog komen."))
        if day.year < FIRST_YEAR or (self.about.born is not None and day <= self.about.born):
            raise forms.ValidationError(_("Op deze dag kan de toets niet zijn gemaakt. Kijk het jaar na."))
        return day

    def clean(self) -> dict[str, Any]:
        """At least one measure; and the questions."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(found.get(name) not in (None, "") for name in MEASURES):
            first = next(name for name in MEASURES if name in self.fields)
            self.add_error(first, _("Vul minstens één uitslag in."))
        if found.get("subject") and not may_write(self.about.subjects, found["subject"]):
            self.add_error("subject", _("Van dit vak voer je geen uitslagen in."))
        if not self.errors:
            self.questions = list(self._questions(found))
        return found

    def _questions(self, found: dict[str, Any]) -> Sequence[str]:
        day: date = found["taken_on"]
        asked = []
        if free := next((each for each in self.about.holidays if each.first <= day <= each.last), None):
            asked.append(_("Deze dag valt in een vakantie (%s). Meestal is dat de dag van invoeren.") % free.name)
        year = self.about.school_year
        if self.about.test is not None and not school_year_start(year) <= day <= school_year_end(year):
            asked.append(_("Deze dag ligt niet in dit schooljaar."))
        level = found.get("test_level") or ""
        if level[1:].isdigit() and self.about.grade and abs(int(level[1:]) - self.about.grade) > _FAR:
            asked.append(_("Deze toets ligt meer dan twee leerjaren van het leerjaar van de leerling."))
        return asked

    def entered(self) -> Entered:
        """What was filled in, as the table has it."""
        found, test = self.cleaned_data, self.about.test
        day: date = found["taken_on"]
        months: dle.Dle | None = found.get("dle")
        of_round = school_year_of(day) == self.about.school_year
        version = found.get("version")
        if version is None:
            version = self.about.shape.versions[0] if test is not None else ""
        return Entered(
            school_year=school_year_of(day),
            taken_on=day,
            moment=test.moment if test is not None and of_round else moment_of(day),
            subject=test.subject if test is not None else found["subject"],
            instrument=test.instrument if test is not None else found["instrument"],
            version=version,
            test_level=found.get("test_level") or "",
            score=found.get("score"),
            level=found.get("level") or "",
            dle=months.months if months else None,
            dle_operator=months.operator if months else "",
            percentile=found.get("percentile"),
            avi=found.get("avi") or "",
            reference_level=found.get("reference_level") or "",
        )


def _other_test(about: About) -> dict[str, forms.Field]:
    known = [code for code in subjects.SUBJECTS if may_write(about.subjects, code)]
    return {
        "subject": forms.ChoiceField(label=_("Vak"), choices=[(code, subject_name(code)) for code in known]),
        "instrument": forms.CharField(
            label=_("Toets"), max_length=200, help_text=_("Zoals hij op het uitslagformulier heet.")
        ),
        "version": forms.CharField(label=_("Versie van de toets"), max_length=200, required=False),
    }


class NumberField(forms.CharField):
    """A number as people write it, with a comma or a point, between two bounds."""

    def __init__(self, low: float, high: float, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_length=20, required=False, widget=widget, **kwargs)
        self.low, self.high = low, high

    def clean(self, value: Any) -> float | None:
        """The number, None for nothing. Raises ValidationError."""
        text = super().clean(value).strip().replace(",", ".")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            raise forms.ValidationError(_("Schrijf een getal, zoals 104 of 104,5.")) from None
        if not self.low <= number <= self.high:  # also what is no number at all
            raise forms.ValidationError(
                _("Een getal tussen %(low)g en %(high)g.") % {"low": self.low, "high": self.high}
            )
        return number


class DleField(forms.CharField):
    """A DLE: 35, >60, <1."""

    def clean(self, value: Any) -> dle.Dle | None:
        """The DLE, None for nothing. Raises ValidationError."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            found = dle.parse(text)
        except ValueError:
            found = None
        if found is None or found.months > HIGHEST_DLE:
            raise forms.ValidationError(_("Schrijf maanden, zoals 35, >60 of <1."))
        return found


def _measure(name: str, shape: Shape) -> forms.Field:
    return _FIELDS[name](shape)


def _choice(label: Any, values: Sequence[str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *((each, each) for each in values)])


def _levels(shape: Shape) -> forms.Field:
    scales = [shape.scale] if shape.scale else list(MAIN_LABELS)
    labels: list[str] = []
    for scale in scales:
        labels += reversed(MAIN_LABELS[scale])
        if scale == "I-V":
            labels = ["I+", *labels, "V-"]
    return _choice(_("Niveau"), labels)


_FIELDS: dict[str, Callable[[Shape], forms.Field]] = {
    "score": lambda shape: NumberField(0, HIGHEST_SCORE, label=_("Vaardigheidsscore")),
    "level": _levels,
    "dle": lambda shape: DleField(label=_("DLE"), required=False, max_length=10),
    "avi": lambda shape: _choice(_("AVI-niveau dat wordt beheerst"), AVI_LEVELS),
    "percentile": lambda shape: NumberField(0, 100, label=_("Percentiel")),
    "reference_level": lambda shape: _choice(_("Referentieniveau"), tuple(REFERENCE_RANKS)),
}
