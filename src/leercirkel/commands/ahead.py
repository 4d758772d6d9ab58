"""Work that a second process does while this one is still loading its libraries.

Loading them and reading XML are both Python's own work, which cannot be done side by side in threads.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def begun(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """`work` begins in a process of its own; what is given waits for its outcome, and is called at most once.

    `work` changes nothing outside itself and its outcome can be pickled. Where a process cannot be split, or when the
    second one fails, `work` is done here at the moment it is asked for, so that its errors are raised here too. The
    second process is gone when the block ends.
    """
    child = _split(work)
    if child is None:
        yield work
        return
    pid, source = child
    ended = False

    def outcome() -> T:
        nonlocal ended
        with os.fdopen(source, "rb", closefd=False) as stream:
            data = stream.read()
        _, status = os.waitpid(pid, 0)
        ended = True
        # our own process wrote it, whole or not at all
        return pickle.loads(data) if status == 0 else work()  # noqa: S301

    try:
        yield outcome
    finally:
        os.close(source)  # a child that is still writing hears that nobody listens, and ends
        if not ended:
            os.waitpid(pid, 0)


def _split(work: Callable[[], object]) -> tuple[int, int] | None:
    """The child's number and the end of the pipe to read, or None where splitting is impossible or not safe: a thread
    that is busy at that moment leaves its locks closed in the child."""
    if not hasattr(os, "fork") or threading.active_count() > 1 or "polars" in sys.modules:
        return None
    try:
        source, target = os.pipe()
        pid = os.fork()
    except OSError:
        return None
    if pid:
        os.close(target)
        return pid, source
    status = 1
    try:
        os.close(source)
        with os.fdopen(target, "wb") as stream:
            pickle.dump(work(), stream, protocol=pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)  # not the end of the program: no buffers of the other process to empty
