"""What a screen may wish for; the app alone goes from screen to screen and writes files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    import polars as pl

    from widgets.columns import Column

WINDOW = "window"
"""Group of the workers that open a window when they have read what stands in it; keys wait for it."""


class ClientWanted(Message):
    """The reader chose a client."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id


class ReportWanted(Message):
    """The reader chose a report, by its key in the catalogue."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True)
class Listed:
    """What is to leave the screen: rows in their order, the columns shown, and what must be said beside them.

    `columns` empty: every column of the rows by its name. `masked`: names and birth dates are masked already.
    """

    rows: "pl.DataFrame"
    columns: "tuple[Column, ...]" = ()
    parameters: dict[str, str] = field(default_factory=dict)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)
    masked: bool = False


class ExportWanted(Message):
    """The reader wants a list as a file of a kind: xlsx, csv or docx.

    `tell` hears where it was written, or why it could not be.
    """

    def __init__(self, report: str, listed: Listed, kind: str, tell: Callable[[str], None]) -> None:
        super().__init__()
        self.report = report
        self.listed = listed
        self.kind = kind
        self.tell = tell
