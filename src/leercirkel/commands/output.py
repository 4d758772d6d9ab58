"""What commands print: problems as a table or as JSON, and files written so that a failure leaves nothing half-done."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from leercirkel.exchange.problems import SEVERITY_LABELS, Problem

ORDER = {"error": 0, "warning": 1, "notice": 2}
WORDS = {"error": ("fout", "fouten"), "warning": ("waarschuwing", "waarschuwingen"), "notice": ("melding", "meldingen")}


def print_problems(problems: Sequence[Problem], *, stream: TextIO | None = None, as_json: bool = False) -> None:
    """All problems, errors first, then by file and row; with a line of totals when it is a table."""
    out = stream or sys.stdout
    ordered = sorted(problems, key=lambda p: (ORDER[p.severity], p.file, p.row or 0))
    if as_json:
        report = {"problems": [p.as_dict() for p in ordered], "count": counts(problems)}
        out.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return
    for p in ordered:
        out.write(_table_row(p))
    out.write(f"{summary(problems)}\n")


def _table_row(p: Problem) -> str:
    place = p.file + (f", rij {p.row}" if p.row else "") + (f", {p.field}" if p.field else "")
    value = f" (“{p.value}”)" if p.value else ""
    text = textwrap.fill(f"{p.message}{value} {p.advice}".strip(), 110, initial_indent="  ", subsequent_indent="  ")
    return f"{SEVERITY_LABELS[p.severity]:9}{place}\n{text}\n"


def counts(problems: Sequence[Problem]) -> dict[str, int]:
    """Number of problems per severity, zeros included."""
    found = Counter(p.severity for p in problems)
    return {severity: found[severity] for severity in ORDER}  # type: ignore[index]


def summary(problems: Sequence[Problem]) -> str:
    """ "3 fouten, 1 waarschuwing, 0 meldingen"."""
    found = counts(problems)
    return ", ".join(f"{found[severity]} {words[found[severity] != 1]}" for severity, words in WORDS.items())


def write_whole(path: Path, data: bytes) -> None:
    """Writes the file at once: a reader sees the old file or the new one, never half of it. Raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
