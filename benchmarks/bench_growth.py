"""Growth norms: seconds beside R's quantreg (method br) on the same pupils, and whether both give the same percentiles.

One grade step, one core, new pupils in every run, ours and theirs in turn. Ours is everything from scores to norm; of
R only the fits count. The second baseline, also without R, is the linear program itself with HiGHS (scipy), for some
of the 99 percentiles. Then the calibration of norms of 500 to 200,000 pupils, and the smallest cohorts that may be.
Usage: bench_growth.py [PUPILS] [RUNS]. R: apt-get install r-cran-quantreg
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean, median

import numpy as np
from growth_pupils import Numbers, pupils
from measure import machine, title
from scipy.optimize import linprog

from leercirkel.analysis.growth_norms.model import (
    FEWEST,
    PERCENTILES,
    Calibration,
    GrowthNorm,
    calibration,
    norm_of,
    percentiles,
)
from leercirkel.analysis.growth_norms.splines import design

ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
R_SCRIPT = Path(__file__).with_name("growth_quantreg.R")
ASKED = {1: 50, 3: 20}
"""How many times as fast as quantreg it should be, by number of earlier scores."""

SOME = (1, 25, 50, 75, 99)
"""The percentiles that HiGHS is asked for."""

SIZES = (500, 2_000, 20_000, 200_000)
NEW = 50_000


def main() -> None:
    """Prints speed and agreement, then the calibration."""
    if not ONE_CORE.items() <= os.environ.items():  # numpy looks at it when it is loaded, and R inherits it
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_CORE)
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    rscript = _with_quantreg()
    if rscript is None:
        print("R with quantreg is not on this machine (apt-get install r-cran-quantreg): only HiGHS is compared.")
    seed = int.from_bytes(os.urandom(4), "big")
    for priors in ASKED:
        title(f"{many:,} pupils, {priors} earlier score{'s' * (priors > 1)}, {runs} runs, seed {seed} ({machine()})")
        speed(rscript, many, priors, [seed + run for run in range(runs)])
    calibrated(seed)
    smallest(seed)


def _with_quantreg() -> str | None:
    found = shutil.which("Rscript")
    if found is None:
        return None
    check = subprocess.run([found, "-e", "library(quantreg)"], capture_output=True, check=False)
    return found if check.returncode == 0 else None


def speed(rscript: str | None, many: int, priors: int, seeds: list[int]) -> None:
    """The median of the ratios run by run, and the share of pupils whose percentile is the same or one off."""
    norm_of(*pupils(many, priors, seeds[0] - 1), fewest=0)  # not counted: the first call of everything
    ours: list[float] = []
    theirs: list[float] = []
    programs: list[float] = []
    same: list[float] = []
    within: list[float] = []
    losses: list[float] = []
    version = ""
    for run, seed in enumerate(seeds):
        earlier, scores = pupils(many, priors, seed)
        other: GrowthNorm | None = None
        if rscript and run % 2:
            taken, other, version = _quantreg(rscript, earlier, scores)
        started = time.perf_counter()
        norm = norm_of(earlier, scores, fewest=0)
        ours.append(time.perf_counter() - started)
        if rscript and not run % 2:
            taken, other, version = _quantreg(rscript, earlier, scores)
        if other is not None:
            theirs.append(taken)
            apart = np.abs(percentiles(norm, earlier, scores) - percentiles(other, earlier, scores))
            same.append(float((apart == 0).mean()))
            within.append(float((apart <= 1).mean()))
            losses.append(_farthest(norm, other, earlier, scores))
        seconds, worse = _linear_program(norm, earlier, scores)
        programs.append(seconds)
        losses.append(worse)
    _row("ours: knots, splines, all fits", ours)
    if theirs:
        _row(f"{version}: the fits", theirs)
        ratio = median(b / a for a, b in zip(ours, theirs, strict=True))
        print(f"{'ratio, median of runs':<36} {ratio:7.1f} ×   (asked: {ASKED[priors]} ×)")
        print(f"{'the same percentile, the worst run':<36} {100 * min(same):7.2f} % of pupils")
        print(f"{'at most 1 off, the worst run':<36} {100 * min(within):7.2f} % of pupils   (asked: 99 %)")
    _row(f"HiGHS: {len(SOME)} of {len(PERCENTILES)} fits", programs)
    per_fit = median(b / len(SOME) * len(PERCENTILES) / a for a, b in zip(ours, programs, strict=True))
    print(f"{'ratio, by the fit':<36} {per_fit:7.1f} ×")
    print(f"{'loss above that of the others, most':<36} {max(losses):7.0e} of the loss")


def _row(name: str, seconds: list[float]) -> None:
    print(f"{name:<36} {median(seconds):7.3f} s   ({min(seconds):.3f}–{max(seconds):.3f})")


def _quantreg(rscript: str, earlier: Numbers, scores: Numbers) -> tuple[float, GrowthNorm, str]:
    """R's seconds, and its coefficients as a norm with our knots: the same ones, else its percentiles differ."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "pupils.csv", Path(folder) / "coefficients.csv"
        np.savetxt(given, np.column_stack([earlier, scores]), delimiter=",", fmt="%g")
        command = [rscript, str(R_SCRIPT), str(given), str(made)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        found = np.loadtxt(made, delimiter=",")
    knots = norm_of(earlier, scores, fewest=0).splines
    rows = tuple(tuple(float(value) for value in row) for row in found)
    return float(told[0]), GrowthNorm(knots, rows, len(scores)), f"quantreg {told[1]}, R {'.'.join(told[2:])}"


def _losses(norm: GrowthNorm, columns: Numbers, scores: Numbers) -> Numbers:
    taus = np.array(PERCENTILES) / 100
    rest = scores[:, None] - columns @ np.array(norm.coefficients).T
    summed: Numbers = (rest * (taus - (rest < 0))).sum(axis=0)
    return summed


def _farthest(norm: GrowthNorm, other: GrowthNorm, earlier: Numbers, scores: Numbers) -> float:
    """How much more our loss is than the other's, as part of it, for the percentile where that is most."""
    columns = design(norm.splines, earlier)
    one, two = _losses(norm, columns, scores), _losses(other, columns, scores)
    return float(((one - two) / two).max())


def _linear_program(norm: GrowthNorm, earlier: Numbers, scores: Numbers) -> tuple[float, float]:
    """Seconds of HiGHS for some percentiles, by the dual (a row per coefficient: by far its quickest form), and how
    much more our loss is than its."""
    columns = design(norm.splines, earlier)
    losses = _losses(norm, columns, scores)
    seconds, worse = 0.0, -np.inf
    for percentile in SOME:
        started = time.perf_counter()
        found = linprog(-scores, A_eq=columns.T, b_eq=(1 - percentile / 100) * columns.sum(axis=0), bounds=(0, 1))
        seconds += time.perf_counter() - started
        assert found.fun is not None, found.message
        best = -found.fun - (1 - percentile / 100) * scores.sum()
        worse = max(worse, (losses[percentile - 1] - best) / best)
    return seconds, float(worse)


def calibrated(seed: int) -> None:
    """Median percentile and share outside of the pupils themselves and of new ones, by number of pupils."""
    title(f"Calibration: own pupils | {NEW:,} new pupils (outside: below the 1st curve or above the 99th; 2% is right)")
    print(f"{'earlier scores':>14} {'pupils':>8} {'s':>6} | median outside worst curve | median outside worst curve")
    for priors in FEWEST:
        for many in SIZES:
            earlier, scores = pupils(many, priors, seed + many)
            started = time.perf_counter()
            norm = norm_of(earlier, scores, fewest=0)
            seconds = time.perf_counter() - started
            own, new = (calibration(norm, *of) for of in ((earlier, scores), pupils(NEW, priors, seed)))
            refused = "" if many >= FEWEST[priors] else "  refused"
            print(f"{priors:>14} {many:>8,} {seconds:>6.2f} | {_told(own)} | {_told(new)}{refused}")


def _told(of: Calibration) -> str:
    return f"{of.median:>6.1f} {100 * of.outside:>6.2f}% {100 * of.worst:>8.1f}%  "


def smallest(seed: int, times: int = 50) -> None:
    """The share of new pupils outside, as a mean over many norms, below and above the smallest cohort."""
    title(f"The smallest cohort: share of {NEW:,} new pupils outside, mean (and highest) of {times} norms")
    for priors, fewest in FEWEST.items():
        new = pupils(NEW, priors, seed)
        for many in (fewest // 2, fewest, 2 * fewest):
            norms = (norm_of(*pupils(many, priors, seed + 1000 + k), fewest=0) for k in range(times))
            shares = [100 * calibration(norm, *new).outside for norm in norms]
            print(f"{priors:>3} earlier, {many:>6,} pupils: {mean(shares):5.2f}% ({max(shares):.2f}%)")


if __name__ == "__main__":
    main()
