"""Errors of writing a file, as the same kind whoever writes it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NUMBER = re.compile(r"\(os error (\d+)\)")


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Raises OSError when there is no room or no right to write here.

    An engine that writes by itself (Polars) tells of a full disk with an error of its own kind, which nobody who
    handles files that cannot be written would catch; the number of the system's error stands in its text.
    """
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        number = _NUMBER.search(str(error))
        if number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1])), str(path)) from None
