"""Work that a second process does ahead: its outcome arrives, and when that process fails the work is done here."""

from __future__ import annotations

import subprocess
import sys
import textwrap

START = """
import os, sys, time
from leercirkel.commands import ahead

def gone():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False

first = os.getpid()
"""


def said(program: str) -> list[str]:
    """What a program of one thread that has not loaded Polars prints, line by line."""
    done = subprocess.run(
        [sys.executable, "-c", START + textwrap.dedent(program)], capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout.splitlines()


def test_the_work_is_done_in_another_process_and_its_outcome_arrives() -> None:
    lines = said("""
        def work():
            return os.getpid() != first, "x" * 1_000_000
        with ahead.begun(work) as outcome:
            elsewhere, text = outcome()
        print(elsewhere, len(text), gone())
    """)

    assert lines == ["True 1000000 True"]


def test_when_the_other_process_dies_the_work_is_done_here() -> None:
    lines = said("""
        def work():
            if os.getpid() != first:
                os.kill(os.getpid(), 9)
            return "here"
        with ahead.begun(work) as outcome:
            print(outcome(), gone())
    """)

    assert lines == ["here True"]


def test_an_outcome_that_cannot_travel_is_made_here() -> None:
    lines = said("""
        with ahead.begun(lambda: (i for i in [1, 2])) as outcome:
            print(list(outcome()), gone())
    """)

    assert lines == ["[1, 2] True"]


def test_an_error_of_the_work_is_raised_where_it_is_asked_for() -> None:
    lines = said("""
        def work():
            raise ValueError(os.getpid() == first)
        with ahead.begun(work) as outcome:
            try:
                outcome()
            except ValueError as error:
                print(error.args[0], gone())
    """)

    assert lines == ["True True"]


def test_no_process_is_left_when_nobody_asks_for_the_outcome() -> None:
    lines = said("""
        with ahead.begun(lambda: "x" * 10_000_000):
            pass
        print(gone())
    """)

    assert lines == ["True"]


def test_a_program_with_threads_is_not_split() -> None:
    lines = said("""
        import threading
        wait = threading.Event()
        threading.Thread(target=wait.wait).start()
        with ahead.begun(os.getpid) as outcome:
            print(outcome() == first)
        wait.set()
    """)

    assert lines == ["True"]


def test_where_a_process_cannot_be_split_the_work_is_done_here() -> None:
    lines = said("""
        del os.fork
        with ahead.begun(os.getpid) as outcome:
            print(outcome() == first)
    """)

    assert lines == ["True"]
