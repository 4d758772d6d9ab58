"""Pupils in no instruction group: what can be chosen, and what was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leercirkel.apps.groupplan.models import PlanPupil
from leercirkel.apps.groupplan.proposals import CLASS_PLAN, OWN_PLAN, WITHOUT_PLAN
from leercirkel.apps.groupplan.selectors.left import Chosen, Left
from leercirkel.apps.organisation.models import Pupil

GROUP = "group-"


@dataclass(frozen=True, slots=True)
class Ask:
    """A pupil and the choices, by heading: (heading, ((code, words), …))."""

    row: PlanPupil
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was chosen for a pupil, and the address name to take it back with. `own`: the pupil's plans are one click
    away."""

    pupil: Pupil
    said: str
    back: str
    pk: int
    own: bool = False


def asks(left: Iterable[Left]) -> list[Ask]:
    """What can be chosen for each pupil: the instruction groups of the area, no plan and why, or as it is."""
    reasons = tuple((code, str(words)) for code, words in WITHOUT_PLAN.items())
    as_it_is = ((CLASS_PLAN, _("het plan van de klas, ook met één of twee leerlingen")),)
    found = []
    for one in left:
        groups = tuple((f"{GROUP}{group.pk}", group.name) for group in one.groups)
        parts = ((_("Doet mee met"), groups), (_("Geen groepsplan, want"), reasons), (_("Zo laten"), as_it_is))
        found.append(Ask(one.row, tuple(part for part in parts if part[1])))
    return found


def answers(chosen: Chosen, readable: Collection[int]) -> list[Answer]:
    """What was chosen, in words, by pupil. `readable`: pupils whose own plans the user reads."""
    found = [
        Answer(row.pupil, _("doet mee met %s.") % row.group.name, "plans-member-back", row.pk) for row in chosen.members
    ]
    for choice in chosen.choices:
        if choice.reason == CLASS_PLAN:
            said = _("heeft voor %(area)s het plan van de klas.") % {"area": choice.area.name}
        else:
            said = _("heeft voor %(area)s geen groepsplan: %(reason)s.") % {
                "area": choice.area.name, "reason": WITHOUT_PLAN.get(choice.reason, choice.reason),
            }  # fmt: skip
        own = choice.reason == OWN_PLAN and choice.pupil_id in readable
        found.append(Answer(choice.pupil, said, "plans-choice-back", choice.pk, own))
    return sorted(found, key=lambda one: (one.pupil.sort_key, one.pupil.pk, one.said))
