"""What is known of rounds and of what was undertaken, as far as a sight reaches."""

from leercirkel.apps.cycle.selectors.interventions import (
    agreements_of,
    interventions_of,
    schools_of,
    sees_undertaken,
    undertaken,
)

__all__ = ["agreements_of", "interventions_of", "schools_of", "sees_undertaken", "undertaken"]
