"""One row that names the parts of a screen, how many rows each has, and which one is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.plain import plain


class SectionBar(Widget):
    """The names side by side; the shown one stands in brackets as well as in colour."""

    DEFAULT_CSS = """
    SectionBar {
        height: 1; width: 1fr; background: $panel; color: $foreground;
        & > .section-bar--shown { background: $primary; color: $background; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"section-bar--shown"}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make an empty bar."""
        super().__init__(id=id, classes=classes)
        self._sections: Sequence[tuple[str, int | None]] = ()
        self._shown = 0

    def show(self, sections: Sequence[tuple[str, int | None]], shown: int) -> None:
        """Replace the names and their counts; `shown` is the number of the one on the screen."""
        self._sections, self._shown = tuple(sections), shown
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw the names; the shown one is never pushed off the right."""
        width, style = self.size.width, self.rich_style
        segments: list[Segment] = []
        for number, (name, count) in enumerate(self._sections):
            label = plain(name) + (f" {count:,}" if count is not None else "")
            if number == self._shown:
                segments.append(Segment(f"[{label}]", self.get_component_rich_style("section-bar--shown")))
            else:
                segments.append(Segment(f" {label} ", style))
        return Strip(segments).adjust_cell_length(width, style)
