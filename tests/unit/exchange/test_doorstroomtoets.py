"""The doorstroomtoets becomes a row per subject with its reference level; the newest message about a pupil holds."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.support.doorstroomtoets import PUPIL, REMOVED, about, message, of
from tests.support.edexml import edex, roster_of

from leercirkel.exchange import result_files, safe_json
from leercirkel.exchange.doorstroomtoets.matching import matched
from leercirkel.exchange.doorstroomtoets.reader import Delivery, read
from leercirkel.exchange.doorstroomtoets.tables import tables
from leercirkel.exchange.doorstroomtoets.writer import write
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.matching import match
from leercirkel.exchange.tables.reader import ResultTable

RESULTS = "resultatenscores.resultaten.resultaten"
TAKEN = "resultatenscores.afnamecontext.afname.afnametijdstip"


def delivered(data: bytes, name: str = "d.json") -> Delivery:
    found, problems = read(data, name)
    assert found is not None, problems
    return found


def table_of(data: bytes) -> ResultTable:
    made, _, problems = tables([delivered(data)])
    assert problems == []
    return made[0]


def problem(data: bytes, code: str) -> Problem:
    found = [p for p in read(data, "d.json")[1] if p.code == code]
    assert len(found) == 1, found
    return found[0]


def test_a_message_gives_a_row_per_subject_in_the_middle_of_grade_8() -> None:
    told = ("pupil_key", "grade", "subject", "instrument", "moment", "school_year", "taken_on", "reference_level",
            "percentile", "score")  # fmt: skip
    base = ("101", 8)
    when = ("Dia doorstroomtoets", "M", 2025, date(2026, 2, 3))

    assert sorted(table_of(of(message())).frame.select(told).rows()) == [
        (*base, "begrijpend_lezen", *when, "2F", 64.0, None),
        (*base, "rekenen", *when, "1S", None, 71.5),
        (*base, "taalverzorging", *when, "<1F", None, None),
    ]


def test_the_advice_is_kept_with_the_pupil() -> None:
    assert delivered(of(message())).results[0].advice == "havo"


def test_advices_that_can_be_read_go_on_and_others_are_told_once_per_file() -> None:
    messages = [about(key) for key in ("101", "102", "103")]
    for one, said in zip(messages, ("vmbo-bb tm vmbo-kb", "onbekend", "later"), strict=True):
        one["resultatenscores"]["resultaten"]["resultaten"][0]["waarde"] = said

    results, [advices], [problem] = tables([delivered(of(*messages))])

    assert advices.frame.select("pupil_key", "school_year", "taken_on", "advice").rows() == [
        ("101", 2025, date(2026, 2, 3), "VMBO_BB+VMBO_KB")
    ]
    assert (problem.severity, problem.code, problem.row, problem.value) == ("warning", "advice-unknown", 2, "onbekend")
    assert problem.message.startswith("2 toetsadviezen")
    assert results[0].frame["pupil_key"].n_unique() == 3


def test_the_advice_of_the_newest_message_holds_for_the_pupil_of_the_roster() -> None:
    old = about("101", datumtijd="2026-03-01T09:00:00Z")
    old["resultatenscores"]["resultaten"]["resultaten"][0]["waarde"] = "vwo"
    _, advices, _ = tables([delivered(of(old), "oud.json"), delivered(of(message(), about("999")), "nieuw.json")])

    found = matched(advices, [roster_of(edex('<leerling key="101"><roepnaam>Noor</roepnaam></leerling>'))])

    assert found.select("pupil", "advice").rows() == [("101", "HAVO")]


def test_a_test_has_the_same_name_every_year() -> None:
    names = {
        kind: delivered(of(message({"resultatenscores.toetsdefinitie": kind}))).results[0].instrument
        for kind in ("ICE", "ROUTE_8", "NIEUW")
    }

    assert names == {
        "ICE": "IEP doorstroomtoets",
        "ROUTE_8": "Route 8 doorstroomtoets",
        "NIEUW": "Dia-doorstroomtoets 2026",
    }


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-02-03T00:00:00Z", date(2026, 2, 3)), ("2026-02-02T23:00:00Z", date(2026, 2, 3)),
     ("2026-02-03T00:00:00", date(2026, 2, 3)), ("2026-02-03", date(2026, 2, 3)),
     ("2026-02-03T00:00:00+01:00", date(2026, 2, 3))],
)  # fmt: skip
def test_the_day_is_the_dutch_one(written: str, day: date) -> None:
    assert delivered(of(message({TAKEN: written}))).results[0].taken_on == day


@pytest.mark.parametrize(
    ("unit", "value", "subject", "level"),
    [("REKENEN", "1S/2F", "rekenen", "1S"), ("lezen", "1S/2F", "begrijpend_lezen", "2F"),
     ("TAALVERZORGING", "nog geen 1F", "taalverzorging", "<1F")],
)  # fmt: skip
def test_reference_levels_are_understood_as_they_are_written(unit, value, subject, level) -> None:
    data = of(message({RESULTS: [{"label": "Referentieniveau", "toetseenheid": unit, "waarde": value}],
                       "resultatenscores.scores": REMOVED}))  # fmt: skip

    assert table_of(data).frame.select("subject", "reference_level").rows() == [(subject, level)]


def test_a_reference_level_that_does_not_exist_is_an_error() -> None:
    _, _, problems = tables([delivered(of(message({f"{RESULTS}.1.waarde": "3F"})))])

    assert [(p.code, p.severity, p.field, p.value) for p in problems] == [
        ("reference-unknown", "error", "Referentieniveau", "3F")
    ]


def test_parts_without_a_reference_level_of_their_own_are_left_out() -> None:
    extra = {"label": "Referentieniveau", "toetseenheid": "8052", "waarde": "2F"}

    assert table_of(of(message({f"{RESULTS}.2": extra}))).frame["subject"].to_list() == [
        "rekenen", "taalverzorging", "begrijpend_lezen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"schooljaar": REMOVED}, "value-missing", "[1].schooljaar"),
        ({"schooljaar": "2025"}, "school-year-unreadable", "[1]"),
        ({"profiel": "Toetsdeelnemers"}, "not-a-result", "[1]"),
        ({"resultatenscores": []}, "json-type", "[1].resultatenscores"),
        ({PUPIL: []}, "pupil-missing", "[1].resultatenscores"),
        ({PUPIL: ["101"]}, "json-type", f"[1].{PUPIL}[0]"),
        ({f"{PUPIL}.0.onderwijsdeelnemerID": 101}, "json-type", f"[1].{PUPIL}[0].onderwijsdeelnemerID"),
        ({TAKEN: "3 februari"}, "date-unreadable", "[1].resultatenscores.afnamecontext.afname"),
        ({"resultatenscores.afnamecontext": True}, "json-type", "[1].resultatenscores.afnamecontext"),
        ({f"{RESULTS}.1.waarde": REMOVED}, "value-missing", f"[1].{RESULTS}[1].waarde"),
        ({f"{RESULTS}.1.waarde": {}}, "json-type", f"[1].{RESULTS}[1].waarde"),
        ({f"{RESULTS}.1.waarde": "x" * 300}, "text-too-long", f"[1].{RESULTS}[1].waarde"),
        ({"resultatenscores.resultaten": REMOVED}, "value-missing", "[1].resultatenscores.resultaten"),
    ],
)
def test_a_wrong_value_is_told_by_its_path_and_leaves_its_message_out(changes, code, path) -> None:
    data = of(about("102"), message(changes))

    found = problem(data, code)

    assert (found.field, found.row, found.severity) == (path, 2, "error")
    assert [r.las_key for r in delivered(data).results] == ["102"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"versie": "Doorstroomtoetsketen_v2.0"}, "chain-version"), ({RESULTS: []}, "no-reference-level")],
)
def test_what_is_strange_is_a_warning(changes: dict[str, Any], code: str) -> None:
    assert problem(of(message(changes)), code).severity == "warning"


def test_the_newest_message_replaces_the_older_ones_in_every_file() -> None:
    old = about("101", datumtijd="2026-03-01T09:00:00Z")
    new = about("101", datumtijd="2026-03-12T10:00:00+01:00")
    new["resultatenscores"]["resultaten"]["resultaten"][1]["waarde"] = "1F"

    made, _, problems = tables([delivered(of(new, about("102")), "nieuw.json"), delivered(of(old), "oud.json")])

    assert made[0].frame.filter(subject="rekenen").select("pupil_key", "reference_level").rows() == [
        ("101", "1F"), ("102", "1S"),
    ]  # fmt: skip
    assert made[1].frame.is_empty()
    assert [(p.file, p.code, p.severity) for p in problems] == [("oud.json", "result-replaced", "notice")]


def test_a_pupil_named_by_eck_id_alone_is_the_one_who_was_named_by_both() -> None:
    old = about("", "https://ketenid.nl/201703/aa11", datumtijd="2026-03-01T09:00:00Z")

    made, _, problems = tables([delivered(of(about("101", "https://ketenid.nl/201703/aa11"), old))])

    assert made[0].frame["pupil_key"].unique().to_list() == ["101"]
    assert [p.code for p in problems] == ["result-replaced"]


def test_an_earlier_school_year_is_not_replaced() -> None:
    before = about("101", schooljaar="2024-2025")
    before["resultatenscores"]["afnamecontext"]["afname"]["afnametijdstip"] = "2025-02-04T08:30:00Z"

    made, _, problems = tables([delivered(of(before, about("101")))])

    assert made[0].frame["school_year"].unique().sort().to_list() == [2024, 2025]
    assert problems == []


def test_the_same_message_twice_counts_once_and_two_that_differ_do_not_count() -> None:
    other = about("101")
    other["resultatenscores"]["resultaten"]["resultaten"][1]["waarde"] = "1F"

    once, _, told = tables([delivered(of(message(), message()))])
    none, _, problems = tables([delivered(of(message(), other))])

    assert once[0].frame.height == 3
    assert [p.severity for p in told] == ["notice"]
    assert none[0].frame.is_empty()
    assert {(p.code, p.severity) for p in problems} == {("result-conflict", "error")}


@pytest.mark.parametrize("references", [("101", None), ("", "https://ketenid.nl/201703/aa11")])
def test_the_pupil_is_found_in_the_roster_by_what_it_has(references: tuple[str, str | None]) -> None:
    roster = roster_of(edex('<leerling key="101" eckid="https://ketenid.nl/201703/aa11"><roepnaam>Noor</roepnaam>'
                            "</leerling>"))  # fmt: skip

    frame, problems = match([table_of(of(about(*references)))], [roster])

    assert frame["pupil"].unique().to_list() == ["101"]
    assert problems == []


def test_who_is_in_no_roster_is_told_without_the_eck_id() -> None:
    roster = roster_of(edex())

    _, problems = match([table_of(of(about("", "https://ketenid.nl/201703/aa11")))], [roster])

    assert [(p.code, p.value) for p in problems] == [("pupil-unknown", "ECK iD …aa11")]
    assert "ketenid" not in repr(delivered(of(about("", "https://ketenid.nl/201703/aa11"))))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b'{"resultatenscores": NaN}', "json-number"),
        (b'{"resultatenscores": [-Infinity]}', "json-number"),
        (b'{"resultatenscores": 1e999}', "json-number"),
        (b'{"resultatenscores": ' + b"9" * 5000 + b"}", "json-number"),
        (b'{"resultatenscores": {}, "resultatenscores": {}}', "json-name-twice"),
        (b'{"resultatenscores": "\\ud800"}', "json-encoding"),
        (b'{"resultatenscores": "\xff"}', "json-encoding"),
        (b'{"resultatenscores": ' + b"[" * 40 + b"]" * 40 + b"}", "json-too-deep"),
        (b'[{"resultatenscores": ' * 100_000, "json-too-deep"),
        (of(message())[:-9], "json-malformed"),
        (of(message()) + b"x", "json-malformed"),
        (b"[]", "no-rows"),
        (b"[1]", "not-a-result"),
        (b'"tekst"', "not-a-result"),
        (b'{"resultatenscores": {}}', "value-missing"),
    ],
)
def test_hostile_and_broken_files_give_a_reason_and_nothing_else(data: bytes, code: str) -> None:
    found, problems = read(data, "d.json")

    assert found is None
    assert code in [p.code for p in problems]
    assert all(p.severity == "error" and p.advice for p in problems)


def test_a_file_beyond_the_limits_is_refused_before_it_is_read() -> None:
    large = b" " * (safe_json.MAX_BYTES + 1)
    many = json.dumps([{}] * 5001).encode()

    assert read(large, "d.json")[1][0].code == "file-too-large"
    assert [p.code for p in read(many, "d.json")[1]] == ["too-many-messages"]


def test_other_json_among_results_is_told_what_it_should_be() -> None:
    found, problems = result_files.read(b'{"a": 1}', "iets.json")

    assert found is None
    assert [p.code for p in problems] == ["not-a-result"]


def test_what_is_written_reads_back_the_same() -> None:
    results = delivered(of(message(), about("102", "https://ketenid.nl/201703/aa11"))).results

    back = delivered(write(results, author="Verzonnen")).results

    assert back == results


@pytest.mark.parametrize("change", [{"taken_on": None}, {"school_year": None}, {"las_key": None}, {"instrument": ""}])
def test_what_a_message_cannot_carry_is_refused(change: dict[str, Any]) -> None:
    from dataclasses import replace

    result = replace(delivered(of(message())).results[0], **change)

    with pytest.raises(ValueError, match="cannot carry"):
        write([result], author="Verzonnen")


@pytest.mark.parametrize("data", [b"12", b'"tekst"', b"true", b" null ", b"-1.5e3", b"[1, 2]", b"[]", b"geen json"])
def test_a_json_file_among_the_results_is_never_read_as_a_table(data: bytes) -> None:
    found, problems = result_files.read(data, "uitslag.JSON")

    assert found is None
    assert {(p.severity, p.code) for p in problems} <= {
        ("error", "not-a-result"), ("error", "json-malformed"), ("error", "no-rows"),
    }  # fmt: skip
    assert all("doorstroomtoets" in p.message + p.advice or p.code != "not-a-result" for p in problems)
    assert problems
