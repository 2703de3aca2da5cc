"""A line to type in."""

from __future__ import annotations

from typing import Literal

from textual.strip import Strip
from textual.widgets import Input


class Field(Input):
    """Textual's own, of one row, with a still cursor: a blinking one writes to the line for ever.

    Where no colour is left for its ground it is underlined (the app says so), even with nothing in it.
    """

    def __init__(
        self,
        value: str | None = None,
        *,
        placeholder: str = "",
        max_length: int = 0,
        type: Literal["text", "integer"] = "text",
        id: str | None = None,
    ) -> None:
        """Make one; `value` stands there to begin with."""
        super().__init__(
            value, placeholder=placeholder, max_length=max_length, type=type, id=id, compact=True
        )
        self.cursor_blink = False

    def render_line(self, y: int) -> Strip:
        """Draw it over its whole width."""
        strip = super().render_line(y)
        if self.value or not self.app.current_theme.ansi:
            return strip
        return strip.extend_cell_length(self.scrollable_content_region.width, self.rich_style)
