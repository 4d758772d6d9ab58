"""A talk as its page and its paper show it. Minutes never hold a pupil's name, what points at one teacher, or anything
of agreements with one teacher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leercirkel.apps.cycle.models import Agreement, Check, Finding, Intervention, Judgement, RoundMeeting
from leercirkel.apps.cycle.presenters.checks import on_the_way
from leercirkel.apps.cycle.presenters.explanations import effect_in_words
from leercirkel.apps.cycle.presenters.findings import computed
from leercirkel.apps.cycle.presenters.rounds import name_of
from leercirkel.apps.cycle.selectors.talks import AtWork
from leercirkel.core.explanations import EXPLANATIONS


@dataclass(frozen=True, slots=True)
class Doing:
    """An intervention with its last day, what was seen on the way, and what it brought once that was judged."""

    name: str
    until: str
    seen: str
    brought: str = ""

    def __str__(self) -> str:
        told = [f"{self.name} ({self.until})", self.seen.rstrip("."), self.brought]
        return ". ".join(part for part in told if part) + ("." if self.seen and not self.brought else "")


@dataclass(frozen=True, slots=True)
class Said:
    """One finding with the explanations that may stand on paper."""

    text: str
    good: bool
    because: Sequence[str]


def title_of(talk: RoundMeeting) -> str:
    """“Groepsbespreking 5A”."""
    kind = str(RoundMeeting.Kind(talk.kind).label).capitalize()
    return f"{kind} {talk.group.name}" if talk.group else kind


def said(findings: Iterable[Finding], *, on_paper: bool = False) -> list[Said]:
    """Findings in the team's words, else as computed. What points at the teacher of a group is left out: on paper it
    would be told of one group. On paper so are explanations in own words about a group: nobody but who wrote them knows
    whether they point at someone. Who wants one there writes it with what was said in the talk."""
    return [Said(row.own_text or computed(row), row.good, tuple(_because(row, on_paper))) for row in findings]


def _because(finding: Finding, on_paper: bool) -> Iterable[str]:
    english = get_language() == "en"
    for each in finding.explanations.all():
        known = EXPLANATIONS.get(each.code)
        if known is None:
            if each.own_text and not (on_paper and finding.group_id is not None):
                yield each.own_text
        elif not known.of_one_teacher:
            yield known.text_en if english else known.text


def doing(rows: Iterable[Intervention], looks: Mapping[int, Sequence[Check]]) -> list[Doing]:
    """Interventions as a talk names them. A count is of everyone who takes part; where that is more than one group, the
    line says so."""
    found = []
    for row in rows:
        seen = on_the_way(looks.get(row.pk, ()))
        if len(row.groups.all()) > 1 and any(one.of for one in looks.get(row.pk, ())):
            seen = _("%s (alle groepen die meedoen samen)") % seen.rstrip(".") + "."
        found.append(Doing(row.name, _until(row.end), seen))
    return found


def ended(work: AtWork) -> list[Doing]:
    """Those that are over, as far as there is something to tell of the way or of what they brought. Never why the team
    decided what it did: that is told on the page of the effect."""
    told = [
        replace(one, brought=_brought(work.judged.get(row.pk)))
        for row, one in zip(work.ended, doing(work.ended, work.looks), strict=True)
    ]
    return [one for one in told if one.seen or one.brought]


def _brought(judged: Judgement | None) -> str:
    if judged is None:
        return ""
    said = {"effect": effect_in_words(judged.effect.get("verdict")), "choice": judged.get_choice_display()}
    return _("Opgeleverd: %(effect)s. Besloten: %(choice)s.") % said


def paper(
    talk: RoundMeeting, *, before: Sequence[Agreement], findings: Sequence[Finding], work: AtWork,
    decided: Sequence[Agreement], notes: str,
) -> dict[str, Any]:  # fmt: skip
    """What documents.talk_minutes makes the paper from, in the language of the page."""
    told = said(findings, on_paper=True)
    parts = [
        _part(_("Vorige keer spraken we af"), [*map(_agreed, before), *map(str, ended(work))]),
        _part(_("Dit ging goed"), [one.text for one in told if one.good]),
        _part(_("Dit valt op"), [one.text for one in told if not one.good]),
        _part(_("Hoe komt dat?"), list(dict.fromkeys(text for one in told for text in one.because))),
        _part(_("Hier werken we aan"), [str(one) for one in doing(work.now, work.looks)]),
    ]
    meeting = talk.meeting
    when = date_format(timezone.localtime(meeting.starts_at), "j F Y, H:i") if meeting else ""
    return {
        "title": title_of(talk),
        "sub": " · ".join(part for part in (talk.run.school.name, name_of(talk.run), when) if part),
        "parts": [part for part in parts if part["lines"]],
        "decided": {
            "heading": _("Besloten"),
            "none": _("Nog niets besloten."),
            "head": [_("Wat"), _("Wie"), _("Uiterlijk")],
            "rows": [[one.text, str(one.owner or "–"), _day(one.due_on)] for one in decided],
        },
        "agreements": [one.pk for one in decided],
        "notes": notes,
        "notes_heading": _("Besproken"),
        "audience": _("Voor wie bij het overleg is. Zonder namen van leerlingen."),
        "language": get_language() or "nl",
    }


def _part(heading: str, lines: list[str]) -> dict[str, Any]:
    return {"heading": heading, "lines": lines}


def _agreed(one: Agreement) -> str:
    return f"{one.text}: {one.get_done_display() if one.done else _('nog niet gezegd')}"


def _until(day: date) -> str:
    return _("tot %s") % date_format(day, "j F Y")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else "–"
