"""A workbook of 50,000 × 15 read and checked: our reader beside openpyxl's read-only mode with the same checks.

Both must find the same number of usable rows and problems. Usage: bench_xlsx.py [RUNS]
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from measure import Run, machine, pairs, row, run, title

HERE = Path(__file__).parent


def main() -> None:
    """Writes the workbook once, reads it with both in turn, and prints medians, memory and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "resultaten.xlsx")
        run([sys.executable, str(HERE / "xlsx_make.py"), file])
        ours, baseline = ([sys.executable, str(HERE / f"{side}_xlsx.py"), file] for side in ("ours", "baseline"))
        both = pairs(ours, baseline, runs)
    a, b = said(both.ours[-1]), said(both.baseline[-1])
    if (a["rows"], a["problems"]) != (b["rows"], b["problems"]):
        sys.exit(f"The readers do not find the same: ours {a}, openpyxl {b}")
    inside = median(said(y)["seconds"] / said(x)["seconds"] for x, y in zip(both.ours, both.baseline, strict=True))

    title(f"Workbook of 50,000 × 15, read and checked ({runs} runs in turn, cold process; {machine()})")
    print(f"{a['rows']:,.0f} usable rows and {a['problems']:.0f} problems, found by both")
    print(row("leercirkel.exchange.tables", both.ours))
    print(row("openpyxl, read-only", both.baseline))
    print(f"{both.summary()} ({inside:.1f} × faster without starting Python)")


def said(finished: Run) -> dict[str, float]:
    """What a side printed: seconds for reading alone, usable rows, problems."""
    found: dict[str, float] = json.loads(finished.output.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
