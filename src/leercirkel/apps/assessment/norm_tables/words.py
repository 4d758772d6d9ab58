"""Norm tables in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.assessment.standards.words import subject_name
from leercirkel.core.calendar import school_year_label
from leercirkel.core.norms import NormTable
from leercirkel.exchange.normtables.contents import Content

if TYPE_CHECKING:
    from leercirkel.analysis.growth_norms.cohort import NormTable as GrowthNormTable

RIGHTS: dict[str, Any] = {
    "licence": gettext_lazy("onze licentie: die staat toe dat wij de tabel in een eigen systeem gebruiken"),
    "permission": gettext_lazy("toestemming van de uitgever voor dit gebruik"),
    "own": gettext_lazy("het is een eigen tabel van de school of het bestuur"),
    "public": gettext_lazy("de tabel is openbaar en vrij te gebruiken"),
}
"""By what right a school uses a table: codes that stand in the database."""
POPULATIONS: dict[str, Any] = {
    "pupil": gettext_lazy("leerlingen"),
    "group_mean": gettext_lazy("groepsgemiddelden"),
}
KINDS: dict[str, Any] = {
    "level": gettext_lazy("niveaus"),
    "percentile": gettext_lazy("percentielen"),
    "mean_sd": gettext_lazy("gemiddelde en spreiding"),
    "dle": gettext_lazy("DLE"),
    "sem": gettext_lazy("meetfout"),
}


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One line of what is in a file."""

    test: str
    subject: str
    population: str
    grades: str
    moments: str
    kinds: str
    tables: int
    valid_from: date | None
    valid_until: date | None
    over: bool


def content_row(content: Content, today: date) -> ContentRow:
    """One line in words; `over`: a table of it has ended."""
    return ContentRow(
        " ".join(part for part in (content.instrument, content.version) if part),
        subject_name(content.subject),
        str(POPULATIONS[content.population]),
        ", ".join(map(str, content.grades)) or _("alle"),
        ", ".join(content.moments) or _("alle"),
        ", ".join(str(KINDS[kind]) for kind in content.kinds),
        content.tables,
        content.valid_from,
        content.valid_until,
        content.valid_until is not None and content.valid_until < today,
    )


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One growth norm of a file."""

    test: str
    subject: str
    earlier: str
    to: str
    scores: str
    pupils: int
    years: str


def growth_rows(tables: Sequence[GrowthNormTable]) -> list[GrowthRow]:
    """The growth norms in words, in their order."""
    if not tables:
        return []
    from leercirkel.exchange.growth_norms.contents import contents  # brings numpy, for a file that few have

    return [
        GrowthRow(
            " ".join(part for part in (one.instrument, one.version) if part),
            subject_name(one.subject),
            ", ".join(map(_occasion, reversed(one.earlier))),
            _occasion(one.to),
            ", ".join(_score_range(at, *ends) for at, ends in zip(one.earlier[::-1], one.scores[::-1], strict=True)),
            one.pupils,
            _years(*one.school_years),
        )
        for one in contents(tables)
    ]


def _years(first: int, last: int) -> str:
    if first == last:
        return school_year_label(first)
    return _("%(first)s t/m %(last)s") % {"first": school_year_label(first), "last": school_year_label(last)}


def _score_range(at: str, low: float, high: float) -> str:
    ends = {"at": _occasion(at), "low": _number(low), "high": _number(high)}
    return _("%(at)s: %(low)s t/m %(high)s") % ends


def _number(value: float) -> str:
    rounded = round(value, 1)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)


def _occasion(written: str) -> str:
    """ "5/M" as teachers say it: "M5"."""
    grade, _slash, moment = written.partition("/")
    return f"{moment}{grade}"


def right_words(code: str) -> str:
    """By what right; what is no code was written out."""
    return str(RIGHTS.get(code, code))


def table_words(table: NormTable) -> str:
    """Which test and for whom, without what a line of the file says beside."""
    test = " ".join(part for part in (table.instrument, table.version) if part)
    return f"{test}, {subject_name(table.subject)}, {POPULATIONS[table.population]}"
