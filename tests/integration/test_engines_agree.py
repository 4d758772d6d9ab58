"""One school's whole report on every engine: from real files, the same dataclass."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from tests.support.engines import TWO_WORKERS, spark

from leercirkel.analysis.report import Context, school_report
from leercirkel.analysis.sittings import Inputs
from leercirkel.demo import write_files
from leercirkel.engines.duck import DuckEngine
