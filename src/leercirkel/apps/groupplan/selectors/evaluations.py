"""Looking back on plans."""

from __future__ import annotations

from leercirkel.apps.groupplan.models import Evaluation, GroupPlan


def last_evaluation(plan: GroupPlan) -> Evaluation | None:
    """The newest evaluation of this plan that was done, the final one before one in between; None without one.

    `computed` reads with `analysis.look_back.LookBack.read`. One query.
    """
    done = Evaluation.objects.filter(plan=plan, done_at__isnull=False)
    return done.order_by("-done_at", "-id").first()
