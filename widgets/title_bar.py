"""One row on top of a screen: the tier's colour and name, the report's title."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.plain import fit, plain
from widgets.theme import tier_colour


class TitleBar(Widget):
    """Shows where the reader is. The block carries the tier's number, so that colour is not needed."""

    DEFAULT_CSS = """
    TitleBar {
        height: 1; width: 1fr; background: $panel; color: $foreground; text-style: bold;
        & > .title-bar--note { background: $panel; color: $warning; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"title-bar--note"}

    def __init__(
        self,
        title: str = "",
        *,
        tier: int = 0,
        tier_name: str = "",
        note: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a title; tier 0 is none, as on the home screen."""
        super().__init__(id=id, classes=classes)
        self._title, self._tier, self._tier_name, self._note = title, tier, tier_name, note

    def show(self, title: str, *, tier: int = 0, tier_name: str = "", note: str = "") -> None:
        """Change the title; `note` stands at the right, e.g. the demo authority's banner."""
        self._title, self._tier, self._tier_name, self._note = title, tier, tier_name, note
        self.refresh()

    @property
    def text(self) -> str:
        """What the row says at its present width."""
        return self.render_line(0).text.strip()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw the row; where it is short of room the note goes first, then the tier's name."""
        width, style = self.size.width, self.rich_style
        title, name = plain(self._title), plain(self._tier_name) if self._tier_name else ""
        block = f" {self._tier} " if self._tier else ""
        note = f" {plain(self._note)} " if self._note else ""
        if cell_len(f"{block} {name}  {title}  {note}") > width:
            note = ""
        if cell_len(f"{block} {name}  {title}") > width:
            name = ""
        words = f" {name}  {title}" if name else f" {title}"
        segments = [Segment(block, self._block_style())] if block else []
        segments.append(Segment(fit(words, max(0, width - cell_len(block) - cell_len(note))), style))
        if note:
            segments.append(Segment(note, self.get_component_rich_style("title-bar--note")))
        return Strip(segments).adjust_cell_length(width, style)

    def _block_style(self) -> Style:
        colour = Color.parse(tier_colour(self.app, self._tier))
        return Style(color="black", bgcolor=colour.rich_color, bold=True)
