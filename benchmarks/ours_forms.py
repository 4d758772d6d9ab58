"""One run of `leercirkel report` that tells what making the document took, apart from reading and analysing.

For `bench_forms`: ours_forms.py ARGUMENTS… with one --out. The last line is JSON: seconds by the clock and of processor
time for loading the renderer and rendering, and the size of the document in bytes.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

from leercirkel.analysis.model import SchoolReport
from leercirkel.cli import main
from leercirkel.commands import making

KNOWN = dict(making.FORMATS)


def timed(report: SchoolReport) -> bytes:
    """The document in the form that was asked for, its renderer loaded now and not beforehand."""
    module, render = KNOWN[Path(sys.argv[-1]).suffix]
    seconds, processor = time.perf_counter(), time.process_time()
    data: bytes = getattr(importlib.import_module(module), render)(report)
    said = {"seconds": time.perf_counter() - seconds, "processor": time.process_time() - processor, "bytes": len(data)}
    sys.stdout.write(json.dumps(said) + "\n")
    return data


if __name__ == "__main__":
    sys.modules["ours_forms"] = sys.modules["__main__"]
    for suffix in making.FORMATS:
        making.FORMATS[suffix] = ("ours_forms", "timed")
    sys.exit(main(sys.argv[1:]))
