"""The command line in Dutch: argparse, with its own words (help, usage, errors) put in the user's language."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

_WORDS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", r"dit ontbreekt: \1"),
    (r"unrecognized arguments: (.*)", r"dit kennen we niet: \1"),
    (r"one of the arguments (.*) is required", r"een hiervan is nodig: \1"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 kan meer dan één ding zijn: \2"),
    (r"argument ([^:]+): (.*)", r"\1: \2"),
    (r"expected one argument", "hier hoort één waarde achter"),
    (r"expected at least one argument", "hier hoort minstens één waarde achter"),
    (r"not allowed with argument (.*)", r"kan niet samen met \1"),
    (r"ignored explicit argument (.*)", r"hier hoort geen waarde bij: \1"),
    (r"invalid int value: '(.*)'", r"“\1” is geen heel getal"),
    (r"invalid \S+ value: '(.*)'", r"“\1” kan hier niet"),
    (r"(?:invalid choice|unknown parser):? '?(.*?)'? \((?:choose from|choices:) (.*)\)",
     r"“\1” kan hier niet; kies uit: \2"),
)  # fmt: skip
"""What argparse says, and what we say. A message that is not here (another Python) is shown as it is."""


def in_dutch(message: str) -> str:
    """What argparse says about a wrong command line, in Dutch; the values in it stay as they are."""
    for pattern, words in _WORDS:
        hit = re.fullmatch(pattern, message, re.DOTALL)
        if hit is None:
            continue
        if pattern.startswith("argument"):
            return f"{hit[1]}: {in_dutch(hit[2])}"
        return hit.expand(words).replace("'", "")
    return message


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "zo: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that helps and objects in Dutch. Its subparsers are of the same class. Exits with 2 on an error."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Help, allow_abbrev=False, add_help=False, **settings)
        self._positionals.title = "wat erachter staat"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="deze uitleg tonen")

    def error(self, message: str) -> NoReturn:
        """Says what is wrong and where the explanation is, and stops."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {in_dutch(message)}. Uitleg: {self.prog} --help\n")
