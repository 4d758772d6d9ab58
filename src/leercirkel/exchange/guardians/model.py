"""What a line of the list says of one guardian of one pupil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["parent", "step_parent", "foster_parent", "legal_guardian", "other"]
Authority = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """One guardian of one pupil. None: the list says nothing of it, and what was known stays.

    `pupil` is the pupil's number as in the roster; `key` the school's own number of the guardian, empty when there is
    none. `interpreter` is a language, empty when none is needed. With a secret address `address` is the empty text:
    what the list had there was not kept.
    """

    row: int
    pupil: str
    surname: str
    key: str = ""
    first_name: str = ""
    prefix: str = ""
    relation: Relation | None = None
    authority: Authority | None = None
    lives_with: bool | None = None
    secret_address: bool | None = None
    no_contact: bool | None = None
    interpreter: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
