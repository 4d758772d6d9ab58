"""The figures of an intervention: their Dutch names, formulas, and what they are made of."""

from __future__ import annotations

from typing import Any

from leercirkel.analysis.explain.formula import Formula, Record


def _difference(record: Record, method: Record) -> Any:
    del method
    return None if record["expected"] is None else record["growth"] - record["expected"]


INTERVENTION: dict[str, Formula] = {
    "pupils": Formula(
        "wie meededen", "effect",
        "aantal leerlingen dat op de eerste dag in de genoemde groepen zat, en de leerlingen die met hun nummer zijn "
        "genoemd en dat schooljaar op school zaten",
    ),
    "weeks_planned": Formula("afgesproken weken", "effect", "zoals de school opgeeft"),
    "weeks_given": Formula("gegeven weken", "effect", "zoals de school opgeeft"),
    "carried_out": Formula(
        "uitgevoerd", "effect",
        "gegeven weken ÷ afgesproken weken vanaf het deel dat de school kiest (anders de helft)",
        ("weeks_given", "weeks_planned"),
    ),
    "selected_low": Formula("laagste scores gekozen", "effect", "zoals de school opgeeft"),
    "observed_reached": Formula("doel gezien", "effect", "aantal leerlingen, zoals de school opgeeft"),
    "observed_of": Formula("waargenomen leerlingen", "effect", "zoals de school opgeeft"),
    "observers": Formula("waarnemers", "effect", "zoals de school opgeeft"),
}  # fmt: skip

PERIOD: dict[str, Formula] = {
    "counted": Formula(
        "geteld", "effect", "aantal deelnemers met een uitslag op beide momenten en een verwachting daarvoor"
    ),
    "growth": Formula("groei", "effect", "gemiddelde van (uitslag later − uitslag eerder) per deelnemer", ("counted",)),
    "expected": Formula(
        "verwachte groei", "effect",
        "gemiddelde van de lijn (later op eerder, per jaargroep, met jaar en klas als toeval) bij het beginniveau van "
        "elke deelnemer, min dat beginniveau; uit leerlingen die niet meededen of uit het normbestand",
        ("counted", "expected_from"),
    ),
    "difference": Formula("verschil", "effect", "groei − verwachte groei", ("growth", "expected"), _difference),
    "low": Formula(
        "verschil: waarschijnlijk vanaf", "effect",
        "verschil − t × √(toeval van leerlingen ÷ n + toeval van klassen en jaar + onzekerheid van de lijn)",
        ("difference", "counted"),
    ),
    "high": Formula(
        "verschil: waarschijnlijk tot", "effect",
        "verschil + t × √(toeval van leerlingen ÷ n + toeval van klassen en jaar + onzekerheid van de lijn)",
        ("difference", "counted"),
    ),
    "expected_from": Formula(
        "waar de verwachting vandaan komt", "effect",
        "own_school: leerlingen van de eigen school die niet meededen; norms: het normbestand",
    ),
    "verdict": Formula(
        "oordeel", "effect",
        "more: het hele interval ligt boven nul; less: eronder; anders undecided; not_carried_out, too_few en "
        "no_measure gaan daarvoor",
        ("low", "high", "counted"),
    ),
}  # fmt: skip
