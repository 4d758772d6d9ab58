"""A school's report, cold process, files → PDF, beside a plain pandas + openpyxl + matplotlib script on the same files.

The school: the demo BAO of 220 pupils, eight years, six subjects, two moments, every export as a workbook, as most
systems give them. Usage: bench_report.py [RUNS]
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
from pathlib import Path

import xlsxwriter
from measure import machine, pairs, row, title

from leercirkel.demo import write_files

HERE = Path(__file__).parent
PROGRAM = str(Path(sys.executable).with_name("leercirkel"))


NUMBERS = ("vaardigheidsscore", "percentiel")


def as_workbook(path: Path) -> None:
    """A CSV export of the demo as the same table in a workbook; the CSV goes."""
    data = path.read_bytes()
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp1252")
    header, *lines = csv.reader(io.StringIO(text), delimiter=";")
    with xlsxwriter.Workbook(path.with_suffix(".xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        for number, line in enumerate(lines, start=1):
            for place, (name, value) in enumerate(zip(header, line, strict=True)):
                if value:
                    sheet.write(number, place, float(value.replace(",", ".")) if name in NUMBERS else value)
    path.unlink()


def main() -> None:
    """Makes the files once, then runs both programs in turn and prints medians, memory and the ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        school, out = Path(folder) / "bao", Path(folder) / "uit"
        out.mkdir()
        write_files(school, school="bao", years=8, seed=1, messages=False)  # the baseline reads tables only
        for export in school.glob("resultaten-*.csv"):
            as_workbook(export)
        rosters = sorted(map(str, school.glob("EDEX-*.xml")))
        results = sorted(map(str, school.glob("resultaten-*.xlsx")))
        ours = [PROGRAM, "report", "--rosters", *rosters, "--results", *results]
        ours += ["--standards", str(school / "normen.toml"), "--calendar", str(school / "toetsen.toml")]
        ours += ["--norms", str(school / "normtabel-demo-lvs.csv"), "--pupils", str(school / "kenmerken.csv")]
        baseline = [sys.executable, str(HERE / "baseline_report.py"), str(school), str(out / "baseline.pdf")]
        both = pairs([*ours, "--out", str(out / "rapport.pdf")], baseline, runs)
        said = json.loads(both.baseline[-1].output.splitlines()[-1])

        title(f"School report, files → PDF ({runs} runs in turn, cold process; {machine()})")
        print(
            f"{said['results']:,} results, {said['pupils']} pupils, {len(rosters)} rosters, {len(results)} result files"
        )
        print(row("leercirkel report", both.ours))
        print(row("pandas + openpyxl + matplotlib", both.baseline))
        print(both.summary())


if __name__ == "__main__":
    main()
