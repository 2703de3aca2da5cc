"""Help: what the keys of the screen do, to filter and to run; below it the report's guidance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from data.dataclass import dataclass
from screens.palette import everyday
from widgets.cells.column import Column
from widgets.cells.folding import fold, words_of
from widgets.cells.plain import plain
from widgets.key_line import KeyLine
from widgets.menus.typed_list import TypedList
from widgets.table.report_table import ReportTable
from widgets.text.markdown import markdown_lines
from widgets.text.pane import Line, TextPane
from widgets.text.phrases import BETWEEN_ITEMS, whole_phrases

MOTION = (
    ("arrows, hjkl", "Move"),
    ("page up, page down", "A page"),
    ("home, end", "First and last row"),
    ("s", "Sort: choose a column, again to reverse"),
    ("ctrl+p", "Everything by its name"),
)
MARKING = ("client-overview", "client-summary", "my-day", "leaving-care")
"""Pages of reports in which items can be marked or notes on a child written."""
HEADING = "Keys on this screen"
COLUMNS = (Column("key", "Key", 9, frozen=True), Column("shown", "What it does", 40, stretch=True))
PART, WIDEST, EDGES, LEAST = 92, 104, 5, 20
"""How much of the screen the window takes, in per cent and in cells at most; cells of it beside the words and
their keys, and the fewest that are filled with words"""
CONTROL = ("table.", "pane.", "home.", "week.")
"""How the ids begin of bindings that only move or belong to a widget: listed if the line of keys has them"""


@dataclass(frozen=True)
class Action:
    """One thing that a key does, and where it is done."""

    key: str
    does: str
    action: str
    words: str
    """what else people call it"""
    node: Any
    """the widget, screen or application whose key it is"""


def actions_of(screen: Screen[Any]) -> list[Action]:
    """What can be done on a screen now: its line of keys first, keys of every screen last."""
    first = [one for line in screen.query(KeyLine) for one in line.ids]
    found: dict[str, tuple[tuple[bool, int], Action]] = {}
    for key, active in screen.active_bindings.items():
        binding: Binding = active.binding
        ours = binding.id in first
        wanted = binding.id and binding.description and active.enabled
        if not wanted or (not ours and (binding.id or "").startswith(CONTROL)) or binding.action in found:
            continue
        place = first.index(binding.id or "") if ours else len(first)
        shown = screen.app.get_key_display(binding) or key
        label, more = plain(binding.description), plain(active.tooltip or binding.tooltip or "")
        told = label if not more or more == label else f"{label}: {more}"
        everywhere = active.node is screen.app
        found[binding.action] = (
            (everywhere, place),
            Action(shown, told, binding.action, everyday(binding.id or ""), active.node),
        )
    return [one for _, one in sorted(found.values(), key=lambda pair: pair[0])]


def room_of(width: int) -> int:
    """Cells for what a key does, on a screen of this width."""
    return max(LEAST, min(WIDEST, width * PART // 100) - COLUMNS[0].width - EDGES)


class HelpScreen(TypedList[Action]):
    """Type to narrow actions and guidance; enter does what the cursor is on, page keys read on."""

    DEFAULT_CSS = f"""
    HelpScreen {{
        align: center middle;
        & > Vertical {{ width: {PART}%; max-width: {WIDEST}; height: 90%; padding: 0 1; }}
        & > Vertical {{ background: $surface; }}
        & Static {{ width: 1fr; height: 1; background: $panel; text-style: bold; }}
        & Input {{ height: 1; border: none; padding: 0 1; background: $surface; }}
        & Input:focus {{ border: none; }}
        & ReportTable {{ height: 45%; background: $surface; }}
        & TextPane {{ height: 1fr; background: $surface; border-top: solid $line; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "read(1)", show=False, id="help.page_down"),
        Binding("pageup", "read(-1)", show=False, id="help.page_up"),
    ]

    def __init__(self, title: str, actions: Sequence[Action], guidance: Sequence[Line | str]) -> None:
        """Make a help of actions, each action once, and of lines to read."""
        super().__init__()
        self._title, self._actions, self._guidance = title, tuple(actions), tuple(guidance)

    def compose(self) -> ComposeResult:
        """Title, the line to type in, the actions, the guidance."""
        with Vertical():
            yield Static(f" {plain(self._title)}: {HEADING}", markup=False)
            yield self.field("type to filter; enter does it; page keys read on")
            yield ReportTable(empty="No key does that; the page below may say more.")
            yield TextPane(self._guidance)

    def fill(self) -> None:
        """The actions as a frame."""
        import polars as pl

        room = room_of(self.app.size.width)
        rows = [
            (str(at), one.key, one.does, one.words, whole_phrases(one.does, room, BETWEEN_ITEMS))
            for at, one in enumerate(self._actions)
        ]
        texts = dict.fromkeys(("at", "key", "does", "words", "shown"), pl.String)
        frame = pl.DataFrame(rows, schema=texts, orient="row")
        self._frame = frame.with_columns(folded=fold(pl.concat_str("does", "key", "words", separator=" ")))

    def take(self, key: str) -> None:
        """Hand back what is to be done."""
        self.dismiss(self._actions[int(key)])

    def narrow(self, typed: str) -> None:
        """List the actions and the lines of guidance that have every word."""
        import polars as pl

        words = words_of(typed)
        having = [pl.col("folded").str.contains(word, literal=True) for word in words]
        table = self.query_one(ReportTable)
        table.show(self._frame.filter(pl.lit(value=True), *having), COLUMNS, "at")
        table.action_go_first()
        texts = [line.text if isinstance(line, Line) else line for line in self._guidance]
        kept = [
            line
            for line, text in zip(self._guidance, texts, strict=True)
            if all(word in text.casefold() for word in typed.casefold().split())
        ]
        self.query_one(TextPane).show(kept if words else self._guidance)

    def action_read(self, way: int) -> None:
        """Page through the guidance."""
        self.query_one(TextPane).action_pages(way)


def help_for(screen: Screen[Any], report: str | None) -> HelpScreen:
    """The actions of a screen, and the guidance of its report (or in general), and that on due dates."""
    from fcl_tui.reports import catalogue

    page, title = "general", "Help"
    if report is not None:
        entry = catalogue.report(report)
        page, title = entry.guidance or "general", f"Help: {entry.title}"
    lines: list[Line | str] = []
    pages = [page, *(["marks"] if page in MARKING else [])]
    pages += ["exports", "saved-views"] if report is not None else []
    pages += [] if page in ("assessments", "data-quality") else ["timescales"]
    pages += ["access"]
    for one in dict.fromkeys(pages):
        lines += [*markdown_lines(catalogue.guidance(one)), ""]
    lines += [Line("Moving about", "heading"), *(Line(does, lead=f"  {key:<20}") for key, does in MOTION)]
    return HelpScreen(title, actions_of(screen), lines)
