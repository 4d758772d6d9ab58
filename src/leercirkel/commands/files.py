"""Reading the files that a command names: sizes limited, failures as problem records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from leercirkel.exchange.problems import Problem

LARGEST_FILE = 64 * 1024 * 1024

AT_A_TIME = 2
"""Files read at once: unpacking and parsing happen outside Python's lock. More than two bring nothing but memory."""

T = TypeVar("T")


def read_bytes(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The file's bytes, or a problem: not there, not a file, too large, not allowed."""
    try:
        if not path.exists():
            return None, [_problem(path, "file-missing", "Dit bestand is er niet.", "Controleer de naam en de map.")]
        if not path.is_file():
            advice = "Noem de bestanden zelf, bijvoorbeeld met *.xlsx."
            return None, [_problem(path, "file-none", "Dit is een map of iets anders dan een bestand.", advice)]
        if path.stat().st_size > LARGEST_FILE:
            limit = LARGEST_FILE // (1024 * 1024)
            advice = "Exporteer per schooljaar, of haal bladen weg die niet nodig zijn."
            return None, [_problem(path, "file-too-large", f"Dit bestand is groter dan {limit} MB.", advice)]
        return path.read_bytes(), []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        advice = "Sluit het bestand in andere programma's en kijk of u het mag openen."
        return None, [_problem(path, "file-unreadable", f"Dit bestand is niet te openen ({reason}).", advice)]


def _problem(path: Path, code: str, message: str, advice: str) -> Problem:
    return Problem("error", path.name or str(path), code, message, advice)


def each(
    paths: Iterable[Path], reader: Callable[[bytes, str], tuple[T | None, list[Problem]]], at_a_time: int = AT_A_TIME
) -> list[tuple[T | None, list[Problem]]]:
    """Every file through the reader, `at_a_time`: what the reader gave for each, in the order given."""

    def one(path: Path) -> tuple[T | None, list[Problem]]:
        data, problems = read_bytes(path)
        return (None, problems) if data is None else reader(data, path.name)

    with ThreadPoolExecutor(at_a_time) as pool:
        return list(pool.map(one, paths))


def read_each(
    paths: Iterable[Path], reader: Callable[[bytes, str], tuple[T | None, list[Problem]]], at_a_time: int = AT_A_TIME
) -> tuple[list[T], list[Problem]]:
    """As `each`, all files together: what could be read, and all problems."""
    made = each(paths, reader, at_a_time)
    return [value for value, _ in made if value is not None], [problem for _, found in made for problem in found]


def in_order(paths: Iterable[Path]) -> list[Path]:
    """The paths without repetitions, by name: the same files give the same report in whatever order they are named."""
    return sorted(set(paths), key=lambda path: (path.name, str(path)))


def dealt(paths: Sequence[Path], readers: int) -> list[list[Path]]:
    """The paths in at most that many shares of about as many bytes, one after another in the order given; at least one
    share, and no empty one but the only one."""
    sizes = [path.stat().st_size if path.is_file() else 0 for path in paths]
    shares: list[list[Path]] = [[] for _ in range(readers)]
    before, total = 0, max(1, sum(sizes))
    for path, size in zip(paths, sizes, strict=True):
        shares[min(readers - 1, (before + size // 2) * readers // total)].append(path)
        before += size
    return [share for share in shares if share] or [[]]
