"""Findings, shaped for the page of a talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle import offers
from leercirkel.apps.cycle.frozen import Unreadable
from leercirkel.apps.cycle.models import CycleRun, Finding, Snapshot
from leercirkel.apps.cycle.selectors.findings import decides, evidence_of, report_in
from leercirkel.apps.insight.presenters.school import in_language
from leercirkel.apps.organisation.models import Group
from leercirkel.documents.report.context import Context
from leercirkel.documents.report.parts.cover import why

TABS = (Finding.Talk.SCHOOL, Finding.Talk.GROUP, Finding.Talk.PUPIL, Finding.Talk.OPP)
EVERY = "alle"
"""Stands in an address for all groups together."""
REASONS = (
    gettext_lazy("Hier zijn we al mee bezig."),
    gettext_lazy("Dit klopt niet met wat wij zien."),
    gettext_lazy("Dit is te klein om iets mee te doen."),
)
"""Reasons to set a finding aside in two taps; one's own words may be given too."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding. `text`: as computed; `own`: in the team's words; `proof`: what it rests on; `later`: the figures of
    the round were brought up to date after the team decided; `offers`: what can be opened because of it."""

    finding: Finding
    text: str
    own: str
    proof: Sequence[str]
    state: str
    may_decide: bool
    later: bool
    offers: Sequence[offers.Offer] = ()

    @property
    def said(self) -> str:
        """What the team says, else what was computed."""
        return self.own or self.text


@dataclass(frozen=True, slots=True)
class Choice:
    """A talk or a group to choose, with how many of its findings nobody decided on."""

    label: str
    url: str
    here: bool
    waiting: int


def computed(finding: Finding) -> str:
    """The computed text in the language of the page."""
    return finding.text_en or finding.text if get_language() == "en" else finding.text


def address(finding: Finding) -> str:
    """Where a finding stands among the others of its talk."""
    asked = {"overleg": finding.talk} | ({"groep": finding.group_id} if finding.group_id else {})
    return f"{reverse('round-findings', args=[finding.run_id])}?{urlencode(asked)}#b{finding.pk}"


def waits(finding: Finding) -> bool:
    """Whether the talk begins with it and nobody decided yet."""
    return finding.shown and not finding.gone and finding.state == Finding.State.OPEN


def talks(run: CycleRun, found: Sequence[Finding], talk: str) -> list[Choice]:
    """The talks with any finding, those of which one is shown marked."""
    out = []
    for each in TABS:
        mine = [one for one in found if one.talk == each]
        if mine:
            url = f"{reverse('round-findings', args=[run.pk])}?overleg={each}"
            waiting = sum(map(waits, mine))
            label = capfirst(str(each.label))
            out.append(Choice(f"{label} ({waiting})" if waiting else label, url, each == talk, waiting))
    return out


def groups(
    run: CycleRun, found: Sequence[Finding], talk: str, chosen: int | None, every: bool = False
) -> list[Choice]:  # fmt: skip
    """The groups of a talk; before the group talks also all of them together, when there are several. `every`: these
    are on the page."""
    named: dict[int, Group] = {one.group.pk: one.group for one in found if one.talk == talk and one.group}
    out = []
    for pk, group in named.items():
        asked = urlencode({"overleg": talk, "groep": pk})
        waiting = sum(waits(one) for one in found if one.talk == talk and one.group_id == pk)
        url = f"{reverse('round-findings', args=[run.pk])}?{asked}"
        out.append(Choice(f"{group.name} ({waiting})" if waiting else group.name, url, pk == chosen, waiting))
    if len(out) > 1 and talk == Finding.Talk.GROUP:
        waiting = sum(one.waiting for one in out)
        url = f"{reverse('round-findings', args=[run.pk])}?{urlencode({'overleg': talk, 'groep': EVERY})}"
        label = _("Alle groepen")
        out.insert(0, Choice(f"{label} ({waiting})" if waiting else label, url, every, waiting))
    return out


def rows(sight: Sight, found: Iterable[Finding], snapshot: Snapshot | None) -> list[Row]:
    """Findings with what they rest on, taken from the figures that hold in the round."""
    context: Context | None = None
    if snapshot is not None:
        try:
            context = in_language(report_in(snapshot))
        except Unreadable:
            context = None
    taken_in = snapshot.made_at if snapshot is not None and snapshot.number > 1 else None
    given = list(found)
    offered = offers.of(sight, given)
    return [_row(sight, one, context, taken_in, offered.get(one.pk, ())) for one in given]


def _row(
    sight: Sight, finding: Finding, context: Context | None, taken_in: datetime | None,
    offered: Sequence[offers.Offer],
) -> Row:  # fmt: skip
    proof: list[str] = []
    if context is not None and finding.level != Finding.Level.PUPIL:
        lines: list[Any] = [why(context, each) for each in evidence_of(finding)]
        proof = list(dict.fromkeys(line["text"] for line in lines if line is not None))
    state = "" if finding.state == Finding.State.OPEN else str(finding.get_state_display())
    later = bool(taken_in and finding.decided_at and finding.decided_at < taken_in and finding.text)
    return Row(finding, computed(finding), finding.own_text, proof, state, decides(sight, finding), later, offered)


def decided_text(decided: int, of: int) -> str:
    """“3 van de 6 bekeken”."""
    return _("%(decided)d van de %(of)d bekeken") % {"decided": decided, "of": of}
