"""Writing what happens in a round."""

from leercirkel.apps.cycle.actions.interventions import FileHasErrors, Loaded, load_interventions

__all__ = ["FileHasErrors", "Loaded", "load_interventions"]
