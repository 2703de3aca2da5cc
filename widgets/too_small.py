"""What stands in a window that is too small to read anything in: the size that is needed."""

from textual.geometry import Size
from textual.widgets import Static

WIDTH, HEIGHT = 40, 10
"""Columns and lines below which a list cannot be read"""


class TooSmall(Static):
    """Covers the screen while the window is too small. The screen calls `fit` when its size changes."""

    DEFAULT_CSS = """
    TooSmall {
        display: none; layer: too-small; dock: top; width: 100%; height: 100%;
        background: $background; color: $foreground;
    }
    """

    def __init__(self) -> None:
        """Make one that is not shown."""
        super().__init__("", markup=False)

    def on_mount(self) -> None:
        """A screen may open in a small window."""
        self.fit(self.app.size)

    def fit(self, size: Size) -> None:
        """Cover the screen, or let it be seen."""
        self.display = size.width < WIDTH or size.height < HEIGHT
        if self.display:
            self.update(f"Too small: {size.width}x{size.height}. Needs {WIDTH}x{HEIGHT}, best 80x24.")
