"""Standards (TOML) → `core.standards.Standard`. The format is described in docs/gebruik/eigen-normen.md."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from leercirkel.core.destinations import DESTINATIONS, parse
from leercirkel.core.method_tests import DEFAULT_BOUNDS, MethodBounds
from leercirkel.core.standards import QUANTITIES, Quantity, Standard
from leercirkel.exchange import fields
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.standards.care import care_kinds, school_type
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.standards.overlap import Written, find_overlaps
from leercirkel.exchange.standards.tiers import read_tiers
from leercirkel.exchange.toml_tables import Table, check_keys, decode, is_number, one_of, suggestion, tables, text_of
from leercirkel.exchange.toml_tables import parse as parse_toml

TOP_FIELDS = ("school_name", "school_type", "main_tier", "care", "standard", "method_tests")
BOUNDS = ("sufficient_from", "good_from")
FIELDS = (
    "subject",
    "moment",
    "grades",
    "didactic_age",
    "dle",
    "quantity",
    "scope",
    "school_years",
    "instrument",
    "tiers",
)


def read(data: bytes, name: str) -> tuple[StandardsFile | None, list[Problem]]:
    """The standards in a TOML file, and everything that is wrong with it, in the order of the file.

    A standard with an error is left out, the others are still returned; None when nothing could be read. The caller
    decides by `has_errors` whether to go on. A `moment` list becomes one Standard per moment. Never raises.
    """
    file, problems = read_begun(data, name)
    return (file if file and file.standards else None), problems


def read_begun(data: bytes, name: str) -> tuple[StandardsFile | None, list[Problem]]:
    """As `read`, for standards that are still being written: a file in which no standard stands yet is read too."""
    text, problems = decode(data, name)
    if text is None:
        return None, problems
    values, faults = parse_toml(text, name)
    problems += faults
    if values is None:
        return None, problems
    top = Table(name, "", values, problems)
    check_keys(top, TOP_FIELDS)
    school_name = fields.optional_text(top, "school_name", "de naam van de school")
    main_tier = fields.optional_text(top, "main_tier", "de hoofdtrede")
    written = [w for t in tables(text, values, "standard", "norm", name, problems) if (w := _read_one(t)) is not None]
    problems += find_overlaps(written, name)
    main_tier = _checked_main_tier(top, main_tier, written)
    bounds, care, kind = _bounds(top), care_kinds(top), school_type(top)
    problems.sort(key=lambda p: p.row or 0)
    standards = tuple(replace(w.standard, moment=m) for w in written for m in w.moments or (None,))
    return StandardsFile(school_name, main_tier, standards, name, bounds, care, kind), problems


def _bounds(top: Table) -> MethodBounds:
    """The school's own bounds for method tests, else the usual ones."""
    given = top.values.get("method_tests")
    example = "Bijvoorbeeld: [method_tests] met sufficient_from = 60 en good_from = 80"
    if given is None:
        return DEFAULT_BOUNDS
    if not isinstance(given, dict):
        top.error("method-tests-form", "method_tests hoort een tabel te zijn.", example, "method_tests", given)
        return DEFAULT_BOUNDS
    table = replace(top, label="methodetoetsen", values=given)
    check_keys(table, BOUNDS)
    sufficient, good = (given.get(key, getattr(DEFAULT_BOUNDS, key)) for key in BOUNDS)
    if is_number(sufficient) and is_number(good) and 0 < sufficient < good <= 100:
        return MethodBounds(float(sufficient), float(good))
    message = "de grenzen horen twee percentages te zijn, de laagste eerst."
    table.error("method-tests-bounds", message, example, "method_tests", [sufficient, good])
    return DEFAULT_BOUNDS


def _read_one(table: Table) -> Written | None:
    errors_before = _errors(table)
    check_keys(table, FIELDS)
    subject = fields.subject(table)
    if subject:
        table = replace(table, label=f"{table.label} ({subject})")
    quantity = _quantity(table)
    moments = fields.moments(table)
    standard = Standard(
        subject=subject or "",
        quantity=quantity or "dle",
        tiers=read_tiers(table, quantity, subject) or (),
        grades=fields.grades(table),
        didactic_age=fields.didactic_age(table),
        own_dle=fields.own_dle(table),
        scope=_scope(table) or "all",
        school_years=fields.school_years(table),
        instrument=fields.optional_text(table, "instrument", "het instrument"),
        source=f"{table.file}:{table.row}" if table.row else table.file,
    )
    if _errors(table) > errors_before:
        return None
    return Written(table.label, table.row, moments, standard)


def _errors(table: Table) -> int:
    return sum(p.severity == "error" for p in table.problems)


def _quantity(table: Table) -> Quantity | None:
    example = f"Kies {one_of(QUANTITIES)}."
    value = table.values.get("quantity")
    if value is None:
        table.error("quantity-missing", "waarop de norm kijkt (quantity) ontbreekt.", example, "quantity")
        return None
    word = value.strip().casefold() if isinstance(value, str) else ""
    for quantity in get_args(Quantity):
        if word == quantity:
            found: Quantity = quantity
            return found
    guess = suggestion(word, QUANTITIES) if word else None
    advice = f'Bedoelde u "{guess}"?' if guess else example
    table.error("quantity-unknown", f"{text_of(value)} is geen grootheid.", advice, "quantity", value)
    return None


def _scope(table: Table) -> str | None:
    """The scope code; Dutch words and destinations as people write them are understood."""
    value = table.values.get("scope")
    if value is None:
        return "all"
    word = value.strip() if isinstance(value, str) and len(value) < 200 else ""
    kind, colon, code = word.partition(":")
    kind = {"alle": "all", "zorg": "care", "bestemming": "destination"}.get(
        kind.strip().casefold(), kind.strip().casefold()
    )
    if kind in ("all", "care") and not colon:
        return kind
    if kind == "destination":
        destination = parse(code)
        if destination:
            return f"destination:{destination}"
        guess = suggestion(code.strip().upper(), DESTINATIONS) or suggestion(code, [d.casefold() for d in DESTINATIONS])
        advice = f'Bedoelde u "destination:{guess.upper()}"?' if guess else f"Bekend zijn: {one_of(DESTINATIONS)}."
        table.error("destination-unknown", f'de bestemming "{shorten(code, 30)}" is onbekend.', advice, "scope", value)
        return None
    table.error("scope-unknown", f"{text_of(value)} is geen groep leerlingen.",
                'Kies "all" (alle), "care" (zorg) of "destination:CODE", bijvoorbeeld "destination:PRO".',
                "scope", value)  # fmt: skip
    return None


def _checked_main_tier(top: Table, main_tier: str | None, written: list[Written]) -> str | None:
    names = sorted({tier.name for w in written for tier in w.standard.tiers})
    if main_tier is None or not names or main_tier in names:
        return main_tier
    guess = suggestion(main_tier, names)
    advice = f'Bedoelde u "{guess}"?' if guess else f"Er zijn: {shorten(one_of(names), 200)}."
    top.error(
        "main-tier-unknown", f'geen enkele trede heet "{shorten(main_tier, 30)}".', advice, "main_tier", main_tier
    )
    return None
