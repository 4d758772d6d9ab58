"""What pages and paper say of a plan, its goals and its pupils."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leercirkel.analysis.plan_goals import (
    GoalCount,
    said_dle,
    sentence_of_groups,
    sentence_of_limit,
    sentence_of_pupil_goal,
    sentence_of_test_goal,
)
from leercirkel.apps.groupplan.models import Evaluation, PlanGoal, PupilGoal, WrittenPlan
from leercirkel.apps.groupplan.proposals import NAMES
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core import destinations, dutch, english, subjects
from leercirkel.core.calendar import moment_of, school_year_label, school_year_of

Language = Literal["nl", "en"]


def language() -> Language:
    """Of this page."""
    return "en" if get_language() == "en" else "nl"


def number(value: float) -> str:
    """A score or DLE as it is written."""
    return english.decimal(value, 1) if language() == "en" else dutch.decimal(value, 1)


def goal_text(goal: PlanGoal, area: str, *, now: bool = True, fixed: bool = False) -> str:
    """A goal in words: those of the teacher, or of a test goal made from the figures (G1). Of pupils it is about it
    says how many, no names. `now`: with how many reached it when it was made; not to look back on it. `fixed`: of a
    fixed plan, where that is no longer now."""
    if goal.kind != PlanGoal.Kind.TEST or goal.text:
        return named(goal.text, nobody(len(goal.named) or 1))
    arrangement = goal.arrangement.name if goal.arrangement else ""
    return test_goal_text(
        {
            "quantity": goal.quantity, "threshold": goal.threshold, "now_reached": goal.now_reached,
            "to_reach": goal.to_reach, "tier": goal.tier, "of": goal.of, "on": goal.on.isoformat() if goal.on else None,
        },
        arrangement,
        area,
        now=now,
        fixed=fixed,
    )  # fmt: skip


def nobody(number: int) -> str:
    """Pupils without their names."""
    return _("%d leerlingen") % number if number > 1 else _("een leerling")


def named(text: str, who: str) -> str:
    """A goal about pupils with who they are; a sentence that begins with them has a capital."""
    capital = dutch.sentence(who) if text.startswith(NAMES) else who
    return text.replace(NAMES, capital)


def test_goal_text(goal: Mapping[str, Any], arrangement: str, area: str, *, now: bool, fixed: bool) -> str:
    """G1 of a test goal as a row or a fixed version has it."""
    made, when = _counted(goal)
    return sentence_of_test_goal(made, arrangement, area, when, language(), now=now, fixed=fixed)


def pupil_goal_text(goal: PupilGoal | Mapping[str, Any], pupil: Pupil) -> str:
    """A goal of one pupil in words, of a row or as a fixed version has it."""
    given = goal if isinstance(goal, Mapping) else _as_kept(goal)
    if given["kind"] != PlanGoal.Kind.TEST:
        return str(given["text"])
    on = date.fromisoformat(given["on"])
    when = (school_year_label(school_year_of(on)), moment_of(on))
    subject = subjects.label(given["subject"], language())
    name = pupil.first_name or str(pupil)
    return sentence_of_pupil_goal(name, given["quantity"], given["threshold"], subject, when, language())


def _as_kept(goal: PupilGoal) -> dict[str, Any]:
    names = ("kind", "text", "subject", "quantity", "threshold")
    return {"on": goal.on.isoformat(), **{name: getattr(goal, name) for name in names}}


def limit_text(goal: Mapping[str, Any], area: str) -> str:
    """G1 of a test goal without how many pupils."""
    made, when = _counted(goal)
    return sentence_of_limit(made, area, when, language())


def _counted(goal: Mapping[str, Any]) -> tuple[GoalCount, tuple[str, str]]:
    on = date.fromisoformat(goal["on"]) if goal["on"] else None
    when = (school_year_label(school_year_of(on)), moment_of(on)) if on else ("", "E")
    now, to_reach, of = (goal[name] or 0 for name in ("now_reached", "to_reach", "of"))
    return GoalCount(goal["quantity"], goal["threshold"] or None, now, to_reach, of, 0, goal.get("tier", "")), when


def result_words(basis: Mapping[str, Any]) -> str:
    """The newest result in the measure of the own norm: "118 · doel 110 · niveau III", "DLE 18 · doel 12"; without
    any "nog geen uitslag"."""
    if "round" not in basis:
        return _("nog geen uitslag")
    measure = basis.get("measure")
    values = _values(basis)
    parts = [values.pop(measure)] if measure in values else []
    if basis.get("limit") and parts:
        parts.append(_("doel %s") % _plain(basis["limit"], measure))
    others = ("level",) if measure == "score" else () if parts else tuple(values)
    parts += [values[name] for name in others if name in values]
    if not measure:
        parts.append(_("geen eigen norm"))
    if basis.get("destination"):
        parts.append(_("lijn %s") % destinations.label(basis["destination"], language()))
    return " · ".join(parts)


def _values(basis: Mapping[str, Any]) -> dict[str, str]:
    """What was measured, by quantity, in the order of what says most."""
    found = {}
    if basis.get("score") is not None:
        found["score"] = number(basis["score"])
    if basis.get("dle") is not None:
        sign = basis.get("dle_operator", "=")
        found["dle"] = f"DLE {'' if sign == '=' else sign}{number(basis['dle'])}"
    if basis.get("avi"):
        found["avi"] = f"AVI {basis['avi']}"
    if basis.get("level"):
        found["level"] = _("niveau %s") % basis["level"]
    return found


def _plain(limit: str, measure: str | None) -> str:
    try:
        return number(said_dle(float(limit)) if measure == "dle" else float(limit))
    except ValueError:
        return limit


def why_words(basis: Mapping[str, Any]) -> str:
    """What the proposal goes by beside the result: only what a teacher would not expect."""
    of, below = basis.get("method", (0, 0))
    words = {
        "once": _("één keer onder alle doelen"),
        "method": method_words(of, below),
    }
    return " · ".join(words[code] for code in basis.get("why", ()) if words.get(code))


def method_words(of: int, below: int) -> str:
    """How many goals of method tests were insufficient."""
    return _("methodetoetsen: %(below)d van de %(of)d doelen onvoldoende") % {"below": below, "of": of}


def moment_words(school_year: str, moment: str) -> str:
    """ "midden 2026-2027"."""
    return english.moment_name(school_year, moment) if language() == "en" else dutch.moment_name(school_year, moment)


def outcome(met: bool | None) -> str:
    """How a goal came out."""
    return _("Nog niet te zeggen.") if met is None else _("Gehaald.") if met else _("Niet gehaald.")


def period(plan: WrittenPlan) -> str:
    """ "15 maart tot en met 31 juli 2027"."""
    day = english.day if language() == "en" else dutch.day
    return _("%(from)s tot en met %(until)s") % {"from": day(plan.starts), "until": day(plan.ends)}


def evaluation_days(rows: Iterable[Evaluation]) -> str:
    """When a plan is looked back on, and what was done of it: "tussenevaluatie op 23 november 2026 (gedaan), evaluatie
    op 1 maart 2027"; empty without a day."""
    day = english.day if language() == "en" else dutch.day
    told = []
    for row in rows:
        said = _("%(kind)s op %(day)s") % {"kind": row.get_kind_display(), "day": day(row.due_on)}
        told.append(_("%s (gedaan)") % said if row.done_at else said)
    return ", ".join(told)


def groups_words(clusters: Sequence[tuple[str, float, float, Sequence[str]]]) -> str:
    """G5: the instruction groups (letter, lowest and highest DLE, destinations) and their paces."""
    groups = []
    lines: dict[str, None] = {}
    for letter, low, high, of in clusters:
        what = f"DLE {number(low)}" if low == high else f"DLE {number(low)}–{number(high)}"
        groups.append((_("instructie %s") % letter, what))
        lines |= dict.fromkeys(destinations.label(code, language()) for code in of)
    return sentence_of_groups(groups, list(lines), language()) if groups else ""
