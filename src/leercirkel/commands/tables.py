"""The files with results that a command names, with the mappings for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from leercirkel.commands.files import each, in_order, read_each
from leercirkel.core.records import dataclass
from leercirkel.exchange import result_files
from leercirkel.exchange.doorstroomtoets.advices import AdviceTable
from leercirkel.exchange.lists.method_tests import MethodTable
from leercirkel.exchange.lists.observations import ObservationTable
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.result_files import ResultFile
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


@dataclass(frozen=True, slots=True)
class Part:
    """What is wrong with the mappings, and some of the files: what each holds and what is wrong with it."""

    of_mappings: list[Problem]
    files: list[tuple[ResultFile | None, list[Problem]]]


def read(results: Iterable[Path], mappings: Iterable[Path] | None) -> Delivered:
    """Every mapping, then every file with the mapping for it."""
    return joined([read_part(in_order(results), mappings)])


def read_part(results: Sequence[Path], mappings: Iterable[Path] | None) -> Part:
    """As `read`, of some of the files, in the order given."""
    usable: list[result_files.AnyMapping]
    usable, of_mappings = read_each(mappings or (), result_files.read_mapping)
    return Part(of_mappings, result_files.finished(each(results, partial(result_files.opened, mappings=usable))))


def joined(parts: Sequence[Part]) -> Delivered:
    """What all parts hold, which were read with the same mappings."""
    read = [file for part in parts for file in part.files]
    of_tables = [problem for _, problems in read for problem in problems]
    found, between = result_files.gathered([found for found, _ in read if found is not None])
    return Delivered(
        found.tables, found.method_tests, found.observations, found.advices, parts[0].of_mappings, of_tables + between
    )  # fmt: skip
