"""Pictures of figures as lines of text: of any size, without Textual, and legible without colour or UTF-8.

What a line or part is stands beside it in words; colour only repeats it.
"""

from widgets.cells.pictures.canvas import Line, Lines, Span, as_text
from widgets.cells.pictures.control import control_chart
from widgets.cells.pictures.funnel import funnel
from widgets.cells.pictures.lines import Series, line_chart
from widgets.cells.pictures.pyramid import pyramid
from widgets.cells.pictures.stacked import stacked

__all__ = [
    "Line",
    "Lines",
    "Series",
    "Span",
    "as_text",
    "control_chart",
    "funnel",
    "line_chart",
    "pyramid",
    "stacked",
]
