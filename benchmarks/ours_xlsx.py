"""Our side of `bench_xlsx`: FILE read and checked by `leercirkel.exchange.tables`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from leercirkel.exchange.tables import reader

if __name__ == "__main__":
    path = Path(sys.argv[1])
    started = time.perf_counter()
    table, problems = reader.read(path.read_bytes(), path.name)
    assert table is not None
    said = {"seconds": time.perf_counter() - started, "rows": table.frame.height, "problems": len(problems)}
    print(json.dumps(said))
