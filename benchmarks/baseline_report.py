"""The baseline for `bench_report`: the same files → an overview table and eight charts as PDF.

A plain script as a colleague who knows pandas would write it: pandas with openpyxl reads, matplotlib draws. It does
less than our report: one tier, the newest year in the table, no missing tests, growth, cohorts or sentences.
Usage: baseline_report.py SCHOOL_FOLDER OUT.pdf
"""

from __future__ import annotations

import json
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import matplotlib

matplotlib.use("pdf")  # straight to a file, without a window system

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.backends.backend_pdf import PdfPages

INSTRUMENT = "DEMO-LVS"
LEVELS = ["V", "IV", "III", "II", "I"]
MOMENTS = ["B", "M", "E"]
Z = 1.645  # 90%
ROWS_ON_A_PAGE = 40
OTHER_HEADERS = {
    "Lln.nr": "leerlingnummer", "Vakgebied": "vak", "Toetsnaam": "toets", "Toetsversie": "versie",
    "Toetsdatum": "afnamedatum", "Afnamemoment": "moment", "VS": "vaardigheidsscore", "Niv": "niveau",
    "DLE-waarde": "dle", "Reden niet gemaakt": "reden_niet_gemaakt",
}  # fmt: skip
SUBJECTS = {"rekenen_wiskunde": "rekenen"}
COLUMNS = list(OTHER_HEADERS.values())


def rosters(folder: Path) -> pd.DataFrame:
    """A row per pupil and school year: key, group and grade."""
    rows = []
    for path in sorted(folder.glob("EDEX-*.xml")):
        root = ElementTree.parse(path).getroot()
        year = int(root.findtext("school/schooljaar", "")[:4])
        groups = {group.get("key"): group.findtext("naam") for group in root.iterfind("groepen/groep")}
        for pupil in root.iterfind("leerlingen/leerling"):
            group = pupil.find("groep")
            name = groups.get(group.get("key")) if group is not None else None
            rows.append((pupil.get("key"), year, name, pupil.findtext("jaargroep")))
    table = pd.DataFrame(rows, columns=["leerlingnummer", "schooljaar", "groep", "jaargroep"])
    table["jaargroep"] = pd.to_numeric(table["jaargroep"], errors="coerce")
    return table.drop_duplicates(["leerlingnummer", "schooljaar"])


def export(path: Path) -> pd.DataFrame:
    """One export, long or wide, under one set of headers."""
    if path.suffix == ".xlsx":
        table = pd.read_excel(path, dtype={"Lln.nr": str, "Leerlingnummer": str, "leerlingnummer": str})
    else:
        encoding = "utf-8-sig" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "cp1252"
        table = pd.read_csv(path, sep=";", decimal=",", encoding=encoding, dtype={"leerlingnummer": str})
    if "Leerlingnummer" in table:  # wide: a column per AVI round
        rounds = [name for name in table.columns.astype(str) if name.startswith("AVI ")]
        table = table.melt(["Leerlingnummer"], rounds, var_name="ronde", value_name="niveau").dropna(subset=["niveau"])
        years = table["ronde"].str.extract(r"AVI (?P<moment>[BME]) (?P<jaar>\d{4})")
        table = table.rename(columns={"Leerlingnummer": "leerlingnummer"}).assign(
            vak="technisch_lezen", toets="AVI", moment=years["moment"], jaar=years["jaar"].astype(int)
        )
    return table.rename(columns=OTHER_HEADERS).reindex(columns=[*COLUMNS, "jaar"])


def results(folder: Path) -> pd.DataFrame:
    """A row per result from every export."""
    files = sorted([*folder.glob("resultaten-*.csv"), *folder.glob("resultaten-*.xlsx")])
    table = pd.concat([export(path).dropna(axis=1, how="all") for path in files], ignore_index=True)
    taken = pd.to_datetime(table["afnamedatum"], dayfirst=True, format="mixed", errors="coerce")
    table["schooljaar"] = (taken.dt.year - (taken.dt.month < 8)).fillna(table["jaar"]).astype(int)
    table["vak"] = table["vak"].str.lower().str.replace(r"[ -]", "_", regex=True).replace(SUBJECTS)
    table["dle"] = pd.to_numeric(table["dle"].astype(str).str.strip("<>"), errors="coerce")
    table["score"] = pd.to_numeric(table["vaardigheidsscore"], errors="coerce")
    return table[table["reden_niet_gemaakt"].isna() & (table["score"].notna() | table["niveau"].notna())]


def goals(folder: Path) -> dict[str, tuple[str, float]]:
    """Subject → level and share of the school's basic goal."""
    found = {}
    for standard in tomllib.loads((folder / "normen.toml").read_text())["standard"]:
        for tier in standard["tiers"]:
            if standard["quantity"] == "level" and tier["name"] == "basis":
                found[standard["subject"]] = (tier["threshold"], tier["target_share"])
    return found


