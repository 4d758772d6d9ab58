"""Documents, what parents and boards were told, and what people wrote beside the figures."""

from leercirkel.apps.insight.models.answers import AnswerText, KeptFigures, KeptReport
from leercirkel.apps.insight.models.jobs import BoardReport, Job, JobFile
from leercirkel.apps.insight.models.talk import SharedSheet, TalkNotes

__all__ = ["AnswerText", "BoardReport", "Job", "JobFile", "KeptFigures", "KeptReport", "SharedSheet", "TalkNotes"]
