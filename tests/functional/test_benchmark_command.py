"""`leercirkel benchmark` from files as they are published: method, parameters, counts, verdicts; and onto the page."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import polars as pl
import pytest

from leercirkel.cli import main
from leercirkel.demo.open_data import write_open_data
from leercirkel.exchange.duo.comparing import own_signals
from leercirkel.exchange.duo.store import Store

SCHOOLS = 260


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented country, read in from the layouts of the publishers."""
    folder = tmp_path_factory.mktemp("open-data")
    files = write_open_data(folder / "files", schools=SCHOOLS, years=4, seed=3)
    assert main(["duo", "add", *map(str, files), "--school-year", "2024", "--store", str(folder / "store")]) == 0
    return folder / "store"


def ran(*given: str | Path) -> int:
    return main(["benchmark", *map(str, given)])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_it_prints_method_parameters_counts_and_what_is_sure(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "scholen.csv"
    charts = tmp_path / "figuren"

    code = ran("successful", "--store", store, "--score", "standardised", "--out", out, "--charts", charts)

    told = capsys.readouterr().out
    assert code == 0
    for part in (
        "2022-2023, 2023-2024, 2024-2025",
        "schoolweging van de inspectie; 5 groepen van evenveel scholen",
        "havo + havo/vwo + vwo, van alle adviezen zonder vso en niet mogelijk",
        "1 SD of meer boven de eigen groep, en hoogstens 1 jaar eronder",
        "staat ervoor in de plaats",
        "SBO doet niet mee",
        "van meer vestigingen staat hier één",
        "In 2023-2024 kwamen er andere toetsen",
        "het bestand zegt “<5”",
        "Hoe zeker is het?",
    ):
        assert part in told, part
    rows = table(out)
    assert f"Scholen met een populatie: {len(rows)}" in told
    yes = sum(row["uitkomst"] == "succesvol" for row in rows)
    unknown = sum(row["uitkomst"] == "niet te zeggen" for row in rows)
    assert yes
    assert unknown
    assert f"Succesvol: {yes} · niet te zeggen: {unknown}" in told
    assert {row["groep"] for row in rows} == {"1", "2", "3", "4", "5"}
    assert all(float(r["advies_laagst"]) <= float(r["advies_hoogst"]) for r in rows if r["advies_laagst"])
    assert sorted(path.name for path in charts.iterdir()) == ["scholen-eindscore.svg", "scholen-havo-vwo.svg"]
    drawn = {path.stem: path.read_text(encoding="utf-8") for path in charts.iterdir()}
    for svg in drawn.values():
        assert "heel Nederland, 2022-2023, 2023-2024, 2024-2025" in svg
        assert all(f"Groep {group}: " in svg for group in range(1, 6))
        assert "Bron: DUO" in svg
    assert "schatting: afgeschermde aantallen" in drawn["scholen-havo-vwo"]
    assert "afgeschermde" not in drawn["scholen-eindscore"]
    called = sum(row["advies_uitkomst"] == "succesvol" for row in rows)
    assert (
        sum(
            map(
                int,
                re.findall(r"(\d+) succesvol\.", drawn["scholen-havo-vwo"].split("</title>")[0].split("<title>")[1]),
            )
        )
        == called
    )


def test_a_suppressed_share_is_printed_from_its_lowest_to_its_highest(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "scholen.csv"

    ran("successful", "--store", store, "--score", "standardised", "--groups", "2", "--out", out)

    told = capsys.readouterr().out
    mine = [row for row in table(out) if row["groep"] == "2" and row["advies_uitkomst"] == "succesvol"]
    assert mine
    for row in mine:
        low, high = (f"{round(100 * float(row[name]))}%" for name in ("advies_laagst", "advies_hoogst"))
        line = next(line for line in told.splitlines() if line.startswith(f"  {row['school']}  "))
        assert (f"advies havo of vwo {low} tot {high}" if low != high else f"advies havo of vwo {low}") in line


def test_another_engine_gives_the_same(store: Path, tmp_path: Path) -> None:
    found = {}
    for engine in ("memory", "duck"):
        out = tmp_path / f"{engine}.csv"
        assert ran("successful", "--store", store, "--score", "standardised", "--engine", engine, "--out", out) == 0
        found[engine] = [
            {k: v for k, v in row.items() if not k.endswith(("geschat", "van", "tot", "kans"))} for row in table(out)
        ]
    assert found["memory"] == found["duck"]


def test_a_municipality_is_compared_within_itself(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, part = tmp_path / "land.csv", tmp_path / "gemeente.csv"
    ran("successful", "--store", store, "--population", "disadvantage", "--score", "standardised", "--out", whole)
    place = max((row["gemeente"] for row in table(whole)), key=[row["gemeente"] for row in table(whole)].count)

    code = ran("successful", "--store", store, "--population", "disadvantage", "--groups", "2", "--municipality",
               place.upper(), "--score", "standardised", "--out", part)  # fmt: skip

    assert code == 0
    assert {row["gemeente"] for row in table(part)} == {place}
    assert {row["groep"] for row in table(part)} == {"1", "2"}
    told = capsys.readouterr().out
    assert f"gemeente {place.upper()}" in told
    assert f"alleen de scholen van gemeente {place.upper()}, met elkaar" in told
    assert "alle scholen van heel Nederland" in told


def test_one_year_is_said_to_be_less_than_the_published_way_asks(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran("successful", "--store", store, "--years", "2023", "2024", "--score", "standardised")
    assert "vraagt ten minste twee jaar" not in capsys.readouterr().out

    ran("successful", "--store", store, "--years", "2024", "--score", "standardised")
    assert "De gepubliceerde manier vraagt ten minste twee jaar" in capsys.readouterr().out


def test_without_weightings_schools_are_compared_by_disadvantage_scores_and_without_advices_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write_open_data(tmp_path / "files", schools=60, years=2, seed=3)
    some = [str(file) for file in files if file.name.startswith(("01.", "05.", "achterstand"))]
    main(["duo", "add", *some, "--store", str(tmp_path / "store")])
    years = ("--years", "2023", "2024", "--score", "standardised")
    capsys.readouterr()

    assert ran("successful", "--store", tmp_path / "store", *years) == 0
    told = capsys.readouterr()
    assert "populatie            achterstandsscore per leerling (CBS)" in told.out
    assert "(b) doet niet mee" in told.err
    assert ran("successful", "--store", tmp_path / "store", *years, "--population", "weighting") == 1
    assert "of kies --population disadvantage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("--municipality", "Bestaat Niet"), 1, "in: gemeente Bestaat Niet. Zonder --municipality en met --out"),
        (("--board", "00001"), 1, "in: bevoegd gezag 00001. Een nummer van een bestuur"),
        (("--groups", "0"), 2, "--groups: kies 1 tot en met 20"),
        (("--years", "2001", "--score", "standardised"), 1, "van deze jaren geen advies"),
        (("--years", "2001", "2023", "2024"), 0, "Van 2001-2002 staan er geen adviezen en geen scores"),
        (("--years", "-1", "24", "--groups", "0"), 2, "--years 24: schrijf het eerste jaar van een schooljaar"),
        (("--score", "cet"), 0, "Van de Centrale Eindtoets zijn er in deze jaren te weinig scores"),
    ],
)
def test_what_cannot_be_is_said_in_dutch(
    store: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], code: int, said: str
) -> None:
    assert ran("successful", "--store", store, *given) == code
    assert said in capsys.readouterr().err


def test_of_a_municipality_that_is_misspelt_the_right_one_is_named(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran("successful", "--store", store, "--score", "standardised", "--out", tmp_path / "land.csv")
    place = table(tmp_path / "land.csv")[0]["gemeente"]

    assert ran("successful", "--store", store, "--municipality", place[:-2] + place[-1]) == 1

    said = capsys.readouterr().err
    assert "Bedoelt u " in said
    assert place in said


def test_charts_that_cannot_be_written_are_said(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bezet").write_text("geen map", encoding="utf-8")

    assert ran("successful", "--store", store, "--charts", tmp_path / "bezet") == 1
    assert "Kies een andere map met --charts" in capsys.readouterr().err


def test_a_damaged_file_in_the_store_is_said(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "kopie"
    shutil.copytree(store, kept)
    next((kept / "advices").iterdir()).write_bytes(b"geen Parquet")

    assert ran("successful", "--store", kept) == 1
    assert "is een bestand weg of beschadigd" in capsys.readouterr().err


def test_an_empty_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("successful", "--store", tmp_path / "niets") == 1
    assert "Lees ze in met: leercirkel duo add" in capsys.readouterr().err


def test_a_table_of_signal_values_is_refused_with_all_that_is_wrong(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "signaal.csv"
    bad.write_text("schoolweging;signaleringswaarde\n30;veel\n31;160\n32;50\n32;51\n", encoding="utf-8")

    assert ran("publish", "--store", store, "--signals", bad) == 1

    told = capsys.readouterr().err
    assert "rij 2: hier horen twee getallen" in told
    assert "rij 3, signaleringswaarde" in told
    assert "schoolweging 32 staat er meer dan één keer" in told


def test_signal_values_by_weighting_are_refused_where_schools_are_not_compared_by_it(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = tmp_path / "signaal.csv"
    good.write_text("schoolweging;signaleringswaarde\n30;50\n", encoding="utf-8")

    assert ran("publish", "--store", store, "--signals", good, "--population", "disadvantage") == 2
    assert "horen bij een schoolweging" in capsys.readouterr().err


def test_the_value_that_the_inspectorate_holds_a_school_against_comes_from_its_own_file(store: Path) -> None:
    kept = Store(store)
    rows = kept.frame("judgements").filter(pl.col("level") == "1S/2F", pl.col("location").is_not_null()).collect()
    expected = {
        brin + place: signal / 100 for brin, place, signal in rows.select("brin", "location", "signal").iter_rows()
    }

    found = own_signals(kept)

    assert len(found) > 50
    assert found == pytest.approx({school: value for school, value in expected.items() if value is not None})
    assert own_signals(Store(store / "nergens")) == {}
