"""What stands in the cells of the workbook in Dutch, and on its paper."""

from __future__ import annotations

from typing import ClassVar

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.documents.texts.nl.sheets import COLUMNS, OTHERWISE, SHEETS
from leercirkel.documents.texts.nl.words import Words


class Workbook(Words):
    """Names of sheets, heads, and the words in their cells."""

    columns = COLUMNS
    sheets = SHEETS
    otherwise = OTHERWISE
    nothing = "Hier is niets over te zeggen in deze ronde."
    paper_foot = "Blz. &P van &N"
    day_format = "[$-413]d mmmm yyyy"

    questions = QUESTIONS
    yes = "ja"
    no = "nee"
    whole_group = "hele groep"
    part_of = "deel van de groep"
    all_groups = "hele school"
    units: ClassVar[dict[str, str]] = {"score": "score", "dle": "DLE", "avi": "AVI-niveaus"}
    ways: ClassVar[dict[str | None, str]] = {
        "up": "stijgt", "down": "daalt", "none": "geen stijging of daling te zien", None: "",
    }  # fmt: skip
    effects: ClassVar[dict[str, str]] = {
        "more": "groeide meer dan verwacht",
        "less": "groeide minder dan verwacht",
        "undecided": "kan toeval zijn",
        "not_carried_out": "niet uitgevoerd",
        "too_few": "te weinig leerlingen",
        "no_measure": "geen twee metingen",
    }
    expected_from: ClassVar[dict[str | None, str]] = {
        "norms": "normtabel van de toets",
        "own_school": "eigen school",
        None: "",
    }
    protects = "niet getoond: anders is een kleine groep uit te rekenen"
    beyond: ClassVar[dict[str, str]] = {"<": "minder dan", ">": "meer dan"}
    """Of a DLE off the scale."""
    percentile_lacks: ClassVar[dict[str, str]] = {
        "no_earlier": "een eerdere score ontbreekt", "outside": "een eerdere score ligt buiten de groeinorm",
    }  # fmt: skip

    kinds: ClassVar[dict[str, str]] = {
        "overview": "uitslag van een groep",
        "totals": "uitslag van de school",
        "absent": "wie geen uitslag heeft",
        "tier": "doel",
        "mean": "gemiddelde",
        "levels": "niveaus",
        "pool": "jaren samen",
        "grade_trend": "trend",
        "cohort_trend": "zelfde leerlingen",
        "growth": "groei",
        "growth_percentiles": "groeipercentielen",
        "learning_yield": "leerrendement",
        "destination_changes": "aangepaste bestemmingen",
        "interventions": "aanpak",
        "test_advices": "toetsadviezen",
        "method_tests": "methodetoetsen",
        "observations": "observaties",
        "group": "groep",
        "agreements": "afspraak",
        "answers": "antwoord",
        "column": "toets",
    }
    """What a withheld figure is about."""

    school_code = "Schoolcode"
    round_word = "Ronde"
    as_of = "Stand van"
    reading = "Inlezen"
    files_used = "Gebruikte bestanden"

    def kept_figure(self, day: str) -> str:
        """Why a figure is that of an earlier report."""
        return f"zoals in het rapport van {self.day(day)}: sindsdien veranderde te weinig"

    def how_to_read(self, few: int, sure: str) -> list[tuple[str, str]]:
        """How to read the sheets: topic and text. `few`: fewer pupils get no verdict; `sure`: how often intervals
        hold."""
        verdicts = self.verdicts
        return [
            (
                "Deze werkmap",
                "Elk blad beantwoordt een vraag over deze ronde; op het blad Trend staan ook de jaren ervoor. "
                "Getallen zijn niet afgerond: de opmaak toont er minder. Een leeg vakje is onbekend of niet van "
                "toepassing, nooit nul.",
            ),
            (
                "Oordeel",
                f"▲ {verdicts['above']}, ▼ {verdicts['below']}, ○ {verdicts['undecided']}, "
                f"·· {self.fewer_pupils_than(few)}.",
            ),
            (
                "Vanaf en tot",
                "Waarschijnlijk tussen deze twee: het interval van Wilson bij een aandeel, in deze werkmap "
                f"altijd als percentage, en het t-interval bij een gemiddelde ({sure}).",
            ),
            (
                "Een ' voor een tekst",
                "Een tekst uit een bestand die met = + - of @ begint, kreeg een ' ervoor. Anders zou een "
                "rekenprogramma hem uitvoeren.",
            ),
        ]
