"""No input makes the UWLR reader raise or hang; whatever a message can carry comes back from it unchanged."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import polars as pl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.support.uwlr import message, reference, result, sitting

from leercirkel.analysis.frames import RESULTS, checked
from leercirkel.core.calendar import MOMENTS, school_year_of
from leercirkel.core.levels import LEVEL_RANKS
from leercirkel.core.reading import AVI_LEVELS
from leercirkel.core.reference import REFERENCE_RANKS
from leercirkel.core.subjects import SUBJECTS
from leercirkel.exchange import result_files
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.tables.matching import match
from leercirkel.exchange.tables.parse import TABLE
from leercirkel.exchange.uwlr import codes
from leercirkel.exchange.uwlr.reader import NAMESPACE, read
from leercirkel.exchange.uwlr.writer import CARRIED, OSO_NAMESPACE, write

QUICK = settings(deadline=20_000, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
SAMPLE = (Path(__file__).parents[1] / "data" / "uwlr" / "leerresultaten.xml").read_bytes()
ROSTER = Roster("99XX00", 2025, None, None, (), (Pupil("101", True, "Berg", None, "Jan"),))
TAGS = [
    *("school", "schooljaar", "brincode", "toetsafnames", "toetsafname", "leerlingid", "eckid", "resultaten"),
    *("resultaat", "afnamedatum", "toetscode", "versie", "toetsonderdeelcode", "score", "osoresultaat", "toetsscore"),
    *("vaardigheidsscore", "referentiescore", "codereferentiescore", "codevergelijkingsgroep", "waarde", "toetsen"),
    *("toets", "toetsnaam", "vakgebied", "toetshierarchie", "ingang", "toetsonderdelen", "toetsonderdeel", "norm"),
    *("anderresultaat", "toevoegingen", "leerresultaten_verzoek", "onbekend"),
]
VALUES = st.one_of(
    st.sampled_from(["2025-2026", "2026-01-20", "RW M5", "101", "#1", "99XX", "rekenen", "III", "DLE", ">60", "AVI",
                     "E4", "1F", "nan", "1e999", "9" * 400, "", " "]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
)  # fmt: skip


def sound(data: bytes) -> None:
    table, problems = read(data, "f")
    assert all(p.message and p.advice and p.file == "f" and len(p.value or "") <= 60 for p in problems)
    if table is None:
        assert any(p.severity == "error" for p in problems)
        return
    assert dict(table.frame.schema) == TABLE
    assert table.frame["row"].null_count() == 0
    frame, told = match([table], [ROSTER])
    checked(frame, RESULTS)
    assert all(len(p.value or "") <= 60 for p in told)


@st.composite
def trees(draw: st.DrawFn, depth: int = 6) -> str:
    tag = draw(st.sampled_from(TAGS))
    inside = draw(st.lists(trees(depth - 1), max_size=3)) if depth and draw(st.booleans()) else [escape(draw(VALUES))]
    return f"<{tag} key={quoteattr(draw(VALUES))}>{''.join(inside)}</{tag}>"


@QUICK
@given(st.binary(max_size=300))
@example(b"<leerresultaten_verzoek/>")
@example(b"<Envelope><leerresultaten_verzoek>\xff")
def test_any_bytes_are_answered(data: bytes) -> None:
    sound(data)
    result_files.read(data, "f")


@QUICK
@given(st.data())
def test_any_mutated_message_is_answered(data: st.DataObject) -> None:
    mutated = SAMPLE
    for _ in range(data.draw(st.integers(1, 5))):
        at, length = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 30))
        mutated = mutated[:at] + data.draw(st.binary(max_size=6) | VALUES.map(str.encode)) + mutated[at + length :]
    sound(mutated)


@QUICK
@given(st.lists(trees(), max_size=4))
def test_any_tree_of_known_elements_is_answered(parts: list[str]) -> None:
    sound(f"<leerresultaten_verzoek>{''.join(parts)}</leerresultaten_verzoek>".encode())


@QUICK
@given(VALUES, VALUES, VALUES, VALUES)
def test_any_words_in_a_message_are_answered(name: str, field: str, code: str, value: str) -> None:
    told = f"<toetsnaam>{escape(name)}</toetsnaam><vakgebied>{escape(field)}</vakgebied>"
    scores = f"<osoresultaat>{reference('IV', escape(value))}</osoresultaat>"
    given_by = sitting(result(scores, code=escape(code)), pupil=f"<leerlingid>{escape(value)}</leerlingid>")

    sound(message(given_by, tests=f"<toets><toetscode>{escape(code)}</toetscode>{told}</toets>"))


@QUICK
@given(st.dictionaries(st.sampled_from(codes.FIELDS), VALUES), st.binary(max_size=20))
def test_any_mapping_of_codes_is_answered(fields: dict[str, str], tail: bytes) -> None:
    text = "".join(f'{key} = "{value}"\n' for key, value in fields.items())

    found, problems = codes.read(f"[[uwlr]]\n{text}".encode() + tail, "m")

    assert found is not None or any(p.severity == "error" for p in problems)
    if found is not None:
        read(SAMPLE, "f", [found])


NAMES = (
    st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=12)
    .filter(lambda text: text.isascii() or text.isprintable())
    .map(lambda text: unicodedata.normalize("NFC", text))
)
LABELS = [label for ranks in LEVEL_RANKS.values() for label in ranks]


@st.composite
def result_rows(draw: st.DrawFn) -> dict[str, Any]:
    day = draw(st.dates(date(1990, 8, 1), date(2099, 7, 31)))
    avi = draw(st.sampled_from([None, *AVI_LEVELS]))
    months = draw(st.none() | st.integers(1, 120).map(float))
    score = draw(st.floats(0, 2000) if avi is None and months is None else st.none() | st.floats(0, 2000))
    return {
        "pupil_key": draw(NAMES),
        "subject": draw(st.sampled_from(SUBJECTS)),
        # a test that is called AVI has its level as AVI level
        "instrument": draw(NAMES.filter(lambda name: "avi" not in name.casefold())),
        "version": draw(st.just("") | NAMES),
        "test_level": draw(st.none() | st.sampled_from([f"{m}{g}" for m in MOMENTS for g in range(1, 9)])),
        "taken_on": day,
        "moment": draw(st.sampled_from(MOMENTS)),
        "school_year": school_year_of(day),
        "score": None if score is None else abs(score),
        "level": draw(st.sampled_from([None, *LABELS])),
        "dle": months,
        "dle_operator": None if months is None else draw(st.sampled_from("=<>")),
        "percentile": draw(st.none() | st.integers(0, 100).map(float)),
        "reference_level": draw(st.sampled_from([None, *REFERENCE_RANKS])),
        "avi": avi,
    }


@QUICK
@given(st.lists(result_rows(), min_size=1, max_size=5), st.none() | NAMES)
def test_what_is_written_reads_back_the_same_in_the_namespaces_of_the_standard(
    results: list[dict[str, Any]], author: str | None
) -> None:
    schema = {name: TABLE[name] for name in CARRIED}
    frame = pl.DataFrame(results, schema=schema)

    data = write(frame, school="99XX00", school_year=2025, created_on=date(2026, 2, 3), author=author)

    back, _ = read(data, "f")
    assert back is not None
    assert back.school == "99XX00"
    assert back.frame.select(CARRIED).sort(CARRIED).equals(frame.sort(CARRIED))
    tree = etree.fromstring(data)
    of_oso = {"toetsscore", "vaardigheidsscore", "referentiescore", "codereferentiescore", "codevergelijkingsgroep",
              "waarde"}  # fmt: skip
    for element in tree.iter():
        name = etree.QName(element)
        assert name.namespace == (OSO_NAMESPACE if name.localname in of_oso else NAMESPACE)
