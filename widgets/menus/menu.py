"""A window over the screen to choose one thing of a list, typing to narrow it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from data.dataclass import dataclass
from widgets.cells.column import Column
from widgets.cells.folding import fold, words_of
from widgets.cells.plain import plain
from widgets.menus.typed_list import TypedList
from widgets.table.report_table import ReportTable


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what is handed back, what is read, and a word beside it."""

    key: str
    label: str
    note: str = ""


class Menu(TypedList[str]):
    """Hands back the key chosen, or None after escape."""

    DEFAULT_CSS = """
    Menu {
        align: center middle;
        & > Vertical { width: 80%; max-width: 70; height: 70%; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; background: $panel; text-style: bold; }
        & Input { height: 1; border: none; padding: 0 1; background: $surface; }
        & Input:focus { border: none; }
        & ReportTable { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page(1)", show=False, id="menu.page_down"),
        Binding("pageup", "page(-1)", show=False, id="menu.page_up"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], selected: str | None = None) -> None:
        """Make a menu; the cursor starts on `selected`. Keys are unique."""
        super().__init__()
        self._title, self._choices, self.selected = title, tuple(choices), selected

    def compose(self) -> ComposeResult:
        """Lay out the title, the line to type in and the list."""
        with Vertical():
            yield Static(f" {plain(self._title)}", markup=False)
            yield self.field("type to narrow")
            yield ReportTable(empty="Nothing matches." if self._choices else "")

    def fill(self) -> None:
        """The choices as a frame."""
        import polars as pl

        texts = {"key": pl.String, "label": pl.String, "note": pl.String}
        frame = pl.DataFrame([(c.key, c.label, c.note) for c in self._choices], schema=texts, orient="row")
        self._frame = frame.with_columns(folded=fold(pl.col("label")))

    def take(self, key: str) -> None:
        """Hand the key back."""
        self.dismiss(key)

    def narrow(self, typed: str) -> None:
        """List what has every word in its label: the very label first, then what begins so."""
        import polars as pl

        words = words_of(typed)
        label, whole = pl.col("folded"), " ".join(words)
        rank = pl.when(label == whole).then(0).when(label.str.starts_with(whole)).then(1).otherwise(2)
        listed = self._frame.filter(pl.lit(True), *(label.str.contains(word, literal=True) for word in words))
        if words:
            listed = listed.sort(rank, maintain_order=True)
        widest = max((len(choice.label) for choice in self._choices), default=0)
        columns = [Column("label", "", max(20, min(40, widest)), frozen=True)]
        longest = max((len(choice.note) for choice in self._choices), default=0)
        if longest:
            columns.append(Column("note", "", min(max(16, longest), 26), align="right", priority=2))
        table = self.query_one(ReportTable)
        table.show(listed, columns, "key")
        table.action_go_first()

    def action_page(self, way: int) -> None:
        """Page through the list while typing."""
        self.query_one(ReportTable).action_page(way)
