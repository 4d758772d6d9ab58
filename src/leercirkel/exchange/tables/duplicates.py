"""The same result twice: once is enough; two that contradict each other are both left out, since nobody knows."""

from __future__ import annotations

import polars as pl

from leercirkel.exchange.problems import Problem

_TEST = ["school", "pupil", "subject", "instrument", "version", "test_level", "taken_on", "school_year"]
_WHEN = "_moment_if_undated"
_SAYS = ["moment", "score", "level", "dle", "dle_operator", "percentile", "avi", "reference_level", "not_taken"]
_FIELDS = {
    "moment": "moment", "score": "vaardigheidsscore", "level": "niveau", "dle": "dle", "dle_operator": "dle",
    "percentile": "percentiel", "avi": "avi", "reference_level": "referentieniveau", "not_taken": "reden_niet_gemaakt",
}  # fmt: skip
_MOST = 200


def without_duplicates(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows with every result once.

    `rows`: columns of the results frame plus `file` and `row`. Rows are about the same result when pupil, subject,
    instrument, version, test level and date are equal (without a date: school year and moment). When they nowhere say
    different things they become one, with a notice per file; otherwise all of them are left out, with an error that
    names two of them.
    """
    keyed = rows.with_row_index("_nr").with_columns(pl.when(pl.col("taken_on").is_null()).then("moment").alias(_WHEN))
    same = [*_TEST, _WHEN]
    often = keyed.select(pl.struct(same).is_duplicated().alias("often"))["often"]
    if not often.any():
        return rows, []
    groups = keyed.filter(often).group_by(same, maintain_order=True)
    made = groups.agg(
        *(pl.col(c).drop_nulls().first() for c in _SAYS if c != "dle_operator"),
        pl.col("dle_operator").drop_nulls().first(),
        pl.col("instruction_group").drop_nulls().first(),
        *(pl.col(c).first() for c in ("source", "file", "row", "_nr")),
        *(pl.col(c).drop_nulls().n_unique().alias(f"#{c}") for c in _SAYS),
        reasons=pl.col("not_taken").is_not_null().sum(),
        n=pl.len(),
        files=pl.col("file"),
        at=pl.col("row"),
    )
    differs = pl.any_horizontal(pl.col(f"#{c}") > 1 for c in _SAYS)
    half = (pl.col("reasons") > 0) & (pl.col("reasons") < pl.col("n"))
    made = made.with_columns(conflict=differs | half)
    merged = made.filter(~pl.col("conflict"))
    kept = pl.concat([keyed.filter(~often), merged.select(keyed.columns)]).sort("_nr")
    return kept.select(rows.columns), _merged(merged) + _conflicts(made.filter("conflict"))


def _merged(groups: pl.DataFrame) -> list[Problem]:
    extra = groups.select(files=pl.col("files").list.slice(1), at=pl.col("at").list.slice(1)).explode("files", "at")
    per_file = extra.group_by("files", maintain_order=True).agg(n=pl.len(), first=pl.col("at").min())
    return [
        Problem("notice", file, "result-twice", f"{n} resultaten staan er meer dan één keer; elk telt één keer."
                if n > 1 else "Dit resultaat staat er meer dan één keer; het telt één keer.",
                "U hoeft niets te doen.", first)
        for file, n, first in per_file.iter_rows()
    ]  # fmt: skip


def _conflicts(groups: pl.DataFrame) -> list[Problem]:
    problems = []
    many = groups.height > _MOST
    for group in groups.head(1 if many else _MOST).iter_rows(named=True):
        field = next((c for c in _SAYS if group[f"#{c}"] > 1), "not_taken")
        first, second = (
            f"rij {row} van {file}" for file, row in list(zip(group["files"], group["at"], strict=True))[:2]
        )
        message = (
            f"Van dezelfde leerling, toets en datum staan er twee verschillende resultaten: {first} en {second}. "
            "Geen van beide telt mee."
        )
        if many:
            message += f" Dit komt {groups.height} keer voor; dit is de eerste keer."
        problems.append(Problem(
            "error", group["files"][1], "result-conflict", message, "Laat in de bron het goede resultaat staan.",
            group["at"][1], _FIELDS[field], group["pupil"],
        ))  # fmt: skip
    return problems
