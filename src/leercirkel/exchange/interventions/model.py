"""What an interventions file holds."""

from __future__ import annotations

from leercirkel.analysis.model import Agreement
from leercirkel.core.interventions import CARRIED_OUT_FROM, Intervention
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class InterventionsFile:
    """The interventions and agreements of one file, in the order of the file.

    `rows`: the line of each intervention, for messages about other files. `carried_out_from`: from which part of the
    agreed weeks (0–1) an intervention counts as carried out.
    """

    interventions: tuple[Intervention, ...]
    agreements: tuple[Agreement, ...]
    file: str
    rows: tuple[int | None, ...] = ()
    carried_out_from: float = CARRIED_OUT_FROM
