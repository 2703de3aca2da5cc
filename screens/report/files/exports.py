"""What leaves the screen: files of what is listed, and copies of it to the terminal's clipboard."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from fcl_tui.definitions.wording.amounts import amount
from screens.messages import ExportWanted, Listed
from widgets.cells.plain import plain
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice

if TYPE_CHECKING:
    import polars as pl

    from screens.report.access_gate import AccessGate
    from screens.report.host import ReportHost
    from widgets.cells.column import Column

MOST_COPIED = 74_000
"""Bytes of base64 that terminals take in one OSC 52 message; many drop longer ones without a word."""
CELLS = "123456789"


@dataclass(frozen=True)
class FileKind:
    """A kind of file that a list can become, and the letter it is chosen by."""

    key: str
    label: str
    write: Callable[[], None]


class Exports:
    """Writes and copies what the table lists, as it is shown; the masks of the screen are in it.

    Args:
        host: the report on the screen.
        gate: writes down what is copied.
        documents: kinds of file that this report has besides the list, offered after it.
        lists: kinds in place of the list as it is on the screen; the first is the usual one.
        chart: the picture beside the list and what it is drawn of, as `charted` gives them; empty: none.
    """

    def __init__(
        self,
        host: "ReportHost",
        gate: "AccessGate",
        *,
        documents: Sequence[FileKind] = (),
        lists: Sequence[FileKind] | None = None,
        chart: "Callable[[], dict[str, Any]] | None" = None,
    ) -> None:
        self._host, self._gate, self._chart = host, gate, chart
        if lists is None:
            lists = (
                FileKind("x", "Excel, as on the screen", lambda: self.write_list("xlsx")),
                FileKind("c", "CSV, as on the screen", lambda: self.write_list("csv")),
                FileKind(
                    "a",
                    "Excel, every column of this list",
                    lambda: self.write_list("xlsx", every_column=True),
                ),
            )
        self._kinds = {kind.key: kind for kind in (*lists, *documents)}
        self._masked: dict[str | None, bool] = {}
        self._left_out: list[dict[str, Any]] = []

    # What the screen shows

    def shown(self, table_id: str | None, *, masked: bool) -> None:
        """Remember whether the rows that a table has now are masked."""
        self._masked[table_id] = masked

    def remember_left_out(self, rows: "pl.DataFrame") -> None:
        """Keep what the list leaves out (what, count, reason), for its files."""
        self._left_out = rows.to_dicts()

    # Files

    async def ask(self) -> None:
        """Ask for the kind of file and write it."""
        host = self._host
        if host.table.shown_frame() is None:
            return
        masked = "names masked; " if host.session.masked else ""
        note = f"{masked}{amount(host.table.row_count, 'rows')}; esc cancels"
        choices = [Choice(kind.key, kind.label) for kind in self._kinds.values()]
        menu = LetterMenu("Write this list to a file", choices, note)
        # awaited: what is typed in the same burst waits for the window
        await host.ask(menu, lambda key: self._kinds[key].write() if key else None)

    def write_list(
        self, kind: str, *, every_column: bool = False, whole_rows: bool = False, build: str = ""
    ) -> None:
        """Write the list as a file of a kind: xlsx, csv or docx."""
        listed = self.as_listed(every_column=every_column, whole_rows=whole_rows)
        if listed is None:
            return
        drawn = self._chart() if self._chart is not None and not build else {}
        want_file(self._host, replace(listed, build=build, **drawn), kind)

    def as_listed(self, *, every_column: bool = False, whole_rows: bool = False) -> Listed | None:
        """These rows in this order, and the columns chosen of them; None before the first answer."""
        table, session = self._host.table, self._host.session
        rows = table.shown_frame()
        if rows is None:
            return None
        from fcl_tui.definitions.wording.privacy import masked

        if session.masked and not self._masked.get(table.id):
            rows = masked(rows)  # asked for a moment ago, not on the screen yet
        from fcl_tui.export.cells import columns_of

        shown = columns_of(rows, tuple(table.export_columns(every=every_column)))
        return Listed(
            rows if whole_rows else rows.select([column.key for column in shown]),
            () if whole_rows else shown,
            self._narrowed_by(),
            self._left_out,
            masked=session.masked or self._masked.get(table.id, False),
        )

    def _narrowed_by(self) -> dict[str, str]:
        table, told = self._host.table, self._gate.narrowed_by()
        text, order = table.filter_text, table.sorted
        if text:
            told = told | {"filter": plain(text)}
        if order is not None:
            titles = {
                column.key: column.title for column in (*table.export_columns(every=True), *table.columns)
            }
            told = told | {"sorted by": titles.get(order[0], order[0]) + (", descending" if order[1] else "")}
        return told

    # The clipboard

    def copy_row(self) -> None:
        """Send the row under the cursor to the terminal's clipboard, as it reads."""
        row = self._row()
        if row:
            columns = self._host.table.shown_columns()
            self._copy("\t".join(_copied(c, row.get(c.key)) for c in columns), "row", row)

    async def copy_more(self) -> None:
        """Ask for one cell of the row, or the whole list."""
        row = self._row()
        if not row:
            return
        table = self._host.table
        columns = dict(zip(CELLS, table.shown_columns(), strict=False))
        choices = [
            Choice("l", f"The whole list, {amount(table.row_count, 'rows')} under their headings"),
            Choice("r", "The row"),
            *(Choice(k, c.title, _copied(c, row.get(c.key)) or "empty") for k, c in columns.items()),
        ]

        def then(key: str | None) -> None:
            if key == "l":
                self._copy_list()
            elif key == "r":
                self.copy_row()
            elif key is not None:
                self._copy(_copied(columns[key], row.get(columns[key].key)), columns[key].title, row)

        await self._host.ask(LetterMenu("Copy to your terminal's clipboard", choices), then)

    def _row(self) -> dict[str, Any]:
        table = self._host.table
        row = table.cursor_row()
        if row and self._host.session.masked and not self._masked.get(table.id):
            import polars as pl

            from fcl_tui.definitions.wording.privacy import masked

            return masked(pl.DataFrame([row], infer_schema_length=1)).row(0, named=True)
        return row

    def _copy_list(self) -> None:
        listed = self.as_listed(whole_rows=True)
        if listed is None:
            return
        columns = self._host.table.shown_columns()
        lines = ["\t".join(column.title for column in columns)]
        room = MOST_COPIED
        for values in listed.rows.select(column.key for column in columns).iter_rows():
            lines.append("\t".join(_copied(c, v) for c, v in zip(columns, values, strict=True)))
            room -= len(lines[-1])
            if room < 0:  # too long already: said below, without working through the rest
                break
        self._copy("\n".join(lines), f"list, {amount(listed.rows.height, 'rows')}")

    def _copy(self, text: str, what: str, row: dict[str, Any] | None = None) -> None:
        host = self._host
        size = len(b64encode(text.encode("utf-8", "replace")))
        if size > MOST_COPIED:
            host.say("Nothing copied: too long for a clipboard; x writes a file")
            return
        masked = " masked" if host.session.masked else ""
        amount = f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} bytes"

        def send() -> None:
            host.copy(text)
            host.say(f"Sent{masked}: {what}, {amount}; some terminals refuse")  # whole in 80 columns

        person_id = (row or {}).get("person_id")
        self._gate.once_written(send, None if person_id is None else str(person_id), what)


def want_file(host: "ReportHost", listed: Listed, kind: str) -> None:
    """Ask the application to write a file (xlsx, csv or docx) and to say where it is."""
    host.say("Writing the file ...")
    host.wish(ExportWanted(host.report_key, listed, kind, host.say, by=host))


def _copied(column: "Column", value: object) -> str:
    from fcl_tui.export.cells import copied

    return copied(column, value)
