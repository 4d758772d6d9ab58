"""Child processes that cannot outlive us: the kernel ends them when we end, also after kill -9."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from leercirkel.operations.system_user import SystemUser

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, linux/prctl.h


def start(
    command: Sequence[str | Path],
    *,
    user: SystemUser | None = None,
    at_our_death: signal.Signals = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: int | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a child in a process group of its own (Ctrl-C reaches us, and we end it in order).

    `at_our_death` is what the kernel sends it when the *thread* that calls this ends: call from the main thread.
    `output` is a descriptor for its output and errors; without it they go where ours go.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        umask=0o077,
        cwd=folder,
        env=dict(environment) if environment is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        process_group=0,
        preexec_fn=dies_with_us(at_our_death),
    )


def dies_with_us(sent: signal.Signals = signal.SIGTERM) -> Callable[[], None] | None:
    """What a child does before it becomes another program (`preexec_fn`), so that the kernel sends it this signal when
    the thread that starts it ends, however that comes about. None where there is no such thing."""
    if sys.platform != "linux":
        return None
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True)  # loaded before the fork: little may be done after it

    def set_in_child() -> None:
        # After the change of user, which would clear it.
        libc.prctl(_SET_DEATH_SIGNAL, int(sent), 0, 0, 0)
        if os.getppid() != parent:  # we ended between fork and here
            os._exit(1)

    return set_in_child


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs a child to its end and gives its exit code; what it says goes where ours goes. It ends with us, too."""
    return start(command, environment=environment).wait()


def end(child: subprocess.Popen[bytes], *ways: tuple[signal.Signals, float]) -> bool:
    """Asks a child to end: each signal with the seconds it gets; then it is killed. True when it went by itself."""
    for sent, patience in ways:
        if child.poll() is None:
            child.send_signal(sent)
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            continue
        return True
    if child.poll() is None:
        child.kill()
        child.wait()
    return False


def living_in(folder: Path) -> list[int]:
    """Processes whose working folder this is (a PostgreSQL works in its data folder, its helpers too)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if Path(os.readlink(entry)) == folder:
                found.append(int(entry.parent.name))
        except OSError:  # ended, or not ours to see
            continue
    return found


def wait_until(true: Callable[[], bool], seconds: float, every: float = 0.02) -> bool:
    """Looks until it is true, at most so long. Whether it became true."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True
