"""What one process hands over to another: it loads no reader, so that who receives it need not."""

from __future__ import annotations

from leercirkel.core.expected import CalendarTest
from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.norm_files import Norms
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.standards.model import StandardsFile


@dataclass(frozen=True, slots=True)
class SmallFiles:
    """The rosters by file name, and what else was given and could be read; `problems` in the order of the fields."""

    rosters: list[Roster]
    standards: StandardsFile | None
    calendar: tuple[CalendarTest, ...] | None
    norms: tuple[Norms, ...]
    problems: list[Problem]
