"""Values pasted from a spreadsheet: what they would do is shown first, then saved all or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.mark import Confirm
from screens.dialogs.paste import PasteDialog
from widgets.cells.plain import plain
from widgets.text.window import Reader

if TYPE_CHECKING:
    from fcl_tui.access.board.kpi_check import Checked
    from screens.report.host import ReportHost

NOTE = "kpi, period, value, numerator, denominator, status, source, published on, note. ctrl+o looks at it."


def paste_values(host: ReportHost) -> None:
    """Ask for the block and say what it would do."""

    def then(text: str | None) -> None:
        if text is not None:
            host.in_thread(lambda: _look(host, text), group="board-paste", exclusive=True)

    host.ask(PasteDialog("Paste values, cells parted by tabs", NOTE), then)


def _look(host: ReportHost, text: str) -> None:
    """Hold it against what is there; runs in a thread."""
    from data.errors import DataError
    from fcl_tui.access.board import kpi as entry
    from fcl_tui.config.kpi_file import VALUES, pasted

    session = host.session
    try:
        rows = [row for row in pasted(text, VALUES) if row[1].get("kpi", "").casefold() != "kpi"]
        found = entry.preview(
            session.door, entry.TYPED, rows, session.as_at, demo=session.snapshot.manifest.demo
        )
    except DataError as error:
        host.from_thread(host.say, str(error))
        return
    host.from_thread(_ask, host, found)


def _ask(host: ReportHost, found: Checked) -> None:
    if found.refused:
        lines = [plain(sentence.removeprefix("typed, ")) for sentence in found.refused]
        host.show(Reader(f"Nothing was saved: {found.counts}", lines))
        return

    def answered(yes: bool | None) -> None:
        if yes:
            host.in_thread(lambda: _save(host, found), group="board-paste", exclusive=True)
        else:
            host.say("Nothing was saved.")

    host.ask(Confirm(f"{found.counts}. Save them?"), answered)


def _save(host: ReportHost, found: Checked) -> None:
    from data.errors import DataError
    from fcl_tui.access.board import kpi as entry

    session = host.session
    try:
        entry.save(session.door, found, demo=session.snapshot.manifest.demo)
    except DataError as error:
        host.from_thread(host.say, str(error))
        return
    host.from_thread(host.reload)
    host.from_thread(host.say, f"Saved: {found.counts}")
