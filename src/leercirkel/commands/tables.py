"""The files with results that a command names, with the mappings for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from leercirkel.commands.files import each, in_order, read_each
from leercirkel.exchange import result_files
from leercirkel.exchange.doorstroomtoets.advices import AdviceTable
from leercirkel.exchange.lists.method_tests import MethodTable
from leercirkel.exchange.lists.observations import ObservationTable
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.reader import ResultTable


@dataclass(frozen=True, slots=True)
class Delivered:
    """What could be read, by kind, in the order of the file names; what is wrong with mappings and with files."""

    tables: list[ResultTable]
    method_tests: list[MethodTable]
    observations: list[ObservationTable]
    advices: list[AdviceTable]
    of_mappings: list[Problem]
    of_tables: list[Problem]


def read(results: Iterable[Path], mappings: Iterable[Path] | None) -> Delivered:
    """Every mapping, then every file with the mapping for it."""
    usable: list[result_files.AnyMapping]
    usable, of_mappings = read_each(mappings or (), result_files.read_mapping)
    read = result_files.finished(each(in_order(results), partial(result_files.opened, mappings=usable)))
    of_tables = [problem for _, problems in read for problem in problems]
    found, between = result_files.gathered([found for found, _ in read if found is not None])
    return Delivered(
        found.tables, found.method_tests, found.observations, found.advices, of_mappings, of_tables + between
    )  # fmt: skip
