"""What a standards file holds."""

from __future__ import annotations

from leercirkel.core.care import SchoolType
from leercirkel.core.method_tests import DEFAULT_BOUNDS, MethodBounds
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Standard


@dataclass(frozen=True, slots=True)
class StandardsFile:
    """The standards of one file, in the order of the file; a standard for two moments is here twice.

    `main_tier`: the tier that trends follow, as the file names it; None: the tier "basis", else the first.
    `method_bounds`: from which percentage right a goal of a method test is sufficient and good. `care`: the kinds of
    support by which a pupil is a care pupil (`core.care.KINDS`); None, like `school_type`, where it says nothing.
    """

    school_name: str | None
    main_tier: str | None
    standards: tuple[Standard, ...]
    file: str
    method_bounds: MethodBounds = DEFAULT_BOUNDS
    care: tuple[str, ...] | None = None
    school_type: SchoolType | None = None
