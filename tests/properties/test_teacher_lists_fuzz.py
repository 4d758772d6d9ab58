"""No list makes a reader raise or hang, and whatever it gives fits the frames of the analyses."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.lists import LONG, OBSERVED, WIDE, WIDE_OBSERVED, workbook

from leercirkel.analysis import frames
from leercirkel.exchange import result_files
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.lists import matching, method_tests, observations

QUICK = settings(deadline=20_000, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
ROSTER = Roster("99XX00", 2025, None, None, (), (Pupil("101", True, "Berg", None, "Jan"),))
SAMPLES = [WIDE.encode(), WIDE_OBSERVED.encode(), (LONG + "101;5a;rekenen;3;12-11-2025;Klok;85\n").encode(),
           (OBSERVED + "101;1a;Kijklijst;Taal;M;20-01-2026;3\n").encode(), workbook(WIDE)]  # fmt: skip
WORDS = st.sampled_from([
    "leerlingnummer", "vak", "blok", "datum", "doel", "goed_procent", "lijst", "domein", "fase", "moment", "groep",
    "naam", "101", "rekenen", "12-11-2025", "85", "85%", "17/20", "1/0", "9" * 300, "nan", "inf", "1e999", "ziek", "",
    " ", "vak:", "vak: rekenen", "²", "٣", "½", "=1+1", "\ud7ff", "x" * 300,
]) | st.text(max_size=8)  # fmt: skip


def sound(data: bytes) -> None:
    for read in (method_tests.read, observations.read):
        found, problems = read(data, "f")
        assert all(p.message and p.advice and p.file == "f" and len(p.value or "") <= 60 for p in problems)
        assert found is not None or any(p.severity == "error" for p in problems)
        if isinstance(found, method_tests.MethodTable):
            assert dict(found.frame.schema) == method_tests.TABLE
            assert found.frame["percent"].is_between(0, 100).all()
            frames.checked(matching.method_tests([found, found], [ROSTER])[0], frames.METHOD_TESTS)
        elif found is not None:
            assert dict(found.frame.schema) == observations.TABLE
            frames.checked(matching.observations([found, found], [ROSTER])[0], frames.OBSERVATIONS)
    result_files.read(data, "f")


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    sound(data)


@QUICK
@given(st.lists(st.lists(WORDS, max_size=7), max_size=8))
def test_any_table_of_words_is_answered(lines: list[list[str]]) -> None:
    sound("\n".join(";".join(cells) for cells in lines).encode())


@QUICK
@given(st.data())
def test_any_mutated_list_is_answered(data: st.DataObject) -> None:
    mutated = data.draw(st.sampled_from(SAMPLES))
    for _ in range(data.draw(st.integers(1, 5))):
        at, length = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 20))
        mutated = mutated[:at] + data.draw(st.binary(max_size=6) | WORDS.map(str.encode)) + mutated[at + length :]
    sound(mutated)
