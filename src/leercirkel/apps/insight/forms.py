"""What is chosen of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.sight import Sight
from leercirkel.apps.insight.reporting import AUDIENCES, FORMS, PARTS, Choice, may_have
from leercirkel.apps.insight.talking import LONGEST, QUESTIONS
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.apps.pages.names import written
from leercirkel.core.calendar import school_year_label
from leercirkel.documents.texts import texts_of


class ReportForm(forms.Form):
    """One report of one school: only what the user may have stands among the choices."""

    ronde = forms.ChoiceField(label=_("Ronde"))
    voor = forms.ChoiceField(label=_("Voor wie"), widget=forms.RadioSelect)
    delen = forms.MultipleChoiceField(
        label=_("Wat erin staat"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, label) for code, (label, _fields) in PARTS.items()],
        help_text=_("Het overzicht en de antwoorden in woorden staan er altijd in."),
    )
    vormen = forms.MultipleChoiceField(
        label=_("Als"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(FORMS.items()),
        error_messages={"required": _("Kies minstens één vorm.")},
    )
    taal = forms.ChoiceField(label=_("Taal"), choices=[("nl", "Nederlands"), ("en", "English")])

    def __init__(
        self, data: Any, *, sight: Sight, school: School, rounds: Sequence[tuple[int, str]], language: str
    ) -> None:
        told = [code for code in AUDIENCES if may_have(sight, school.pk, code)]
        first = {"voor": told[0], "delen": list(PARTS), "vormen": ["pdf"], "taal": language}
        super().__init__(data, initial=first)
        self._choices("ronde", [(f"{year}-{moment}", round_label(year, moment)) for year, moment in rounds])
        self._choices("voor", [(code, AUDIENCES[code]) for code in told])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices

    def choice(self) -> Choice:
        """What was chosen, of a form that is valid."""
        told = self.cleaned_data
        year, _dash, moment = told["ronde"].partition("-")
        return Choice(
            int(year),
            moment,
            told["voor"],
            told["taal"],
            tuple(part for part in PARTS if part in told["delen"]),
            tuple(form for form in FORMS if form in told["vormen"]),
        )


def round_label(school_year: int, moment: str) -> str:
    """A round as it is said: midden 2026-2027; of no moment the year alone."""
    label = school_year_label(school_year)
    return texts_of("en" if get_language() == "en" else "nl").moment(label, moment) if moment else label


class NotesForm(forms.Form):
    """What a teacher writes on a talk sheet; every box may stay empty."""

    def __init__(self, data: Any = None, *, texts: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(texts))
        for code, question in QUESTIONS.items():
            self.fields[code] = forms.CharField(
                label=question, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
            )

    def texts(self) -> dict[str, str]:
        """What was written, by box, of a form that is valid; empty boxes left out."""
        return {code: text for code in QUESTIONS if (text := self.cleaned_data[code].strip())}


NAMELESS = "geen"


class PasteForm(forms.Form):
    """How pupils are called in a text to paste: by default not at all. No names while they are hidden on this device;
    what is not a choice counts as none."""

    namen = forms.ChoiceField(
        label=_("Namen"),
        choices=[(NAMELESS, _("geen namen")), ("voornaam", _("voornaam")), ("initialen", _("initialen"))],
    )

    def __init__(self, data: Any, *, hidden: bool) -> None:
        asked = data.get("namen", NAMELESS)
        known = asked in ("voornaam", "initialen") and not hidden
        self.style: str = asked if known else NAMELESS
        super().__init__(initial={"namen": self.style})

    def called(self, pupil: Pupil) -> str:
        """The pupil's name in the text; empty without names."""
        if self.style == NAMELESS:
            return ""
        if self.style == "voornaam":
            return written(pupil, "first")
        return "".join(f"{part[:1]}." for part in (pupil.first_name, pupil.surname) if part)


class WithdrawForm(forms.Form):
    """Why a sheet is taken back."""

    reden = forms.CharField(label=_("Waarom"), max_length=200)
