"""A line of the test calendar, and a holiday."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.assessment.words import moment_choices, subject_name
from leercirkel.core.calendar import Holiday, school_year_end, school_year_start
from leercirkel.core.expected import CalendarTest, is_tested, window_dates
from leercirkel.core.subjects import SUBJECTS
from leercirkel.exchange.calendar.holidays import LONGEST
from leercirkel.exchange.fields import MAX_DIDACTIC_AGE

GRADES = range(3, 9)


class TestForm(forms.Form):
    """Which test is expected of whom, and when. `test()` when it is valid."""

    __test__ = False
    vak = forms.ChoiceField(label=gettext_lazy("Vak"))
    toets = forms.CharField(
        label=gettext_lazy("Toets"), max_length=200, help_text=gettext_lazy("Precies zoals hij in de resultaten heet."),
        widget=forms.TextInput(attrs={"list": "toetsen"}),
    )  # fmt: skip
    moment = forms.ChoiceField(label=gettext_lazy("Moment"), choices=moment_choices)
    van = forms.DateField(label=gettext_lazy("Eerste dag"), widget=DateInput())
    tot = forms.DateField(label=gettext_lazy("Laatste dag"), widget=DateInput())
    groepen = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Voor jaargroep"),
        required=False,
        coerce=int,
        choices=[(each, str(each)) for each in GRADES],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Niets aangevinkt: het gaat niet om een jaargroep."),
    )
    dl_van = forms.IntegerField(
        label=gettext_lazy("Didactische leeftijd vanaf (maanden)"), required=False, min_value=0,
        max_value=MAX_DIDACTIC_AGE,
    )  # fmt: skip
    dl_tot = forms.IntegerField(
        label=gettext_lazy("tot en met"), required=False, min_value=0, max_value=MAX_DIDACTIC_AGE
    )

    def __init__(
        self,
        school_year: int,
        others: Iterable[CalendarTest],
        *args: Any,
        now: CalendarTest | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.school_year, self.others, self.now = school_year, tuple(others), now
        known = [*SUBJECTS, *sorted({test.subject for test in self.others} - set(SUBJECTS))]
        subject = self.fields["vak"]
        assert isinstance(subject, forms.ChoiceField)
        subject.choices = [(code, subject_name(code)) for code in known]
        if now is not None:
            first, last = window_dates(now, school_year)
            ages = now.didactic_age or (None, None)
            self.initial = {
                "vak": now.subject, "toets": now.instrument, "moment": now.moment, "van": first, "tot": last,
                "groepen": list(now.grades or ()), "dl_van": ages[0], "dl_tot": ages[1],
            }  # fmt: skip

    def clean_toets(self) -> str:
        """Without superfluous blanks."""
        return " ".join(str(self.cleaned_data["toets"]).split())

    def clean(self) -> dict[str, Any]:
        """Days of this school year in order, whole ages, grades that are tested, and no test twice."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = school_year_start(self.school_year), school_year_end(self.school_year)
        for name in ("van", "tot"):
            if found.get(name) and not start <= found[name] <= end:
                self.add_error(name, _("Kies een dag tussen %(start)s en %(end)s.") % {
                    "start": f"{start:%d-%m-%Y}", "end": f"{end:%d-%m-%Y}",
                })  # fmt: skip
        if found.get("van") and found.get("tot") and found["tot"] < found["van"]:
            self.add_error("tot", _("De laatste dag ligt voor de eerste."))
        ages = (found.get("dl_van"), found.get("dl_tot"))
        if (ages[0] is None) != (ages[1] is None):
            self.add_error("dl_tot", _("Vul beide maanden in, of geen van beide."))
        elif ages[0] is not None and ages[1] is not None and ages[1] < ages[0]:
            self.add_error("dl_tot", _("Zet de laagste maand eerst."))
        wrong = [grade for grade in found.get("groepen", ()) if not is_tested(grade, found.get("moment", "M"))]
        if wrong:
            self.add_error("groepen", _("Groep 8 heeft geen E-toets."))
        if not self.errors:
            made = replace(self.test(), window=((8, 1), (7, 31)))
            if any(replace(other, window=((8, 1), (7, 31))) == made for other in self.others if other != self.now):
                self.add_error("toets", _("Deze toets staat al in de kalender voor dezelfde leerlingen."))
        return found

    def test(self) -> CalendarTest:
        """The line of the calendar."""
        found = self.cleaned_data
        van: date = found["van"]
        tot: date = found["tot"]
        ages = (found["dl_van"], found["dl_tot"])
        return CalendarTest(
            found["vak"], found["toets"], found["moment"], tuple(sorted(found["groepen"])) or None,
            ages if ages[0] is not None else None, ((van.month, van.day), (tot.month, tot.day)),
            self.now.school_years if self.now else None,
        )  # fmt: skip


class HolidayForm(forms.Form):
    """Days on which no test is taken."""

    naam = forms.CharField(label=gettext_lazy("Vakantie"), max_length=80)
    eerste = forms.DateField(label=gettext_lazy("Eerste dag"), widget=DateInput())
    laatste = forms.DateField(label=gettext_lazy("Laatste dag"), widget=DateInput())

    def __init__(self, school_year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school_year = school_year

    def clean(self) -> dict[str, Any]:
        """In order, of this school year, and not longer than a summer."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("eerste"), found.get("laatste")
        if first and not school_year_start(self.school_year) <= first <= school_year_end(self.school_year):
            self.add_error("eerste", _("Deze dag ligt niet in dit schooljaar."))
        if first and last and last < first:
            self.add_error("laatste", _("De laatste dag ligt voor de eerste."))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("laatste", _("Deze vakantie is te lang. Kijk de maanden na."))
        return found

    def holiday(self) -> Holiday:
        """The holiday."""
        found = self.cleaned_data
        name = "".join(c if c.isprintable() else " " for c in found["naam"])
        return Holiday(" ".join(name.split()), found["eerste"], found["laatste"])
