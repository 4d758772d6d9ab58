"""From messages to a table of results and one of advices per file: of every pupil the newest message, all files
together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import polars as pl

from leercirkel.core import advice
from leercirkel.core.calendar import school_year_label
from leercirkel.core.dutch import agree
from leercirkel.exchange.doorstroomtoets.advices import TABLE, AdviceTable
from leercirkel.exchange.doorstroomtoets.reader import Delivery, PupilResult
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables import parse
from leercirkel.exchange.tables.mapping import Mapping
from leercirkel.exchange.tables.reader import Opened, ResultTable, read_rows

GRADE: Final = 8
MOMENT: Final = "M"
"""The test is taken in the last week of January or the first two of February."""

_SOURCE: Final = Mapping(
    columns={"pupil_key": "deelnemerref", "taken_on": "afnametijdstip", "school_year": "schooljaar",
             "reference_level": "Referentieniveau", "percentile": "Percentielscore", "score": "Toetsscore"},
    decimal=".",
)  # fmt: skip
_UNDATED: Final = datetime.min.replace(tzinfo=UTC)


def tables(deliveries: Sequence[Delivery]) -> tuple[list[ResultTable], list[AdviceTable], list[Problem]]:
    """The result table of each file, with a row per pupil and subject, its advices, and everything that is wrong.

    A message replaces every earlier one about the same pupil and school year, in whatever file that is; a notice says
    how many were replaced. Messages made at the same time that differ are an error, and none of them counts.
    """
    kept, replaced, unclear = _newest(deliveries)
    made, advices, problems = [], [], []
    for place, delivery in enumerate(deliveries):
        table, found = _table(delivery.file, kept[place])
        made.append(table)
        given, unknown = _advices(delivery.file, kept[place])
        advices.append(given)
        problems += found + unknown
        if replaced[place]:
            n = replaced[place]
            message = (
                f"{n} {agree(n, 'bericht is', 'berichten zijn')} vervangen door een nieuwer over dezelfde leerling."
            )
            problems.append(Problem("notice", delivery.file, "result-replaced", message, "U hoeft niets te doen."))
        for result in unclear[place]:
            message = "Over deze leerling zijn er verschillende berichten van hetzelfde tijdstip; geen ervan telt mee."
            problems.append(Problem("error", delivery.file, "result-conflict", message, "Laat het goede bericht staan.",
                                    result.number, "datumtijd"))  # fmt: skip
    return made, advices, problems


def _newest(
    deliveries: Sequence[Delivery],
) -> tuple[list[list[PupilResult]], list[int], list[list[PupilResult]]]:
    """Per file the messages that hold, how many were replaced, and those that contradict each other."""
    everything = [(place, result) for place, delivery in enumerate(deliveries) for result in delivery.results]
    # a pupil may be named by ECK iD in one message and by both keys in another
    las_keys = {r.eck_id: r.las_key for _, r in everything if r.eck_id and r.las_key}
    of_pupil: dict[tuple[str | None, str | None, int | None], list[tuple[int, PupilResult]]] = defaultdict(list)
    for place, result in everything:
        las_key = result.las_key or las_keys.get(result.eck_id or "")
        of_pupil[las_key, None if las_key else result.eck_id, result.school_year].append((place, result))
    kept: list[list[PupilResult]] = [[] for _ in deliveries]
    replaced = [0] * len(deliveries)
    unclear: list[list[PupilResult]] = [[] for _ in deliveries]
    for messages in of_pupil.values():
        last = max(result.made_at or _UNDATED for _, result in messages)
        newest = [(place, result) for place, result in messages if (result.made_at or _UNDATED) == last]
        for place, result in messages:
            replaced[place] += (place, result) not in newest
        said = {repr(replace(result, number=0, las_key=None)) for _, result in newest}
        for place, result in newest[:1] if len(said) == 1 else newest:
            (kept if len(said) == 1 else unclear)[place].append(result)
        for place, _ in newest[1:] if len(said) == 1 else ():
            replaced[place] += 1
    return kept, replaced, unclear


def _table(file: str, results: Sequence[PupilResult]) -> tuple[ResultTable, list[Problem]]:
    rows = [
        {
            "row": result.number, "pupil_key": result.las_key or result.eck_id, "grade": str(GRADE), "subject": subject,
            "instrument": result.instrument, "moment": MOMENT,
            "taken_on": result.taken_on.isoformat() if result.taken_on else None,
            "school_year": None if result.school_year is None else school_year_label(result.school_year), **values,
        }
        for result in results
        for subject, values in result.subjects.items()
    ]  # fmt: skip
    fields = ("pupil_key", "grade", "subject", "instrument", "moment", "taken_on", "school_year", "reference_level",
              "percentile", "score")  # fmt: skip
    raw = pl.DataFrame(rows, schema={"row": pl.Int64, **dict.fromkeys(fields, pl.String)}, orient="row")
    table, problems = read_rows([Opened(file, _SOURCE, False, parse.translated(raw, _SOURCE), [])])[0]
    return ResultTable(file, table.frame, "", _eck_ids(results)), problems


def _advices(file: str, results: Sequence[PupilResult]) -> tuple[AdviceTable, list[Problem]]:
    """The advices that can be read; a warning per file when there are others."""
    given = [(r, advice.parse(r.advice)) for r in results if r.advice is not None]
    rows = [(r.number, r.las_key or r.eck_id, r.school_year, r.taken_on, code) for r, code in given if code is not None]
    table = AdviceTable(file, pl.DataFrame(rows, schema=TABLE, orient="row"), "", _eck_ids(results))
    unknown = [r for r, code in given if code is None]
    if not unknown:
        return table, []
    n = len(unknown)
    told = agree(n, "toetsadvies is niet te lezen en telt", "toetsadviezen zijn niet te lezen en tellen")
    message = f"{n} {told} niet mee."
    return table, [
        Problem("warning", file, "advice-unknown", message, "Kijk het bericht na; de uitslag zelf telt wel mee.",
                unknown[0].number, "Toetsadvies", shorten(unknown[0].advice or ""))
    ]  # fmt: skip


def _eck_ids(results: Sequence[PupilResult]) -> dict[str, str]:
    return {r.las_key or r.eck_id: r.eck_id for r in results if r.eck_id}
