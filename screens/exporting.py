"""What leaves the screen: files of what is listed, and copies of it to the terminal's clipboard."""

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from screens.messages import ExportWanted, Listed
from screens.recording import RecordingScreen
from widgets.letter_menu import LetterMenu
from widgets.menu import Choice
from widgets.plain import plain
from widgets.status_line import StatusLine

if TYPE_CHECKING:
    import polars as pl

    from widgets.columns import Column
    from widgets.report_table import ReportTable

MOST_COPIED = 74_000
"""Bytes of base64 that terminals take in one OSC 52 message; many drop longer ones without a word."""
CELLS = "123456789"


class ExportingScreen(RecordingScreen):
    """The keys x, y and Y of a screen with a table."""

    @property
    def table(self) -> "ReportTable":
        """The table that is copied and exported."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self._listed_masked: dict[str | None, bool] = {}
        self._left_out: list[dict[str, Any]] = []

    # Files

    def export_choices(self) -> list[Choice]:
        """The kinds of file the list on the screen can become; the first is the usual one."""
        return [
            Choice("x", "Excel, as on the screen"),
            Choice("c", "CSV, as on the screen"),
            Choice("a", "Excel, every column of this list"),
        ]

    async def action_export(self) -> None:
        """Ask for the kind of file."""
        if self.table.shown_frame() is None:
            return
        menu = LetterMenu("Write this list to a file", self.export_choices(), self._note())
        # awaited: what is typed in the same burst waits for the window
        await self.app.push_screen(menu, lambda key: self.export_as(key) if key else None)

    def _note(self) -> str:
        masked = "names masked; " if self.session.masked else ""
        return f"{masked}{self.table.row_count:,} rows; esc cancels"

    def export_as(self, key: str) -> None:
        """Write the list as the kind of file chosen."""
        self.want(self.as_listed(every_column=key == "a"), "csv" if key == "c" else "xlsx")

    def want(self, listed: Listed | None, kind: str) -> None:
        """Ask the application to write a file and to say where."""
        if listed is not None:
            say = self.query_one(StatusLine).say
            say("Writing the file ...")
            self.post_message(ExportWanted(self.REPORT, listed, kind, say))

    def as_listed(self, *, every_column: bool = False, whole_rows: bool = False) -> Listed | None:
        """These rows in this order, and what is shown of them; None before the first answer."""
        rows = self.table.shown_frame()
        if rows is None:
            return None
        from fcl_tui.reports.privacy import masked

        if self.session.masked and not self._listed_masked.get(self.table.id):
            rows = masked(rows)  # asked for a moment ago, not on the screen yet
        shown = tuple(self.table.export_columns(every=every_column))
        return Listed(
            rows if whole_rows else rows.select([column.key for column in shown]),
            () if whole_rows else shown,
            self._narrowed_by(),
            self._left_out,
            masked=self.session.masked or self._listed_masked.get(self.table.id, False),
        )

    def _narrowed_by(self) -> dict[str, str]:
        told = self.narrowed_by()
        text, order = self.table.filter_text, self.table.sorted
        if text:
            told = told | {"filter": plain(text)}
        if order is not None:
            titles = {column.key: column.title for column in self.table.export_columns(every=True)}
            told = told | {"sorted by": titles.get(order[0], order[0]) + (", descending" if order[1] else "")}
        return told

    # The clipboard

    def action_yank(self) -> None:
        """Send the row under the cursor to the terminal's clipboard, as it reads."""
        row = self._row()
        if row:
            self._copy("\t".join(_copied(c, row.get(c.key)) for c in self.table.shown_columns()), "row", row)

    async def action_yank_more(self) -> None:
        """Ask for one cell of the row, or the whole list."""
        row = self._row()
        if not row:
            return
        columns = dict(zip(CELLS, self.table.shown_columns(), strict=False))
        choices = [
            Choice("l", f"The whole list, {self.table.row_count:,} rows under their headings"),
            Choice("r", "The row"),
            *(Choice(k, c.title, _copied(c, row.get(c.key)) or "empty") for k, c in columns.items()),
        ]

        def then(key: str | None) -> None:
            if key == "l":
                self._copy_list()
            elif key == "r":
                self.action_yank()
            elif key is not None:
                self._copy(_copied(columns[key], row.get(columns[key].key)), columns[key].title, row)

        await self.app.push_screen(LetterMenu("Copy to your terminal's clipboard", choices), then)

    def _row(self) -> dict[str, Any]:
        row = self.table.cursor_row()
        if row and self.session.masked and not self._listed_masked.get(self.table.id):
            import polars as pl

            from fcl_tui.reports.privacy import masked

            return masked(pl.DataFrame([row], infer_schema_length=1)).row(0, named=True)
        return row

    def _copy_list(self) -> None:
        listed = self.as_listed()
        if listed is None:
            return
        columns = listed.columns
        lines = ["\t".join(column.title for column in columns)]
        room = MOST_COPIED
        for values in listed.rows.select(column.key for column in columns).iter_rows():
            lines.append("\t".join(_copied(c, v) for c, v in zip(columns, values, strict=True)))
            room -= len(lines[-1])
            if room < 0:  # too long already: said below, without working through the rest
                break
        self._copy("\n".join(lines), f"list, {listed.rows.height:,} rows")

    def _copy(self, text: str, what: str, row: dict[str, Any] | None = None) -> None:
        say = self.query_one(StatusLine).say
        size = len(b64encode(text.encode("utf-8", "replace")))
        if size > MOST_COPIED:
            say("Nothing copied: too long for a clipboard; x writes a file")
            return
        masked = " masked" if self.session.masked else ""
        amount = f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} bytes"

        def send() -> None:
            self.app.copy_to_clipboard(text)
            say(f"Sent{masked}: {what}, {amount}; some terminals refuse")  # whole in 80 columns

        person_id = (row or {}).get("person_id")
        self.once_written(send, None if person_id is None else str(person_id), what)

    def remember_left_out(self, rows: "pl.DataFrame") -> None:
        """Keep what the list leaves out, for its files."""
        self._left_out = rows.to_dicts()


def _copied(column: "Column", value: object) -> str:
    from fcl_tui.export.cells import copied

    return copied(column, value)
