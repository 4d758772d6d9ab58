"""Gates of views that are not ours (packages), by the name of their address."""

from __future__ import annotations

from leercirkel.apps.access.gate import Gate

GATES: dict[str, Gate] = {
    "set_language": Gate(signed_in=False),
}
