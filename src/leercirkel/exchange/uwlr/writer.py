"""Writing UWLR 2.2 results: the tests of a pupil-tracking system, as the reader takes them in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final
from xml.sax.saxutils import escape

import polars as pl

from leercirkel.core import levels, subjects
from leercirkel.core.calendar import school_year_label
from leercirkel.core.text import squeezed
from leercirkel.exchange.uwlr.reader import NAMESPACE, read

OSO_NAMESPACE: Final = "http://www.edustandaard.nl/oso_gegevensset/1.2/dossier"
CARRIED: Final = (
    "pupil_key", "subject", "instrument", "version", "test_level", "taken_on", "moment", "school_year", "score",
    "level", "dle", "dle_operator", "percentile", "reference_level", "avi",
)  # fmt: skip
"""The columns of a result table that a message carries. Names and groups do not belong in it, and a test that was not
taken has no place in it."""

_TEST: Final = ("instrument", "version", "subject", "test_level", "moment")
_MOMENTS: Final = {"B": "begin", "M": "midden", "E": "eind"}


def write(
    frame: pl.DataFrame,
    *,
    school: str,
    school_year: int,
    created_on: datetime.date,
    author: str | None = None,
) -> bytes:
    """The results of `frame` (the columns of a result table) as a leerresultaten_verzoek in UTF-8, without envelope.

    `school`: BRIN and location ("99XX00"). Reading it back gives the same `CARRIED` columns, the results of one pupil
    together. Raises ValueError when a message cannot carry them: no date, no key, a reason instead of a result.
    """
    rows = frame.select(*CARRIED).to_dicts()
    tests: dict[tuple[str | None, ...], str] = {}
    for row in rows:
        test = tuple(row[name] for name in _TEST)
        if test not in tests:
            tests[test] = _code(test, set(tests.values()))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<leerresultaten_verzoek xmlns="{NAMESPACE}" xmlns:oso="{OSO_NAMESPACE}">',
        *_school(school, school_year, created_on, author),
        "  <toetsafnames>",
        *_sittings(rows, tests),
        "  </toetsafnames>",
        "  <toetsen>",
        *(line for test, code in tests.items() for line in _test(dict(zip(_TEST, test, strict=True)), code)),
        "  </toetsen>",
        "</leerresultaten_verzoek>",
        "",
    ]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    _check(frame, data)
    return data


def _code(test: tuple[str | None, ...], taken: set[str]) -> str:
    base = "-".join(word for part in test if part and (word := squeezed(part)))[:200] or "toets"
    return next(code for n in range(len(taken) + 1) if (code := f"{base}-{n + 1}" if n else base) not in taken)


def _school(school: str, school_year: int, created_on: datetime.date, author: str | None) -> Iterator[str]:
    yield "  <school>"
    yield _text(4, "schooljaar", school_year_label(school_year))
    yield _text(4, "brincode", school[:4])
    if school[4:]:
        yield _text(4, "dependancecode", school[4:])
    yield _text(4, "aanmaakdatum", f"{created_on.isoformat()}T00:00:00")
    if author:
        yield _text(4, "auteur", author[:128])
    yield _text(4, "xsdversie", "2.2")
    yield "  </school>"


def _sittings(rows: Iterable[dict[str, Any]], tests: dict[tuple[str | None, ...], str]) -> Iterator[str]:
    of_pupil: dict[str, list[dict[str, Any]]] = {}
    for number, row in enumerate(rows, 1):
        of_pupil.setdefault(row["pupil_key"] or "", []).append(row | {"number": number})
    for key, results in of_pupil.items():
        yield "    <toetsafname>"
        yield _text(6, "leerlingid", key)
        yield "      <resultaten>"
        for row in results:
            yield from _result(row, tests[tuple(row[name] for name in _TEST)])
        yield "      </resultaten>"
        yield "    </toetsafname>"


def _result(row: dict[str, Any], code: str) -> Iterator[str]:
    yield f'        <resultaat key="r-{row["number"]}">'
    yield _text(10, "afnamedatum", "" if row["taken_on"] is None else row["taken_on"].isoformat())
    yield _text(10, "toetscode", code)
    if row["version"]:
        yield _text(10, "versie", row["version"])
    yield "          <osoresultaat>"
    if row["score"] is not None:
        score = _text(0, "oso:vaardigheidsscore", _number(row["score"]))
        yield f"            <oso:toetsscore>{score}</oso:toetsscore>"
    for kind, value in _reference_scores(row):
        parts = (("codereferentiescore", kind), ("codevergelijkingsgroep", "Landelijk"), ("waarde", value))
        inside = "".join(_text(0, f"oso:{tag}", text) for tag, text in parts)
        yield f"            <oso:referentiescore>{inside}</oso:referentiescore>"
    yield "          </osoresultaat>"
    yield "        </resultaat>"


def _reference_scores(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row["level"] is not None:
        yield "AE" if levels.scale_of(row["level"]) == levels.LETTERS else "IV", row["level"]
    if row["dle"] is not None:
        yield "DLE", (row["dle_operator"] or "=").replace("=", "") + _number(row["dle"])
    if row["percentile"] is not None:
        yield "Percentiel", _number(row["percentile"])
    if row["reference_level"] is not None:
        yield "RNTRM", row["reference_level"]
    if row["avi"] is not None:
        yield "AVI", row["avi"]


def _test(test: dict[str, str | None], code: str) -> Iterator[str]:
    subject, level = test["subject"] or "", test["test_level"]
    name = " ".join(part for part in (test["instrument"], subjects.label(subject), level) if part)
    yield "    <toets>"
    yield _text(6, "toetscode", code)
    if test["version"]:
        yield _text(6, "versie", test["version"])
    yield _text(6, "toetsnaam", name[:128])
    if level and level[-1:] in "12345678":
        yield _text(6, "leerjaar", level[-1])
    yield _text(6, "vakgebied", subjects.label(subject))
    yield "      <toetshierarchie>"
    steps = (test["instrument"], level, _MOMENTS.get(test["moment"] or ""))
    for number, step in enumerate((step for step in steps if step), 1):
        yield f'        <ingang niveau="{number}">{escape(step)}</ingang>'
    yield "      </toetshierarchie>"
    yield "    </toets>"


def _number(value: float) -> str:
    """A decimal without an exponent and without a trailing ".0"."""
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")


def _text(indent: int, tag: str, text: str) -> str:
    return f"{' ' * indent}<{tag}>{escape(text)}</{tag}>"


def _check(frame: pl.DataFrame, data: bytes) -> None:
    """Reads the message back: the only proof that a receiver will find in it what we meant."""
    back, problems = read(data, "uwlr.xml")
    wrong = next((p for p in problems if p.severity == "error"), None)
    if wrong is not None:
        raise ValueError(f"UWLR cannot carry these results: {wrong.code} at {wrong.field or 'the file'}")
    expected = frame.select(*CARRIED)
    if back is None or not expected.sort(*CARRIED).equals(back.frame.select(*CARRIED).sort(*CARRIED)):
        raise ValueError("UWLR cannot carry these results unchanged")
