"""Documents, what parents and boards were told, and what people wrote beside the figures."""

from leercirkel.apps.insight.models.jobs import BoardReport, Job, JobFile
from leercirkel.apps.insight.models.talk import SharedSheet, TalkNotes

__all__ = ["BoardReport", "Job", "JobFile", "SharedSheet", "TalkNotes"]
