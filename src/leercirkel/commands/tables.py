"""The files with results that a command names, with the mappings for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from leercirkel.commands.files import in_order, read_each
from leercirkel.exchange import result_files
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.reader import ResultTable


@dataclass(frozen=True, slots=True)
class Delivered:
    """The tables that could be read, by file name, and what is wrong with the mappings and with the tables."""

    tables: list[ResultTable]
    of_mappings: list[Problem]
    of_tables: list[Problem]


def read(results: Iterable[Path], mappings: Iterable[Path] | None) -> Delivered:
    """Every mapping, then every file with the mapping for it."""
    usable: list[result_files.AnyMapping]
    usable, of_mappings = read_each(mappings or (), result_files.read_mapping)
    found: list[result_files.ResultFile]
    found, of_tables = read_each(in_order(results), partial(result_files.read, mappings=usable))
    tables, between = result_files.tables_of(found)
    return Delivered(tables, of_mappings, of_tables + between)
