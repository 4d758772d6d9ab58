"""No process that a test starts outlives the run, also when that is killed with -9."""

from __future__ import annotations

import ast
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leercirkel.operations import children

TESTS = Path(__file__).parents[2]
PARENT = """
import subprocess, sys, time
from leercirkel.operations import children
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], preexec_fn=children.dies_with_us())
print(child.pid, flush=True)
time.sleep(600)
"""
KEPT_APART = {
    "tests/support/postgres.py": "watches the run itself, and ends after it",
    "tests/unit/operations/test_children_of_tests.py": "this",
    "tests/integration/test_backup.py": "writes to us, and ends when it cannot",
    "tests/integration/test_embedded_postgres.py": "is killed to see what it leaves",
}
"""Files that start a process in another way, each with why."""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own signal")
def test_a_child_ends_when_who_started_it_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert alive(child)

    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    assert children.wait_until(lambda: not alive(child), 60)


def starts(path: Path) -> list[bool]:
    """Of each process that a file starts and does not wait for: whether it is tied to us."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    opened = [call for call in calls if ast.unparse(call.func) == "subprocess.Popen"]
    return [any(each.arg == "preexec_fn" for each in call.keywords) for call in opened]


def test_every_process_that_a_test_starts_ends_with_it() -> None:
    found = {str(path.relative_to(TESTS.parent)): starts(path) for path in TESTS.rglob("*.py")}

    loose = {name for name, tied in found.items() if not all(tied)}

    assert loose == KEPT_APART.keys(), "give Popen preexec_fn=children.dies_with_us()"
    assert sum(len(tied) for tied in found.values()) > 8
