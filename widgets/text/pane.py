"""A pane of plain lines that wraps them to its width and scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from data.dataclass import dataclass
from widgets.cells.plain import fit, plain, wrap


@dataclass(frozen=True)
class Line:
    """One line before wrapping: its text, its look and what its later lines are indented by.

    `look` is text, heading, strong or quiet. `lead` is drawn before the first line and is not wrapped.
    """

    text: str
    look: str = "text"
    lead: str = ""


class TextPane(ScrollView, can_focus=True):
    """Lines to read. All text is shown as it is, never as markup."""

    DEFAULT_CSS = """
    TextPane {
        height: 1fr; background: $background; color: $foreground;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; overflow-x: hidden;
        & > .text-pane--heading { color: $primary; text-style: bold; }
        & > .text-pane--strong { text-style: bold; }
        & > .text-pane--quiet { color: $secondary; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text-pane--heading",
        "text-pane--strong",
        "text-pane--quiet",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "lines(1)", "Down", show=False, id="pane.down"),
        Binding("up,k", "lines(-1)", "Up", show=False, id="pane.up"),
        Binding("pagedown,space", "pages(1)", "Page down", show=False, id="pane.page_down"),
        Binding("pageup", "pages(-1)", "Page up", show=False, id="pane.page_up"),
        Binding("home,g", "to_top", "Top", show=False, id="pane.top"),
        Binding("end,G", "to_end", "End", show=False, id="pane.end"),
    ]

    def __init__(
        self, lines: Sequence[Line | str] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        """Make a pane; a str is a line of ordinary text."""
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._wrapped: list[tuple[str, str]] = []
        self._wrapped_at = -1
        self._styles: dict[str, Style] = {}
        self.show(lines)

    def show(self, lines: Sequence[Line | str], *, keep: bool = False) -> None:
        """Replace the lines; starts at the top again unless `keep`."""
        self._lines = tuple(line if isinstance(line, Line) else Line(line) for line in lines)
        self._wrapped_at = -1
        if self.is_mounted:
            self._fit_lines()
            if not keep:
                self.scroll_to(y=0, animate=False, force=True)
            self.refresh()

    @property
    def text(self) -> str:
        """What the pane says at its present width, all of it."""
        self._fit_lines()
        return "\n".join(text.rstrip() for text, _ in self._wrapped)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._fit_lines()

    def action_lines(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)

    def action_pages(self, way: int) -> None:
        """Scroll by screenfuls, less one line."""
        self.action_lines(way * max(1, self.size.height - 1))

    def action_to_top(self) -> None:
        """Go to the first line."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_to_end(self) -> None:
        """Go to the last line."""
        self.scroll_to(y=len(self._wrapped), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        self._fit_lines()
        number, width = y + self.scroll_offset.y, self.size.width
        if number >= len(self._wrapped):
            return Strip([Segment(" " * width, self._style_of("text"))], width)
        text, look = self._wrapped[number]
        return Strip([Segment(fit(text, width), self._style_of(look))], width)

    def _style_of(self, look: str) -> Style:
        style = self._styles.get(look)
        if style is None:  # worked out once: it takes longer than the line
            style = self.rich_style if look == "text" else self.get_component_rich_style(f"text-pane--{look}")
            self._styles[look] = style
        return style

    def notify_style_update(self) -> None:
        """Take new colours when the theme changes."""
        self._styles.clear()
        super().notify_style_update()

    def _fit_lines(self) -> None:
        width = self.size.width
        if width == self._wrapped_at:
            return
        self._wrapped_at = width
        self._wrapped = [piece for line in self._lines for piece in _wrapped(line, max(1, width - 1))]
        self.virtual_size = Size(0, len(self._wrapped))


def _wrapped(line: Line, width: int) -> list[tuple[str, str]]:
    lead, text = line.lead, plain(line.text)
    if len(lead) > width // 2:
        lead = ""
        text = f"{line.lead}{text}"
    pieces = wrap(text, max(1, width - len(lead)))
    indent = " " * len(lead)
    return [((indent if number else lead) + piece, line.look) for number, piece in enumerate(pieces)]
