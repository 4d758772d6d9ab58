"""No input whatever makes the reader raise or hang, and no private value ever comes out of it."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from hypothesis import example, given, settings
from hypothesis import strategies as st

from leercirkel.exchange.edexml.codes import MAX_KEY, MAX_NAME, PRIVATE
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.edexml.reader import read
from leercirkel.exchange.problems import Problem

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "data" / "edexml").glob("*.xml"))]
DEADLINE = 20_000  # ms: far above what a file takes, so that only a hang or a quadratic path can reach it
TAGS = [
    *("EDEX", "leerlinggegevens", "school", "schooljaar", "peildatum", "brincode", "dependancecode", "schoolkey"),
    *("vestigingen", "vestiging", "naam", "groepen", "groep", "samengestelde_groep", "samengestelde_groepen"),
    *("leerlingen", "leerling", "achternaam", "roepnaam", "geboortedatum", "geslacht", "jaargroep", "uitstroomdatum"),
    *("leerkrachten", "leerkracht", "rol", "rolomschrijving", "toevoegingen", "blok", "onbekend", "x:groep"),
]
VALUES = st.one_of(
    st.sampled_from(["2025-2026", "2016-03-01", "1899-01-01", "99XX", "4", "S", "C", "1", "G1", "#1", "", "  "]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
)


def check(data: bytes) -> tuple[Roster | None, list[Problem]]:
    """Reads and checks what always holds, whatever the file."""
    roster, problems = read(data, "EDEX.xml")
    assert all(found.message and found.advice and found.file == "EDEX.xml" for found in problems)
    assert all(found.value is None or len(found.value) <= 60 for found in problems)
    if roster is None:
        assert any(found.severity == "error" for found in problems)
        return roster, problems
    keys = [pupil.key for pupil in roster.pupils]
    classes = {group.key for group in roster.groups if not group.mixed}
    assert keys
    assert len(set(keys)) == len(keys)
    for pupil in roster.pupils:
        assert 0 < len(pupil.key) <= MAX_KEY
        assert pupil.group is None or pupil.group in classes
        assert all(len(name) <= MAX_NAME for name in (pupil.surname, pupil.first_name, pupil.prefix) if name)
    return roster, problems


@settings(max_examples=300, deadline=DEADLINE)
@given(st.binary(max_size=400))
@example(b"<?xml version='1.0' encoding='utf-16'?>")
@example(b"\xff\xfe<\x00")
@example(b"\xfe\xff")
@example(b"<")
@example(b"<a xmlns:a='' a:b='' b=''/>")
def test_any_bytes_are_answered(data: bytes) -> None:
    check(data)


@settings(max_examples=300, deadline=DEADLINE)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252"]))
def test_any_text_behind_a_declaration_is_answered(text: str, encoding: str) -> None:
    check(f"<?xml version='1.0' encoding='{encoding}'?><EDEX>{text}</EDEX>".encode(encoding, "replace"))


@settings(max_examples=300, deadline=DEADLINE)
@given(st.data())
def test_a_damaged_sample_is_answered(data: st.DataObject) -> None:
    sample = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(sample)))
        length = data.draw(st.integers(0, 60))
        kind = data.draw(st.sampled_from(["replace", "delete", "repeat", "cut"]))
        if kind == "replace":
            sample[start : start + length] = data.draw(st.binary(max_size=20))
        elif kind == "delete":
            del sample[start : start + length]
        elif kind == "repeat":
            sample[start:start] = sample[start : start + length * 20]
        else:
            del sample[start:]

    check(bytes(sample))


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    """Any nesting of the elements of the standard, with values that are right, wrong or absurd."""
    tag = draw(st.sampled_from(TAGS))
    attributes = "".join(
        f" {name}={quoteattr(draw(VALUES))}" for name in ("key", "eckid") if draw(st.integers(0, 2)) == 0
    )
    children = draw(st.lists(trees(depth + 1), max_size=4)) if depth < 5 and draw(st.booleans()) else []
    return f"<{tag}{attributes}>{escape(draw(VALUES))}{''.join(children)}</{tag}>"


@settings(max_examples=300, deadline=DEADLINE)
@given(st.lists(trees(), max_size=5))
def test_any_tree_of_known_elements_is_answered(parts: list[str]) -> None:
    check(f"<EDEX>{''.join(parts)}</EDEX>".encode())


@settings(max_examples=300, deadline=DEADLINE)
@given(st.data())
def test_any_fields_of_a_pupil_are_answered(data: st.DataObject) -> None:
    tags = data.draw(st.lists(st.sampled_from([tag for tag in TAGS if ":" not in tag]), max_size=12))
    fields = "".join(f"<{tag} key={quoteattr(data.draw(VALUES))}>{escape(data.draw(VALUES))}</{tag}>" for tag in tags)
    document = (
        "<EDEX><school><schooljaar>2025-2026</schooljaar></school>"
        "<groepen><groep key='G1'><naam>1</naam></groep></groepen>"
        f"<leerlingen><leerling key='1'>{fields}</leerling><leerling key='2'>{fields}</leerling></leerlingen></EDEX>"
    )

    roster, _ = check(document.encode())

    assert roster is not None
    assert [pupil.key for pupil in roster.pupils] == ["1", "2"]


@settings(max_examples=200, deadline=DEADLINE)
@given(
    st.sampled_from(sorted(PRIVATE)),
    st.text("0123456789abcdef", min_size=12, max_size=40),
    st.integers(0, 200),
    st.sampled_from(SAMPLES),
)
def test_a_private_value_anywhere_never_comes_out(field: str, secret: str, place: int, sample: bytes) -> None:
    ends = [index for index in range(len(sample)) if sample.startswith(b">\n", index)]
    at = ends[place % len(ends)] + 1
    data = sample[:at] + f"<{field}>{secret}</{field}>".encode() + sample[at:]

    assert secret not in repr(read(data, "EDEX.xml"))
