"""A report's figures once more, straight from the files with the standard library: no reader, no frame of ours."""

from __future__ import annotations

import csv
import io
import tomllib
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import fmean


@dataclass
class Files:
    """The newest school year's roster, all result rows, destinations by pupil and standards, as they stand there."""

    school_year: int
    group_of: dict[str, str]
    grade_of: dict[str, str]
    start_of: dict[str, int]
    rows: list[dict[str, str]]
    marks: list[dict[str, str]]
    standards: list[dict]
    seats: dict[int, dict[str, str]] = field(default_factory=dict)
    grades: dict[int, dict[str, str]] = field(default_factory=dict)
    came: dict[str, date] = field(default_factory=dict)


def day(text: str) -> date:
    """dd-mm-jjjj."""
    d, m, y = (int(part) for part in text.split("-"))
    return date(y, m, d)


def read(folder: Path) -> Files:
    """Reads a folder of demo files whose results are all CSV."""
    seats: dict[int, dict[str, str]] = {}
    came: dict[str, date] = {}
    grades: dict[int, dict[str, str]] = {}
    start: dict[str, int] = {}
    for path in sorted(folder.glob("EDEX-*.xml")):
        root = ET.parse(path).getroot()
        year = int(path.stem[5:9])
        names = {g.get("key"): g.findtext("naam", "") for g in root.iter("groep") if g.find("naam") is not None}
        seats[year], grades[year] = {}, {}
        for pupil in root.iter("leerling"):
            key, group, grade = pupil.get("key", ""), pupil.find("groep"), pupil.findtext("jaargroep", "")
            if group is not None:
                seats[year][key] = names[group.get("key")]
                grades[year][key] = grade
            came[key] = date.fromisoformat(pupil.findtext("instroomdatum", "0001-01-01"))
            began = pupil.findtext("start_ondw_jgr3")
            if began:
                start[key] = int(began[:4]) - (int(began[5:7]) < 8)
            elif grade in set("345678"):
                start.setdefault(key, year - int(grade) + 3)
    rows = []
    for path in sorted(folder.glob("resultaten-*.csv")):
        data = path.read_bytes()
        text = data.decode("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "cp1252")
        rows += list(csv.DictReader(io.StringIO(text), delimiter=";"))
    marks = list(
        csv.DictReader(io.StringIO((folder / "kenmerken.csv").read_bytes().decode("utf-8-sig")), delimiter=";")
    )
    standards = tomllib.loads((folder / "normen.toml").read_text(encoding="utf-8"))["standard"]
    year = max(seats)
    return Files(year, seats[year], grades[year], start, rows, marks, standards, seats, grades, came)


def taken(
    files: Files, subject: str, moment: str, year: int, instrument: str = "DEMO-LVS"
) -> dict[str, dict[str, str]]:
    """Pupil → row of one round; the demo has no retakes."""
    first, last = date(year, 8, 1), date(year + 1, 7, 31)
    return {
        row["leerlingnummer"]: row
        for row in files.rows
        if row["vak"] == subject and row["moment"] == moment and row["toets"] == instrument
        and first <= day(row["afnamedatum"]) <= last and not row.get("reden_niet_gemaakt")
    }  # fmt: skip


def number(text: str) -> float:
    """A Dutch number."""
    return float(text.replace(",", "."))


def levels_reached(files: Files, subject: str, moment: str, at_least: str) -> dict[str, tuple[int, int]]:
    """Group → (pupils at `at_least` or better, pupils with a level)."""
    order = ["V", "IV", "III", "II", "I"]
    out: dict[str, list[bool]] = defaultdict(list)
    for pupil, row in taken(files, subject, moment, files.school_year).items():
        if row["niveau"] and pupil in files.group_of:
            out[files.group_of[pupil]].append(order.index(row["niveau"]) >= order.index(at_least))
    return {group: (sum(members), len(members)) for group, members in out.items()}


def destination(files: Files, pupil: str, year: int) -> str | None:
    """The destination that held on 1 August, or on the day of enrolment of who came later."""
    began = max(date(year, 8, 1), files.came[pupil])
    held = [
        m["bestemming"]
        for m in files.marks
        if m["leerlingnummer"] == pupil and m["bestemming"] and day(m["vanaf"]) <= began
        and (not m["tot"] or day(m["tot"]) >= began)
    ]  # fmt: skip
    return held[0] if held else None


def own_lines_reached(files: Files, subject: str, moment: str) -> dict[str, tuple[int, int]]:
    """Group → (pupils on their own basis line, pupils judged), by the branch at the pupil's own last DLE of 30."""
    out: dict[str, list[bool]] = defaultdict(list)
    for pupil, row in taken(files, subject, moment, files.school_year).items():
        if not row["dle"] or pupil not in files.group_of or pupil not in files.start_of:
            continue
        when = day(row["afnamedatum"])
        months = min((when.month - 8) % 12, 10)
        dl = max(0, min(60, 10 * (files.school_year - files.start_of[pupil]) + months))
        line = _factor(
            files, subject, _last_dle(files, pupil, subject, when, row), destination(files, pupil, files.school_year)
        )
        dle = number(row["dle"].lstrip("<>"))
        if (row["dle"][0] == ">" and dle < line * dl) or (row["dle"][0] == "<" and dle > line * dl):
            continue  # beyond the scale, and the line as well: nobody can tell
        out[files.group_of[pupil]].append(row["dle"][0] != "<" and dle >= line * dl)
    return {group: (sum(members), len(members)) for group, members in out.items()}


def _last_dle(files: Files, pupil: str, subject: str, when: date, row: dict[str, str]) -> float:
    earlier = [
        (day(r["afnamedatum"]), number(r["dle"].lstrip("<>")))
        for r in files.rows
        if r["leerlingnummer"] == pupil and r["vak"] == subject and r["dle"] and day(r["afnamedatum"]) < when
    ]
    return max(earlier)[1] if earlier else number(row["dle"].lstrip("<>"))


def _factor(files: Files, subject: str, last: float, code: str | None) -> float:
    for standard in files.standards:
        if standard["subject"] == subject and standard["scope"] == f"destination:{code}" and standard["dle"][0] <= last:
            return float(next(t["dl_factor"] for t in standard["tiers"] if t["name"] == "basis"))
    common = next(
        s for s in files.standards if s["subject"] == subject and s["scope"] == "all" and s["quantity"] == "dle"
    )
    return float(next(t["dl_factor"] for t in common["tiers"] if t["name"] == "basis"))


def mean_score(files: Files, subject: str, moment: str) -> dict[str, float]:
    """Group → mean score."""
    out: dict[str, list[float]] = defaultdict(list)
    for pupil, row in taken(files, subject, moment, files.school_year).items():
        if row["vaardigheidsscore"] and pupil in files.group_of:
            out[files.group_of[pupil]].append(number(row["vaardigheidsscore"]))
    return {group: fmean(values) for group, values in out.items()}


def reasons(files: Files, subject: str, moment: str, instrument: str = "DEMO-LVS") -> dict[str, Counter[str]]:
    """Group → how often each reason stands there, for pupils of the newest roster without a result."""
    done = taken(files, subject, moment, files.school_year, instrument)
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for row in files.rows:
        pupil = row["leerlingnummer"]
        known = row["vak"] == subject and row["moment"] == moment and row["toets"] == instrument and pupil not in done
        this_year = day(row["afnamedatum"]) >= date(files.school_year, 8, 1)
        if known and this_year and row.get("reden_niet_gemaakt") and pupil in files.group_of:
            out[files.group_of[pupil]][row["reden_niet_gemaakt"]] += 1
    return out


def cohort(files: Files, group: str, subject: str) -> dict[str, float]:
    """M against M a year before, for a group that is the only one of its grade: the decomposition by its definition."""
    year = files.school_year
    grade = {files.grade_of[p] for p, g in files.group_of.items() if g == group}.pop()
    now = {p: number(r["vaardigheidsscore"]) for p, r in taken(files, subject, "M", year).items()
           if files.group_of.get(p) == group and r["vaardigheidsscore"]}  # fmt: skip
    before = {p: number(r["vaardigheidsscore"]) for p, r in taken(files, subject, "M", year - 1).items()
              if files.grades[year - 1].get(p) == str(int(grade) - 1) and r["vaardigheidsscore"]}  # fmt: skip
    both = sorted(now.keys() & before.keys())
    s1, s0 = fmean(now[p] for p in both), fmean(before[p] for p in both)
    return {
        "stayers": len(both), "joiners": len(now) - len(both), "leavers": len(before) - len(both), "growth": s1 - s0,
        "joiner_effect": fmean(now.values()) - s1, "leaver_effect": fmean(before.values()) - s0,
        "total_change": fmean(now.values()) - fmean(before.values()),
    }  # fmt: skip
