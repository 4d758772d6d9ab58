"""Plans of one pupil among everything that was written of that pupil, as its parents may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from leercirkel.analysis.look_back import LookBack
from leercirkel.apps.groupplan.models import PupilEvaluation, PupilPlan, PupilPlanVersion
from leercirkel.apps.groupplan.presenters import pupil_plan, words
from leercirkel.apps.groupplan.presenters.entries import Entry

Mask = Callable[[str], str]


def entries(plans: list[PupilPlan], mask: Mask) -> Iterator[Entry]:
    """Every fixed version and every look back, with all that stands in it."""
    for plan in plans:
        for version in plan.versions.all():
            yield _version(plan, version, mask)
        done: PupilEvaluation | None = getattr(plan, "evaluation", None)
        if done is not None:
            yield _evaluation(plan, done, mask)


def drafts(plans: list[PupilPlan]) -> list[str]:
    """The plans that were never fixed, by what they are about."""
    new = [plan for plan in plans if plan.state == PupilPlan.State.DRAFT and not plan.versions.all()]
    return [pupil_plan.title_of(plan.area.name if plan.area else "") for plan in new]


def _version(plan: PupilPlan, version: PupilPlanVersion, mask: Mask) -> Entry:
    page = pupil_plan.page_of(version.content, plan.pupil)
    lines = [_("%(period)s, evaluatie op %(review)s.") % {"period": page.period, "review": page.review}]
    lines += [f"{heading}: {mask('; '.join(said))}" for heading, said in page.seen]
    lines += [_("Doel: %s") % mask(goal.text) for goal in page.goals]
    lines += [f"{part.heading}: {mask(part.text)}" for part in page.parts]
    title = _("%(title)s, versie %(number)d") % {"title": page.title, "number": version.number}
    return Entry(timezone.localtime(version.fixed_at).date(), _("Handelingsplan"), title, tuple(lines))


def _evaluation(plan: PupilPlan, done: PupilEvaluation, mask: Mask) -> Entry:
    lines = [f"{mask(one.text)} {words.outcome(one.met)}" for one in LookBack.read(done.computed).goals]
    lines += [pupil_plan.result_line(one) for one in done.computed.get("results", ())]
    lines.append(f"{pupil_plan.choice_words(done)} {mask(done.why)}".strip())
    title = _("Evaluatie %s") % pupil_plan.title_of(plan.area.name if plan.area else "").lower()
    return Entry(timezone.localtime(done.done_at).date(), _("Evaluatie"), title, tuple(lines))
