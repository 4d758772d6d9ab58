"""No list of guardians makes the reader raise, and what it gives fits the database and tells no address."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leercirkel.exchange import registry
from leercirkel.exchange.guardians import reader

QUICK = settings(deadline=20_000, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
HEAD = list(reader.COLUMNS)
SAMPLE = (
    ";".join(HEAD)
    + "\n101;O1;Amira;el;Tahiri;moeder;ja;nee;ja;nee;nee;Arabisch;a@example.org;06-12345678;Geheimlaan 5\n"
).encode()
WORDS = st.sampled_from([
    *HEAD, "101", "ja", "nee", "onbekend", "voogd", "moeder", "a@example.org", "06-12345678", "Tigrinya", "-", "", " ",
    "Geheimlaan 5", "x" * 300, "\x1b[31m", "\u202e", "=1+1", "½", "\ud7ff", "a\tb", "'", '"',
]) | st.text(max_size=8)  # fmt: skip


def sound(data: bytes) -> None:
    lines, problems = reader.read(data, "f")
    registry.check([(data, "f")])
    assert all(p.message and p.advice and p.file == "f" and len(p.value or "") <= 60 for p in problems)
    assert lines is not None or problems
    assert not any(
        "Geheimlaan" in str((p.value, p.message)) for p in problems if p.field in ("adres", "telefoon", "e-mail")
    )
    for line in lines or ():
        texts = (line.pupil, line.surname, line.key, line.first_name, line.prefix, line.email, line.phone, line.address)
        assert all(text is None or (text.isprintable() and len(text) <= 256) for text in texts)
        assert line.pupil
        assert line.surname
        assert len(line.phone or "") <= 30
        assert len(line.interpreter or "") <= 40
        assert not (line.secret_address and line.address)
        assert not (line.relation == "legal_guardian" and line.authority != "yes")


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    sound(data)


@QUICK
@given(st.lists(st.lists(WORDS, min_size=1, max_size=15), max_size=6))
def test_any_rows_under_the_right_columns_are_answered(rows: list[list[str]]) -> None:
    sound((";".join(HEAD) + "\n" + "\n".join(";".join(row) for row in rows)).encode("utf-8", "replace"))


@QUICK
@given(st.data())
def test_any_mutated_list_is_answered(data: st.DataObject) -> None:
    mutated = SAMPLE
    for _ in range(data.draw(st.integers(1, 5))):
        at, length = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 20))
        mutated = mutated[:at] + data.draw(st.binary(max_size=6) | WORDS.map(str.encode)) + mutated[at + length :]
    sound(mutated)
