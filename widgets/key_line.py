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

    What does not fit falls off whole, from the end: first what is not to be kept, and the last (`?` in
    every screen) never.
    """

    DEFAULT_CSS = """
    KeyLine {
        height: 1; width: 1fr; background: $panel; color: $foreground;
        & > .key-line--key { background: $panel; color: $footer-key-foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}

    def __init__(
        self,
        ids: Sequence[str],
        *,
        kept: Sequence[str] = (),
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show these bindings, by their ids, as far as they can act now; `kept` are the last to fall off."""
        super().__init__(id=id, classes=classes)
        self._ids = tuple(dict.fromkeys(ids))
        self._kept = frozenset(kept)

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

    def _pairs(self) -> list[tuple[str, str, bool]]:
        """Key, label and whether it is kept, of each that can act."""
        found: dict[str, tuple[str, str, bool]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id in self._ids and active.enabled:
                key, kept = self.app.get_key_display(binding), binding.id in self._kept
                found.setdefault(binding.id or "", (plain(key), plain(binding.description), kept))
        return [found[one] for one in self._ids if one in found]

    def render(self) -> RenderResult:
        """Nothing of its own: the line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw the keys."""
        width, style = self.size.width, self.rich_style
        pairs = self._pairs()
        while (
            len(pairs) > 1 and sum(cell_len(key) + cell_len(label) + 3 for key, label, _ in pairs) - 1 > width
        ):
            loose = [place for place, (*_, kept) in enumerate(pairs[:-1]) if not kept]
            pairs.pop(loose[-1] if loose else -2)
        key_style = self.get_component_rich_style("key-line--key")
        segments: list[Segment] = []
        for key, label, _ in pairs:
            segments += [Segment(f" {key} ", key_style), Segment(f"{label} ", style)]
        return Strip(segments).adjust_cell_length(width, style)