def summary(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Per group of rows: n, mean, spread, and the share at the goal with its Wilson interval."""
    made = table.groupby(by).agg(
        n=("score", "count"), mean=("score", "mean"), sd=("score", "std"), k=("reached", "sum"),
        judged=("reached", "count"), goal=("goal", "first"),
    )  # fmt: skip
    p, n = made["k"] / made["judged"], made["judged"]
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    error = Z * made["sd"] / np.sqrt(made["n"])
    return made.assign(share=p, low=middle - half, high=middle + half, error=error).reset_index()


def table_pages(pdf: PdfPages, overview: pd.DataFrame) -> None:
    """The overview as tables, forty rows a page."""
    shown = pd.DataFrame(
        {
            "groep": overview["groep"],
            "vak": overview["vak"],
            "moment": overview["moment"],
            "n": overview["n"],
            "gemiddelde": overview["mean"].map("{:.1f}".format),
            "spreiding": overview["sd"].map("{:.1f}".format),
            "doel gehaald": overview["k"].astype(int).astype(str) + " van " + overview["judged"].astype(str),
            "tussen": overview["low"].map("{:.0%}".format) + " – " + overview["high"].map("{:.0%}".format),
            "doel": overview["goal"].map("{:.0%}".format),
        }
    )
    for first in range(0, len(shown), ROWS_ON_A_PAGE):
        part = shown.iloc[first : first + ROWS_ON_A_PAGE]
        figure, axes = plt.subplots(figsize=(8.27, 11.69))
        axes.axis("off")
        cells, widths = part.to_numpy().tolist(), [0.1, 0.17, 0.08, 0.06, 0.12, 0.12, 0.14, 0.14, 0.07]
        grid = axes.table(cells, colLabels=list(part.columns), colWidths=widths, loc="upper center")
        grid.auto_set_font_size(False)
        grid.set_fontsize(7)
        pdf.savefig(figure)
        plt.close(figure)


def trend_pages(pdf: PdfPages, trend: pd.DataFrame, subjects: list[str]) -> None:
    """Six charts: per subject the share at the goal over the years, with interval and goal."""
    for subject in subjects:
        rows = trend[(trend["vak"] == subject) & (trend["moment"] == "M")]
        figure, axes = plt.subplots(figsize=(8.27, 5))
        for grade, part in rows.groupby("jaargroep"):
            errors = [part["share"] - part["low"], part["high"] - part["share"]]
            axes.errorbar(part["schooljaar"], part["share"], yerr=errors, marker="o", capsize=3, label=f"{grade:.0f}")
        if len(rows):
            axes.axhline(rows["goal"].iloc[0], color="black", linestyle="--")
        axes.set(title=subject, ylim=(0, 1), ylabel="doel gehaald")
        axes.legend(title="jaargroep", ncol=6)
        pdf.savefig(figure)
        plt.close(figure)


def last_pages(pdf: PdfPages, table: pd.DataFrame, subjects: list[str]) -> None:
    """Two charts of the newest year: levels by subject, mean score by grade and subject."""
    levels = table[table["niveau"].isin(LEVELS)].groupby(["vak", "niveau"]).size().unstack(fill_value=0)
    shares = levels.reindex(columns=LEVELS, fill_value=0).div(levels.sum(axis=1), axis=0)
    figure, axes = plt.subplots(figsize=(8.27, 5))
    shares.plot.barh(stacked=True, ax=axes, title="niveaus")
    pdf.savefig(figure)
    plt.close(figure)
    means = summary(table, ["vak", "jaargroep"])
    figure, axes = plt.subplots(figsize=(8.27, 5))
    for subject in subjects:
        part = means[means["vak"] == subject]
        axes.errorbar(part["jaargroep"], part["mean"], yerr=part["error"], marker="o", capsize=3, label=subject)
    axes.set(title="gemiddelde score", xlabel="jaargroep")
    axes.legend()
    pdf.savefig(figure)
    plt.close(figure)


def main(folder: Path, out: Path) -> None:
    """Reads, joins, counts and draws; prints how much there was."""
    pupils, taken, wanted = rosters(folder), results(folder), goals(folder)
    table = taken.merge(pupils, on=["leerlingnummer", "schooljaar"])
    tests = table[table["toets"] == INSTRUMENT].copy()
    rank = tests["niveau"].map({level: place for place, level in enumerate(LEVELS)})
    needed = tests["vak"].map({subject: LEVELS.index(level) for subject, (level, _) in wanted.items()})
    tests["reached"] = (rank >= needed).astype(float).where(rank.notna() & needed.notna())
    tests["goal"] = tests["vak"].map({subject: share for subject, (_, share) in wanted.items()})
    subjects = sorted(tests["vak"].unique())
    newest = tests[tests["schooljaar"] == tests["schooljaar"].max()]
    overview = summary(newest, ["groep", "vak", "moment"])
    trend = summary(tests, ["vak", "jaargroep", "schooljaar", "moment"])
    with PdfPages(out) as pdf:
        table_pages(pdf, overview)
        trend_pages(pdf, trend, subjects)
        last_pages(pdf, newest, subjects)
    newest_pupils = int((pupils["schooljaar"] == pupils["schooljaar"].max()).sum())
    print(json.dumps({"results": len(table), "pupils": newest_pupils, "cells": len(overview)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
