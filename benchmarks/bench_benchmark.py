"""From open-data files to verdicts: `leercirkel duo add` and `leercirkel benchmark successful`, as a user runs them.

An invented country in the publishers' own layouts, as large as the real one. Usage: bench_benchmark.py [SCHOOLS] [RUNS]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from measure import machine, run, title

PROGRAM = (sys.executable, "-P", "-m", "leercirkel.cli")


def main() -> None:
    """Makes the files once, then reads and compares them."""
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else 6500
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as scratch:
        files, store = Path(scratch) / "files", Path(scratch) / "store"
        run([*PROGRAM, "demo-files", str(files), "--open-data", "--schools", str(schools), "--years", "3"])
        given = sorted(map(str, files.iterdir()))
        title(f"Open data of {schools} schools, three years, {runs} runs ({machine()})")
        reading, comparing = [], []
        for _ in range(runs):
            shutil.rmtree(store, ignore_errors=True)
            reading.append(run([*PROGRAM, "duo", "add", *given, "--school-year", "2024", "--store", str(store)]))
            comparing.append(
                run([*PROGRAM, "benchmark", "successful", "--store", str(store), "--score", "standardised"])
            )
        for name, found in (("duo add", reading), ("benchmark successful", comparing)):
            print(f"{name:<24} {median(f.seconds for f in found):6.2f} s, {median(f.processor for f in found):5.2f} s "
                  f"processor, {max(f.megabytes for f in found):.0f} MB")  # fmt: skip
        both = median(a.seconds + b.seconds for a, b in zip(reading, comparing, strict=True))
        print(f"{'files to verdicts':<24} {both:6.2f} s (asked: under 5)")


if __name__ == "__main__":
    main()
