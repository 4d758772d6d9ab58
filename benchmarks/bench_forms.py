"""The report of one school as HTML and as a workbook, beside the same report as PDF.

The school: the demo BAO of 220 pupils, eight years, six subjects, two moments, with all it delivers. Two measures, for
they say different things: the whole process (files → document), of which reading and analysing are the same for every
form; and the making of the document alone (renderer loaded, bytes made), cold in a process of its own.
Usage: bench_forms.py [RUNS]
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from measure import Pair, Run, machine, pairs, row, run, title

HERE = Path(__file__).parent
PROGRAM = str(Path(sys.executable).with_name("leercirkel"))
FORMS = ("html", "xlsx")


def arguments(school: Path) -> list[str]:
    """The school's own files, as a user names them."""

    def named(*patterns: str) -> list[str]:
        return sorted(str(path) for pattern in patterns for path in school.glob(pattern))

    results = named("resultaten-*", "niet-gemaakt-*", "doorstroomtoets-*", "methodetoets-*", "observaties-*")
    out = ["report", "--rosters", *named("EDEX-*.xml"), "--results", *results]
    for option, name in (("standards", "normen.toml"), ("calendar", "toetsen.toml"), ("pupils", "kenmerken.csv"),
                         ("norms", "normtabel-demo-lvs.csv"), ("interventions", "aanpakken.toml")):  # fmt: skip
        out += [f"--{option}", str(school / name)]
    return out


def said(runs: Sequence[Run], what: str) -> list[float]:
    """One of the figures that `ours_forms` prints, per run."""
    lines = [next(line for line in r.output.splitlines() if line.startswith('{"seconds"')) for r in runs]
    return [float(json.loads(line)[what]) for line in lines]


def made(name: str, runs: Sequence[Run]) -> str:
    """One line: median, smallest and largest time of the making alone, and the size of the document."""
    seconds, size = said(runs, "seconds"), median(said(runs, "bytes")) / 1000
    spread = f"({1000 * min(seconds):.0f}–{1000 * max(seconds):.0f})"
    processor = 1000 * median(said(runs, "processor"))
    return f"{name:<34} {1000 * median(seconds):6.0f} ms {spread:>12}  {processor:4.0f} ms processor  {size:5.0f} kB"


def ratio(both: Pair, what: str) -> float:
    """How many times the form's making goes into the PDF's, pair by pair."""
    return median(b / a for a, b in zip(said(both.ours, what), said(both.baseline, what), strict=True))


def main() -> None:
    """Makes the files once, then runs each form and the PDF in turn."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        school = Path(folder) / "bao"
        run([PROGRAM, "demo-files", str(school), "--school", "bao", "--years", "8", "--seed", "1"])
        asked = arguments(school)
        alone = [sys.executable, str(HERE / "ours_forms.py"), *asked, "--out"]
        whole = [PROGRAM, *asked, "--out"]
        pdf = str(Path(folder) / "rapport.pdf")

        title(f"The same report in other forms ({runs} runs in turn, cold process; {machine()})")
        for form in FORMS:
            out = str(Path(folder) / f"rapport.{form}")
            both = pairs([*whole, out], [*whole, pdf], runs)
            print(row(f"files → {form}", both.ours))
            print(row("files → pdf", both.baseline))
            print(both.summary())
            both = pairs([*alone, out], [*alone, pdf], runs)
            print(made(f"making the {form} alone", both.ours))
            print(made("making the pdf alone", both.baseline))
            less = f"{ratio(both, 'processor'):.1f} × less processor time"
            print(f"{'ratio, median of pairs':<34} {ratio(both, 'seconds'):6.1f} × faster, {less}\n")


if __name__ == "__main__":
    main()
