"""Charts as stand-alone SVG text: the one source for a page, a PDF and a picture.

Every chart is a string with `role="img"` and a label that says its figures in a sentence; colours come from a
`Palette`, positions from `geometry`. No script, no style sheet, no CSS variable is needed to show one.
"""

from leercirkel.documents.charts.flow import FlowPart, flow
from leercirkel.documents.charts.funnel import FunnelEdge, FunnelMark, funnel
from leercirkel.documents.charts.interval_cell import interval_cell
from leercirkel.documents.charts.levels import levels
from leercirkel.documents.charts.marks import mark
from leercirkel.documents.charts.palette import SCREEN, Palette
from leercirkel.documents.charts.pupil_line import LinePoint, pupil_line
from leercirkel.documents.charts.strip import StripOwn, strip
from leercirkel.documents.charts.svg import NARROW
from leercirkel.documents.charts.trend import TrendMark, trend

__all__ = [
    "NARROW",
    "SCREEN", "FlowPart", "FunnelEdge", "FunnelMark", "LinePoint", "Palette", "StripOwn", "TrendMark", "flow",
    "funnel", "interval_cell", "levels", "mark", "pupil_line", "strip", "trend",
]  # fmt: skip
