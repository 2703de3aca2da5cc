"""A picture of any kind: asks for its lines in the size it has, and draws them in the theme's colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.pictures import Lines
from widgets.cells.states import TONES


class Picture(Widget):
    """Lines of a drawing; drawn again when the size has changed."""

    DEFAULT_CSS = """
    Picture {
        height: 10; width: 1fr; background: $background; color: $foreground;
        & > .picture--bar { color: $primary; }
        & > .picture--bad { color: $error; }
        & > .picture--warn { color: $warning; }
        & > .picture--good { color: $success; }
        & > .picture--quiet { color: $foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"picture--{part}" for part in ("bar", *TONES)}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make a picture of nothing."""
        super().__init__(id=id, classes=classes)
        self._draw: Callable[[int, int], Lines] | None = None
        self._drawn: tuple[tuple[int, int], Lines] = ((0, 0), [])

    def show(self, draw: Callable[[int, int], Lines]) -> None:
        """Replace the picture.

        Args:
            draw: gives the lines for a width and height in cells.
        """
        self._draw = draw
        self._drawn = ((0, 0), [])
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        size = (self.size.width, self.size.height)
        if self._drawn[0] != size:
            self._drawn = (size, self._draw(*size) if self._draw is not None else [])
        lines = self._drawn[1]
        segments = [
            Segment(
                span.text,
                self.get_component_rich_style(f"picture--{span.tone}") if span.tone else self.rich_style,
            )
            for span in (lines[y] if y < len(lines) else [])
        ]
        return Strip(segments).simplify().adjust_cell_length(self.size.width, self.rich_style)
