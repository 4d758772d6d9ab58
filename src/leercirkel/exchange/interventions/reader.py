"""Interventions and agreements (TOML) → `core.interventions`. The format is described in docs/gebruik/aanpakken.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Literal, get_args

from leercirkel.analysis.model import Agreement
from leercirkel.core.calendar import school_year_label
from leercirkel.core.interventions import CARRIED_OUT_FROM, Intervention, Observed
from leercirkel.exchange import fields
from leercirkel.exchange.interventions import values as own
from leercirkel.exchange.interventions.model import InterventionsFile
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.toml_tables import (
    Table,
    check_keys,
    decode,
    is_number,
    item_table,
    one_of,
    parse,
    suggestion,
    tables,
    text_of,
)

TOP_FIELDS = ("school_name", "carried_out_from", "intervention", "agreement")
FIELDS = (
    "name",
    "subject",
    "instrument",
    "from",
    "until",
    "weeks_planned",
    "weeks_given",
    "groups",
    "instruction_groups",
    "pupils",
    "selected",
    "observed",
)
OBSERVED_FIELDS = ("goal", "reached", "of", "observers")
AGREEMENT_FIELDS = ("school_year", "moment", "text", "done", "subject", "group")
SELECTED = {"all": False, "alle": False, "lowest": True, "laagste": True}
Done = Literal["done", "partly", "not_done"]
DONE: dict[str, Done] = {
    "done": "done", "gedaan": "done", "ja": "done",
    "partly": "partly", "deels": "partly", "deels gedaan": "partly",
    "not_done": "not_done", "not done": "not_done", "niet": "not_done", "niet gedaan": "not_done", "nee": "not_done",
}  # fmt: skip
DONE_CODES: tuple[Done, ...] = get_args(Done)


def read(data: bytes, name: str) -> tuple[InterventionsFile | None, list[Problem]]:
    """The interventions and agreements in a TOML file, and everything that is wrong with it, in the order of the file.

    One with an error is left out, the others are still returned; None when nothing could be read. Never raises.
    """
    text, problems = decode(data, name)
    if text is None:
        return None, problems
    values, faults = parse(text, name)
    problems += faults
    if values is None:
        return None, problems
    top = Table(name, "", values, problems)
    check_keys(top, TOP_FIELDS)
    fields.optional_text(top, "school_name", "de naam van de school")
    part = _carried_out_from(top)
    read_tables: list[tuple[Table, Intervention | None]] = []
    agreements: list[Agreement] = []
    if "intervention" in values or "agreement" not in values:
        found = tables(text, values, "intervention", "aanpak", name, problems)
        read_tables = [(table, _intervention(table)) for table in found]
    if "agreement" in values:
        found = tables(text, values, "agreement", "afspraak", name, problems)
        agreements = [made for table in found if (made := _agreement(table)) is not None]
    problems += _twice(read_tables, name)
    problems.sort(key=lambda p: p.row or 0)
    kept = [(table, made) for table, made in read_tables if made is not None]
    if not kept and not agreements:
        return None, problems
    rows = tuple(table.row for table, _ in kept)
    return InterventionsFile(tuple(made for _, made in kept), tuple(agreements), name, rows, part), problems


def _carried_out_from(top: Table) -> float:
    value = top.values.get("carried_out_from")
    if value is None:
        return CARRIED_OUT_FROM
    if is_number(value) and 0 < value <= 1:
        return float(value)
    hint = f"Bedoelde u {value / 100:g}?" if is_number(value) and 1 < value <= 100 else "Bijvoorbeeld: 0.5 (de helft)."
    top.error("part-range", "carried_out_from hoort een deel tussen 0 en 1 te zijn.", hint, "carried_out_from", value)
    return CARRIED_OUT_FROM


def _errors(table: Table) -> int:
    return sum(p.severity == "error" for p in table.problems)


def _intervention(table: Table) -> Intervention | None:
    before = _errors(table)
    check_keys(table, FIELDS)
    name = own.required(table, "name", "de naam van de aanpak", 'name = "Voortgezet lezen"')
    if name:
        table = replace(table, label=f"{table.label} ({shorten(name, 30)})")
    start, end = own.period(table)
    subject = fields.subject(table) if table.values.get("subject") not in (None, "") else None
    instrument = fields.optional_text(table, "instrument", "de toets")
    if instrument and "subject" not in table.values:
        table.error("instrument-without-subject", "er staat een toets (instrument) maar geen vak (subject).",
                    "Vul ook het vak in.", "instrument", instrument)  # fmt: skip
    planned, given = own.whole(table, "weeks_planned", "geplande weken"), own.whole(table, "weeks_given",
                                                                                    "gegeven weken")  # fmt: skip
    if planned is not None and given is not None and given > planned:
        table.error("weeks-given", f"er zijn meer weken gegeven ({given}) dan gepland ({planned}).",
                    "Kijk beide getallen na; weken die er later bij kwamen, tellen ook als gepland.",
                    "weeks_given", given)  # fmt: skip
    groups, mixed = own.names(table, "groups", "groepen"), own.names(table, "instruction_groups", "instructiegroepen")
    pupils = own.names(table, "pupils", "leerlingnummers")
    if not any(table.values.get(key) for key in ("groups", "instruction_groups", "pupils")):
        table.error("who-missing", "er staat niet wie er meededen.",
                    'Noem groepen, instructiegroepen of leerlingnummers: groups = ["Uilen"]', "groups")  # fmt: skip
    selected = _selected(table)
    observed = _observed(table, len(pupils) if pupils and not groups and not mixed else None)
    if not table.values.get("subject") and not table.values.get("observed"):
        table.report("notice", "nothing-measured", "zonder vak en zonder observatie is er niets om aan te meten.",
                     "Vul een vak (subject) of wat u zag (observed) in.", "subject")  # fmt: skip
    if _errors(table) > before or not name or start is None or end is None:
        return None
    return Intervention(
        name, start, end, subject, instrument, planned, given, groups, mixed, pupils, selected, observed
    )


def _selected(table: Table) -> bool:
    value = table.values.get("selected")
    if value is None:
        return False
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word in SELECTED:
        return SELECTED[word]
    guess = suggestion(word, SELECTED) if word else None
    advice = f'Bedoelde u "{guess}"?' if guess else 'Kies "all" (alle) of "lowest" (de laagste scores).'
    table.error("selected-unknown", f"{text_of(value)} is geen manier van kiezen.", advice, "selected", value)
    return False


def _observed(table: Table, pupils: int | None) -> Observed | None:
    value: Any = table.values.get("observed")
    if value is None:
        return None
    if not isinstance(value, dict):
        table.error("observed-form", "observed hoort een goal, reached en of te hebben.",
                    'Bijvoorbeeld: observed = {goal = "vraagt hulp", reached = 5, of = 8, observers = 2}',
                    "observed", value)  # fmt: skip
        return None
    inside = item_table(table, "observed", 0, value, "observatie")
    check_keys(inside, OBSERVED_FIELDS)
    goal = own.required(inside, "goal", "het doel", 'goal = "vraagt zelf om hulp"')
    reached, of = (own.needed_whole(inside, key, word) for key, word in (("reached", "bij hoeveel leerlingen gezien"),
                                                                         ("of", "hoeveel leerlingen")))  # fmt: skip
    observers = own.whole(inside, "observers", "waarnemers")
    if reached is not None and of is not None and reached > of:
        inside.error("observed-count", f"het doel is bij meer leerlingen gezien ({reached}) dan er waren ({of}).",
                     "Kijk beide getallen na.", "reached", reached)  # fmt: skip
        return None
    if of is not None and pupils is not None and of > pupils:
        inside.report("warning", "observed-more", f"er zijn {of} leerlingen bekeken, maar er doen er {pupils} mee.",
                      "Kijk de leerlingnummers of het aantal na.", "of", of)  # fmt: skip
    return None if goal is None or reached is None or of is None else Observed(goal, reached, of, observers)


def _agreement(table: Table) -> Agreement | None:
    before = _errors(table)
    check_keys(table, AGREEMENT_FIELDS)
    year, moment = own.school_year(table), _moment(table)
    text = own.required(table, "text", "de afspraak", 'text = "elke dag vijf minuten automatiseren"')
    done = _done(table)
    subject = fields.subject(table) if table.values.get("subject") not in (None, "") else None
    group = fields.optional_text(table, "group", "de groep")
    if _errors(table) > before or not (year and moment and text and done):
        return None
    return Agreement(school_year_label(year), moment, text, done, subject, group)


def _moment(table: Table) -> str | None:
    """The one moment after which the agreement was made."""
    example = 'Bijvoorbeeld: moment = "M"'
    if table.values.get("moment") is None:
        table.error("moment-missing", "het moment (moment) ontbreekt.", example, "moment")
        return None
    found = fields.moments(table)
    if found is not None and len(found) > 1:
        table.error("moment-one", "een afspraak hoort bij één moment.", example, "moment", table.values["moment"])
        return None
    return found[0] if found else None


def _done(table: Table) -> Done | None:
    value = table.values.get("done")
    if value is None:
        what = "of het gedaan is (done) ontbreekt: deze afspraak is nooit nagekeken en staat niet in het rapport."
        table.report("warning", "done-missing", what, f"Bespreek haar en kies {one_of(DONE_CODES)}.", "done")
        return None
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word in DONE:
        return DONE[word]
    guess = suggestion(word, DONE) if word else None
    advice = f'Bedoelde u "{guess}"?' if guess else f"Kies {one_of(DONE_CODES)}."
    table.error("done-unknown", f"{text_of(value)} zegt niet of het gedaan is.", advice, "done", value)
    return None


def _twice(read_tables: list[tuple[Table, Intervention | None]], name: str) -> list[Problem]:
    """The same name on the same first day: probably one that was copied and not changed."""
    problems: list[Problem] = []
    seen: dict[tuple[str, date], str] = {}
    for table, made in read_tables:
        if made is None:
            continue
        key = (made.name.casefold(), made.start)
        if key in seen:
            message = f"{table.label} en {seen[key]} hebben dezelfde naam en begindatum."
            problems.append(Problem("warning", name, "intervention-twice", message,
                                    "Laat er een staan, of geef een andere naam.", table.row))  # fmt: skip
        seen.setdefault(key, table.label)
    return problems
