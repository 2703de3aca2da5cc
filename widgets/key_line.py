"""One row of keys: those a reader needs most on this screen, in the order they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import RenderResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.plain import plain


class KeyLine(Widget):
    """Keys and labels come from the live bindings, so that footer, help and palette cannot disagree.

    What does not fit falls off whole, from the end except the last, which is kept (`?` in every screen).
    """

    DEFAULT_CSS = """
    KeyLine {
        height: 1; width: 1fr; background: $panel; color: $foreground;
        & > .key-line--key { background: $panel; color: $footer-key-foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}

    def __init__(self, ids: Sequence[str], *, id: str | None = None, classes: str | None = None) -> None:
        """Show these bindings, by their ids, as far as they can act now."""
        super().__init__(id=id, classes=classes)
        self._ids = tuple(dict.fromkeys(ids))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the bindings that it shows, the most needed first."""
        return self._ids

    def on_mount(self) -> None:
        """Follow what can be done where the reader is."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        del screen
        self.refresh()

    def _pairs(self) -> list[tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id in self._ids and active.enabled:
                found.setdefault(binding.id or "", (self.app.get_key_display(binding), binding.description))
        return [found[one] for one in self._ids if one in found]

    def render(self) -> RenderResult:
        """Nothing of its own: the line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw the keys."""
        width, style = self.size.width, self.rich_style
        pairs = [(plain(key), plain(label)) for key, label in self._pairs()]

        def cells(listed: Sequence[tuple[str, str]]) -> int:
            return sum(cell_len(key) + cell_len(label) + 3 for key, label in listed)

        while len(pairs) > 1 and cells(pairs) > width:
            pairs.pop(-2)
        key_style = self.get_component_rich_style("key-line--key")
        segments: list[Segment] = []
        for key, label in pairs:
            segments += [Segment(f" {key} ", key_style), Segment(f"{label} ", style)]
        return Strip(segments).adjust_cell_length(width, style)
