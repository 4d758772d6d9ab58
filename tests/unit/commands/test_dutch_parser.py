"""The command line speaks Dutch, whatever is wrong with it."""

from __future__ import annotations

import re

import pytest

from leercirkel.cli import main

ENGLISH = re.compile(r"\b(usage|error|options|required|invalid|expected|argument|arguments|choose|show)\b")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ([], "dit ontbreekt: OPDRACHT"),
        (["rapport"], "“rapport” kan hier niet; kies uit: report"),
        (["report"], "dit ontbreekt: --rosters"),
        (["report", "--rosters"], "--rosters: hier hoort minstens één waarde achter"),
        (["report", "--rosters", "a", "--results", "b", "--standards"], "--standards: hier hoort één waarde achter"),
        (["demo-files", "x", "--school", "vo"], "--school: “vo” kan hier niet; kies uit: "),
        (["demo-files", "x", "--school", "sbo", "--years", "vier"], "--years: “vier” is geen heel getal"),
        (["check", "a", "--kleur"], "dit kennen we niet: --kleur"),
        (["check", "a", "--json=ja"], "--json: hier hoort geen waarde bij: ja"),
    ],
)
def test_a_wrong_command_line_is_explained_in_dutch(line: list[str], said: str, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(line)

    shown = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said in shown
    assert not ENGLISH.search(shown)


@pytest.mark.parametrize("line", [["--help"], ["report", "--help"], ["check", "--help"], ["demo-files", "--help"]])
def test_the_help_is_dutch(line: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(line)

    shown = capsys.readouterr().out
    assert stopped.value.code == 0
    assert shown.startswith("zo: leercirkel")
    assert not re.search(r"\b(usage|options|positional|show this|exit)\b", shown)
