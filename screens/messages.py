"""What a screen may wish for; the app alone goes from screen to screen and writes files."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    import polars as pl


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


class ExportWanted(Message):
    """The reader wants what is on the screen as a file: these rows, these columns, this order.

    `tell` hears where it was written, or why it could not be.
    """

    def __init__(
        self,
        report: str,
        rows: "pl.DataFrame",
        parameters: dict[str, str],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.tell = tell
        self.report = report
        self.rows = rows
        self.parameters = parameters
