"""Timing of whole processes: seconds by the clock, and processor time and peak memory as the system counted them.

Two commands are run in turn (A B A B …), so that a busy moment of the machine hits both; the ratio is taken pair by
pair. This module imports nothing heavy: on Linux a child's peak memory starts from that of its parent.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

NOT_A_USERS = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONDONTWRITEBYTECODE")
"""Settings of a developer's machine that a user's does not have: with the last one nothing of ours is kept compiled."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds by the clock and of processor time, peak memory in MB, and what it printed."""

    seconds: float
    processor: float
    megabytes: float
    output: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians over the runs of ours and the baseline, and the median of the ratios pair by pair."""

    ours: tuple[Run, ...]
    baseline: tuple[Run, ...]

    @property
    def ratio(self) -> float:
        """How many times faster ours is than the baseline."""
        return median(b.seconds / a.seconds for a, b in zip(self.ours, self.baseline, strict=True))

    @property
    def processor_ratio(self) -> float:
        """The same for processor time, which says more when others use the machine."""
        return median(b.processor / a.processor for a, b in zip(self.ours, self.baseline, strict=True))

    def summary(self) -> str:
        """The line with both ratios."""
        less = f"{self.processor_ratio:.1f} × less processor time"
        return f"{'ratio, median of pairs':<34} {self.ratio:6.1f} × faster, {less}"


def run(command: Sequence[str]) -> Run:
    """Runs the command in a fresh process. Exits with its output when it fails: a failed run has no time."""
    environment = {k: v for k, v in os.environ.items() if k not in NOT_A_USERS}
    started = time.perf_counter()
    with subprocess.Popen(
        list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {process.returncode}:\n{output[-4000:]}")
    per_megabyte = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / per_megabyte, output)


def pairs(ours: Sequence[str], baseline: Sequence[str], runs: int) -> Pair:
    """One uncounted run of each (files in the cache, bytecode written), then `runs` of each in turn."""
    run(ours)
    run(baseline)
    both = [(run(ours), run(baseline)) for _ in range(runs)]
    return Pair(tuple(a for a, _ in both), tuple(b for _, b in both))


def row(name: str, runs: Sequence[Run]) -> str:
    """One line: median, smallest and largest time, median processor time and peak memory."""
    seconds = [r.seconds for r in runs]
    processor, memory = median(r.processor for r in runs), median(r.megabytes for r in runs)
    spread = f"({min(seconds):.2f}–{max(seconds):.2f})"
    return f"{name:<34} {median(seconds):6.2f} s  {spread}  {processor:5.2f} s processor  {memory:5.0f} MB peak"


def machine() -> str:
    """What the figures were measured on."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def title(text: str) -> None:
    """A heading above a table of figures."""
    print(f"\n{text}\n{'-' * len(text)}")
