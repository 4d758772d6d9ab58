"""The invented country in the workbooks of CBS (XLSX) and the inspectorate (ODS)."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

import numpy as np
import xlsxwriter

from leercirkel.demo.open_data.country import Cohort, Country

Cell = str | float | None

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
INVENTED = "Verzonnen gegevens: deze scholen bestaan niet."


def all_of(
    place: Country, cohorts: Mapping[int, Cohort], years: Sequence[int], seed: int
) -> Iterator[tuple[str, bytes]]:
    """Schoolweging, achterstandsscores and the three-year shares, each with the name of its file."""
    last = list(years)[-3:]
    span = f"{last[0]}-{last[-1] + 1}"
    yield f"schoolweging-{span}.ods", ods(weightings(place, last, seed))
    yield f"achterstandsscores-scholen-{last[-1]}.xlsx", disadvantage(place, last[-1], seed)
    yield f"gemiddelde-referentieniveaus-{span}.ods", ods(shares(place, {year: cohorts[year] for year in last}))


def weightings(place: Country, years: Sequence[int], seed: int) -> dict[str, list[list[Cell]]]:
    """A sheet per year and one with the unweighted mean; the number behind the BRIN is not that of the location."""
    rng = np.random.default_rng([seed, 5])
    codes = _supervised(place)
    per_year = {year: (place.weighting + rng.normal(0, 0.3, len(place.brin))).clip(20, 40).round(2) for year in years}
    sheets: dict[str, list[list[Cell]]] = {"toelichting": [[INVENTED]]}
    title = "schoolweging " + ", ".join(f"{year}/{year + 1}" for year in years)
    mean = np.mean(list(per_year.values()), axis=0)
    sheets["Driejaarsgemiddelde"] = [["OVT", "Naam", "BGNR", title]]
    sheets["Driejaarsgemiddelde"] += [
        [code, "Verzonnen", float(place.board[at]), round(float(mean[at]), 2)] for at, code in codes
    ]
    for year, values in per_year.items():
        head: list[Cell] = ["OVT", "Naam", "BGNR", "schoolweging", "aantal_leerlingen", "spreiding"]
        sheets[f"{year}-{year + 1}"] = [head] + [
            [code, "Verzonnen", float(place.board[at]), float(values[at]), float(round(place.size[at] * 8)),
             round(float(place.spread[at]), 2)]
            for at, code in codes
        ]  # fmt: skip
    return sheets


def _supervised(place: Country) -> list[tuple[int, str]]:
    """Place of an ordinary primary school → "85AA|C1"; a second location is mostly C2, and now and then C3."""
    seen: Counter[str] = Counter()
    out = []
    for at, brin in enumerate(place.brin):
        if not place.sbo[at]:
            seen[brin] += 1
            out.append((at, f"{brin}|C{seen[brin] if seen[brin] == 1 or at % 5 else 3}"))
    return out


def shares(place: Country, cohorts: Mapping[int, Cohort]) -> dict[str, list[list[Cell]]]:
    """The sheet Data: per school the shares of each year and of all, with invented values to hold them against."""
    years = list(cohorts)
    head: list[Cell] = ["ovt", "Schoolweging"]
    for year in years:
        short = f"{year % 100}{year % 100 + 1}"
        head += [f"Gemiddelde %1F {short}", f"Gemiddelde %1S/2F {short}", f"Aantal leerlingen {short}"]
    head += [
        "Gewogen driejaarsgemiddelde %1F", "Gewogen driejaarsgemiddelde %1S/2F", "Signaleringswaarde 1F",
        "Signaleringswaarde 1S/2F", "Uitkomst indicator 1F", "Uitkomst indicator 1S/2F",
        "Totaal aantal leerlingen 3 jaar",
    ]  # fmt: skip
    rows: list[list[Cell]] = [head]
    for at, code in _supervised(place):
        counts = {year: sum(levels[at] for levels in cohorts[year].levels.values()) for year in years}
        whole = np.sum(list(counts.values()), axis=0)
        if not whole.sum():
            continue
        row: list[Cell] = [code, round(float(place.weighting[at]), 2)]
        for year in years:
            row += [*_reached(counts[year]), float(counts[year].sum() // 3)]
        reached = _reached(whole)
        signal = round(min(65.0, max(25.0, 49.0 - 2.0 * (float(place.weighting[at]) - 30))), 1)
        outcomes = [
            "boven" if share is not None and share >= bound else "onder"
            for share, bound in zip(reached, (85.0, signal), strict=True)
        ]
        rows.append([*row, *reached, 85.0, signal, *outcomes, float(whole.sum() // 3)])
    return {"Toelichting": [[INVENTED]], "Data": rows}


def _reached(counts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[float | None]:
    total = int(counts.sum())
    if not total:
        return [None, None]
    return [round(100 * float(counts[1] + counts[2]) / total, 1), round(100 * float(counts[2]) / total, 1)]


def disadvantage(place: Country, year: int, seed: int) -> bytes:
    """Tabel 1 with the threshold and Tabel 2 without it, with the remarks beside small numbers."""
    rng = np.random.default_rng([seed, 6])
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("Voorblad").write(0, 0, INVENTED)
    first, second = book.add_worksheet("Tabel 1"), book.add_worksheet("Tabel 2")
    day, without = f"basisschoolvestiging, 1 oktober {year}", "Achterstandsscore zonder drempel"
    first.write_column(0, 0, ["Tabel 1", f"Achterstandsscore per {day}"])
    second.write_column(0, 0, ["Tabel 2", f"{without} per {day}"])
    first.write_row(3, 0, ["School (BRIN vestiging)", "Aantal bekostigde leerlingen", "Achterstandsscore"])
    second.write_row(3, 0, ["School (BRIN vestiging)", without, f"{without}\n(onderbouw)", f"{without}\n(bovenbouw)"])
    row = 5
    for at in range(len(place.brin)):
        if place.sbo[at]:
            continue
        pupils = max(5, round(float(place.size[at]) * 8))
        # a pupil of the lowest 15% is some six points below the mean of all; hard schools have more of them
        each = max(0.02, 0.09 * float(place.weighting[at] - 20) - 0.25 + float(rng.normal(0, 0.08)))
        lower = round(pupils * each * 0.45, 2)
        upper = round(pupils * each * 0.55, 2)
        few = [letter for letter, number in (("a", pupils), ("b", pupils * 0.4), ("c", pupils * 0.6)) if number <= 40]
        school = place.brin[at] + place.location[at]
        first.write_row(
            row, 0, [school, pupils, round(max(0.0, lower + upper - 0.7 * pupils), 2), "a" if "a" in few else ""]
        )
        second.write_row(row, 0, [school, round(lower + upper, 2), lower, upper, ", ".join(few)])
        row += 1
    first.write_column(row + 1, 0, ["Bron: verzonnen", "a De achterstandsscore is onvoldoende betrouwbaar."])
    book.close()
    return out.getvalue()


def ods(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """An OpenDocument spreadsheet; numbers are shown with a comma."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{_rows(rows)}</table:table>' for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>{body}</office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = zipfile.ZipInfo("mimetype", (1980, 1, 1, 0, 0, 0))
        archive.writestr(kind, "application/vnd.oasis.opendocument.spreadsheet")
        part = zipfile.ZipInfo("content.xml", (1980, 1, 1, 0, 0, 0))
        archive.writestr(part, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _rows(rows: Iterable[Sequence[Cell]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)


def _cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    shown = f"{value:g}".replace(".", ",")
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"
