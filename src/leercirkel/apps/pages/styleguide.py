"""What the style guide shows: invented pupils, invented counts, and a form with every kind of field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from leercirkel.analysis.funnel import funnel, limits
from leercirkel.analysis.model import TierResult
from leercirkel.apps.pages.tables import Column
from leercirkel.core.verdicts import judge_share
from leercirkel.documents import charts


@dataclass(frozen=True, slots=True)
class SamplePupil:
    """A row of the table; has what a name needs."""

    id: int
    first_name: str
    prefix: str
    surname: str
    group: str
    born: date
    arithmetic: int | None
    arrangement: str
    tone: str = ""


PUPILS = (
    SamplePupil(1, "Amir", "", "Bouzid", "Uilen", date(2016, 4, 12), 18, "basis"),
    SamplePupil(2, "Bo", "van der", "Linden", "Uilen", date(2016, 1, 3), 12, "zeer intensief", "warmer"),
    SamplePupil(3, "Chaima", "", "El Amrani", "Reigers", date(2015, 11, 27), None, "basis"),
    SamplePupil(4, "Daan", "de", "Wit", "Uilen", date(2016, 7, 19), 14, "intensief", "warm"),
    SamplePupil(5, "Elif", "", "Yıldız", "Reigers", date(2016, 2, 8), 27, "verdiept", "blue"),
)
COLUMNS = (
    Column("naam", _("Leerling"), by=("surname", "first_name")),
    Column("groep", _("Groep"), by=("group", "surname")),
    Column("geboren", _("Geboren"), by=("born",)),
    Column("rekenen", _("Rekenen (DLE)"), by=("arithmetic",), numeric=True),
    Column("aanpak", _("Voorstel")),
)


def cell(reached: int, counted: int, share: float = 0.75) -> TierResult:
    """A count with its real goal, interval and verdict."""
    j = judge_share(reached, counted, share)
    return TierResult(
        name="basis", scope="all", threshold=20.0, target_share=share, counted=counted, reached=reached,
        share=j.share, low=j.low, high=j.high, goal_count=j.goal_count, reached_goal=j.reached_goal, verdict=j.verdict,
    )  # fmt: skip


CELLS = (
    ("Merels", (cell(6, 9), cell(7, 13), cell(8, 13), cell(0, 0))),
    ("Uilen", (cell(6, 15), cell(12, 15), cell(11, 15), cell(10, 15))),
    ("Reigers", (cell(9, 15), cell(15, 15), cell(12, 14), cell(11, 15))),
    ("School", (cell(62, 99), cell(91, 103), cell(71, 102), cell(78, 102))),
)
GOALS = (cell(6, 15), cell(15, 15), cell(11, 15), cell(3, 6))


def pupil_line() -> SafeString:
    """A pupil beside the school's line and that of the destination, on two versions of a test."""
    points = [
        charts.LinePoint("midden 24-25", 6, "6", norm=6.8, destination=8.0),
        charts.LinePoint("eind 24-25", 9, "9", norm=9.0, destination=10.7),
        charts.LinePoint("midden 25-26", 10, "10", anew=True, norm=11.3, destination=13.3),
        charts.LinePoint("midden 26-27", 17, "17", norm=15.8, destination=18.7),
    ]
    said = _("midden 24-25 6; eind 24-25 9; midden 25-26 10, andere versie; midden 26-27 17")
    drawn = charts.pupil_line(
        points, str(said), norm_label=str(_("eigen norm")), destination_label=str(_("uitstroom")), axis="{:.0f}".format
    )
    return mark_safe(drawn)  # noqa: S308 (charts escape)


COLOURS = (
    ("paper", _("papier")),
    ("card", _("kaart")),
    ("ink", _("inkt")),
    ("soft", _("zachte inkt")),
    ("line", _("lijn")),
    ("edge", _("rand van wat je kunt invullen")),
    ("brand", _("merk")),
    ("brand-soft", _("merk, zacht")),
    ("above", _("duidelijk boven")),
    ("below", _("duidelijk onder")),
    ("undecided", _("kan toeval zijn")),
    ("focus", _("waar je bent")),
)


def schools_chart() -> SafeString:
    """Three invented schools within the limits around a norm."""
    norm, schools = 0.75, (("De Aar", 31, 52), ("De Berk", 70, 90), ("De Vlier", 20, 24))

    def edge(counted: int) -> charts.FunnelEdge:
        found = limits(counted, norm)
        ends = (found.low, found.high, found.outer_low, found.outer_high)
        return charts.FunnelEdge(counted, *(each / counted for each in ends))

    made = funnel([(name, reached, counted, norm) for name, reached, counted in schools])
    marks = [charts.FunnelMark(p.school, p.counted, p.share, norm, p.verdict, edge(p.counted)) for p in made.points]
    drawn = charts.funnel(
        marks, [edge(counted) for counted in range(5, 101, 5)], norm, str(_("Drie scholen tegen hun norm")),
        axis=lambda share: f"{share:.0%}", norm_label="norm", across=str(_("leerlingen")),
    )  # fmt: skip
    return mark_safe(drawn)  # noqa: S308 (charts escape)


class SampleForm(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label=_("Naam van de groep"), max_length=40, help_text=_("Zoals de kinderen hem noemen."))
    email = forms.EmailField(label=_("E-mailadres"))
    day = forms.DateField(label=_("Vanaf"), widget=forms.DateInput(attrs={"type": "date"}))
    count = forms.IntegerField(label=_("Aantal leerlingen"), min_value=1, max_value=40)
    subject = forms.ChoiceField(label=_("Vak"), choices=[("", _("Kies een vak")), ("rekenen", _("rekenen"))])
    pace = forms.ChoiceField(
        label=_("Hoe vaak"), choices=[("day", _("elke dag")), ("week", _("elke week"))], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label=_("Op welke dagen"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("mon", _("maandag")), ("tue", _("dinsdag")), ("wed", _("woensdag"))],
    )  # fmt: skip
    why = forms.CharField(label=_("Waarom"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("Bestand"), required=False, help_text=_("EDEXML of een tabel, tot 50 MB."))
    agreed = forms.BooleanField(label=_("Dit is met het team besproken"))


def form_with_faults() -> SampleForm:
    """The form as it comes back when a lot is wrong."""
    wrong: dict[str, Any] = {"name": "", "email": "iemand", "day": "31-2-2027", "count": "0", "pace": "day"}
    form = SampleForm(wrong, auto_id="fout_%s")
    form.only_shown = True  # type: ignore[attr-defined]  # and does not take the focus
    form.add_error(None, _("De groep heeft al een rooster voor deze week."))
    return form
