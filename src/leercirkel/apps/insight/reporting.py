"""What can be chosen of a report, and who may have which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.documents.texts import Language

TEAM, NAMED, BOARD = "team", "named", "board"

AUDIENCES: dict[str, Any] = {
    TEAM: _("team, zonder namen"),
    NAMED: _("team, met namen van leerlingen"),
    BOARD: _("bestuur: niets over minder dan vijf leerlingen"),
}
NEEDED: dict[str, tuple[Right, ...]] = {
    TEAM: (Right.SEE_FIGURES,),
    NAMED: (Right.SEE_RESULTS, Right.EXPORT),
    BOARD: (Right.SEE_BOARD,),
}
"""The rights over the whole school that each form asks for. Without names a report holds what the pages show too."""
SHOWS: dict[str, Right] = {TEAM: Right.SEE_FIGURES, NAMED: Right.SEE_RESULTS, BOARD: Right.SEE_BOARD}
"""The right on whose rows each is made."""

FORMS: dict[str, Any] = {
    "pdf": _("PDF, om te lezen en te printen"),
    "xlsx": _("Excel, om verder mee te rekenen"),
    "html": _("webpagina in één bestand"),
    "json": _("JSON, voor andere programma's"),
}
PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "trends": (_("ontwikkeling over de jaren"), ("grade_trend", "cohort_trend")),
    "growth": (_("groei en leerrendement"), ("growth", "learning_yield")),
    "lists": (_("methodetoetsen en observaties"), ("method_tests", "observations")),
    "interventions": (_("wat aanpakken brachten"), ("interventions", "agreements")),
}
"""Parts that may be left out, and what of the report they are. The overview and the answers are always in it."""

STEPS: dict[str, Any] = {
    "collect": _("Gegevens verzamelen"),
    "analyse": _("Rekenen"),
    **{form: _("Document maken") for form in FORMS},
    "preview": _("Voorbeeld maken"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One report: of which round, for whom, in which language, with which parts and in which forms."""

    school_year: int
    moment: str
    audience: str = TEAM
    language: Language = "nl"
    parts: tuple[str, ...] = tuple(PARTS)
    forms: tuple[str, ...] = ("pdf",)

    @property
    def steps(self) -> tuple[str, ...]:
        """What is done one after another."""
        return ("collect", "analyse", *self.forms, "preview")


def choice_of(options: Mapping[str, Any]) -> Choice:
    """The choice as a job keeps it."""
    return Choice(**{**options, "parts": tuple(options["parts"]), "forms": tuple(options["forms"])})


def may_have(sight: Sight, school: int, audience: str) -> bool:
    """Whether the user may have a report of this school in this form."""
    return all(sight.may_at(right, school) for right in NEEDED[audience])


def chosen(report: SchoolReport, parts: tuple[str, ...]) -> SchoolReport:
    """The report without the parts that were not chosen."""
    dropped = [field for part, (_label, fields) in PARTS.items() if part not in parts for field in fields]
    without: dict[str, Any] = dict.fromkeys(dropped, ())
    return replace(report, **without)
