"""Gates of views that are not ours (packages), by the name of their address."""

from __future__ import annotations

from leercirkel.apps.access.gate import Gate

OPEN, SIGNED_IN = Gate(signed_in=False), Gate()

GATES: dict[str, Gate] = {
    "account_login": OPEN,
    "account_inactive": OPEN,
    "account_logout": OPEN,
}
