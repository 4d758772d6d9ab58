"""Changing who may do what. Each is one transaction with its event in the log, and raises Refused (refusals.py)."""

from leercirkel.apps.access.actions.bundles import change_bundle, reset_bundle
from leercirkel.apps.access.actions.parents import end_parent, invite_parent
from leercirkel.apps.access.actions.roles import end_role, give_role, link_staff
from leercirkel.apps.access.actions.users import (
    activate,
    deactivate,
    forget_factors,
    invite,
    let_try_again,
    resend,
    sign_out,
)

__all__ = [
    "activate",
    "change_bundle",
    "deactivate",
    "end_parent",
    "end_role",
    "forget_factors",
    "give_role",
    "invite",
    "invite_parent",
    "let_try_again",
    "link_staff",
    "resend",
    "reset_bundle",
    "sign_out",
]
