"""What the person who checks a file should know besides its faults: one line per kind, with a count."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.exchange.edexml.codes import COMBINATION, SPECIAL
from leercirkel.exchange.edexml.collect import Collector
from leercirkel.exchange.edexml.fields import who
from leercirkel.exchange.edexml.model import Pupil, Roster, has_left
from leercirkel.exchange.edexml.report import Report

_MAX_NAMED = 20


def tell_what_was_passed_over(collected: Collector, report: Report) -> None:
    """Private fields, supplier's blocks, unknown elements and fields given twice. Never a value, only names."""
    if collected.dropped:
        message = f"Niet ingelezen, want niet nodig of niet toegestaan: {_names(collected.dropped)}."
        advice = "Laat deze gegevens zo mogelijk uit de export weg."
        report.add("notice", "private-fields-dropped", message, advice, row=min(collected.dropped.values()))
    if collected.restricted:
        count = len(collected.restricted)
        number = "1 leerling" if count == 1 else f"{count} leerlingen"
        message = f"Bij {number} staat iets over een geheim (afgeschermd) adres; het is niet gelezen en niet bewaard."
        advice = "Laat adressen uit de export weg, en bewaar dit bestand niet op een gedeelde plek."
        report.add("notice", "restricted-address", message, advice, row=min(collected.restricted.values()))
    if collected.blocks:
        message = f"Eigen blokken van de leverancier (toevoegingen) zijn overgeslagen: {len(collected.blocks)} keer."
        advice = "U hoeft niets te doen."
        report.add("notice", "additions-skipped", message, advice, row=collected.blocks[0], field="toevoegingen")
    if collected.unknown:
        message = f"Onbekende elementen zijn overgeslagen: {_names(collected.unknown)}."
        advice = "Controleer of er niets bij is dat u mist."
        report.add("notice", "elements-unknown", message, advice, row=min(collected.unknown.values()))
    for record, name, line in collected.repeated:
        message = f"Het veld staat meer dan eens bij {who(record)}; het eerste is gebruikt."
        report.add("warning", "field-repeated", message, "Haal het tweede weg.", row=line, field=name)


def tell_about(roster: Roster, report: Report) -> None:
    """Dummy keys, leavers, grade S, grades that differ from the group's, and pupils without a birth date."""
    groups = {group.key: group for group in roster.groups}
    present = [pupil for pupil in roster.pupils if not has_left(pupil, roster)]
    _count(
        report,
        [pupil for pupil in roster.pupils if not pupil.stable_key],
        "dummy-keys",
        "{n} met een tijdelijke sleutel (begint met #): daarop wordt niet gekoppeld met andere bestanden of jaren.",
        "Er wordt gekoppeld en over de jaren gevolgd op naam en geboortedatum; zorg dat die kloppen.",
        "leerling/@key",
    )
    _count(
        report,
        [pupil for pupil in roster.pupils if has_left(pupil, roster)],
        "leavers",
        "Al uitgestroomd op de peildatum: {n}.",
        "U hoeft niets te doen: zij tellen vanaf die dag niet meer mee.",
        "uitstroomdatum",
    )
    _count(
        report,
        [pupil for pupil in present if pupil.grade == SPECIAL],
        "grade-special",
        "{n} met jaargroep S (speciaal onderwijs): trends gaan dan op didactische leeftijd.",
        "Zorg dat start_ondw_jgr3 in de export staat; daaruit volgt de didactische leeftijd.",
        "jaargroep",
    )
    _count(
        report,
        [
            pupil
            for pupil in present
            if pupil.group is not None and groups[pupil.group].grade not in (COMBINATION, pupil.grade) and pupil.grade
        ],
        "grade-differs-from-group",
        "{n} met een andere jaargroep dan de groep; de eigen jaargroep telt.",
        "Controleer of dit klopt; geef een combinatiegroep de code C.",
        "jaargroep",
    )
    _count(
        report,
        [pupil for pupil in present if pupil.birth_date is None],
        "birth-date-missing",
        "{n} zonder bruikbare geboortedatum: koppelen kan dan alleen op leerlingnummer.",
        "Neem de geboortedatum op in de export.",
        "geboortedatum",
    )


def _count(report: Report, pupils: Sequence[Pupil], code: str, message: str, advice: str, field: str) -> None:
    if pupils:
        number = "1 leerling" if len(pupils) == 1 else f"{len(pupils)} leerlingen"
        report.add("notice", code, message.format(n=number), advice, row=pupils[0].row, field=field)


def _names(lines: dict[str, int]) -> str:
    names = sorted(lines)
    more = f" en nog {len(names) - _MAX_NAMED}" if len(names) > _MAX_NAMED else ""
    return ", ".join(names[:_MAX_NAMED]) + more
