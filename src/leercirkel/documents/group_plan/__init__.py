"""Plans for groups on paper."""

from leercirkel.documents.group_plan.render import render_plans

__all__ = ["render_plans"]
