"""Keys of the Monthly Highlights: the comment on the indicator under the cursor, and freezing the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from screens.dialogs.name import NameDialog
from widgets.cells.plain import plain
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from screens.report.host import ReportHost

LONGEST = 400


def comment_indicator(host: ReportHost) -> None:
    """Ask for the comment, and save it in a thread."""
    row = host.table.cursor_row()
    key, month = row.get("key"), row.get("month")
    if not key or not isinstance(month, date):
        host.say("Move to an indicator first")
        return
    note = f"{month:%B %Y}: why it is so, and what is done. No child's name."
    window = NameDialog(
        plain(row.get("indicator")), note, longest=LONGEST, value=str(row.get("comment") or "")
    )

    def typed(text: str | None) -> None:
        if text is not None:
            host.in_thread(lambda: _comment(host, month, str(key), text), group="highlights")

    host.ask(window, typed)


def _comment(host: ReportHost, month: date, key: str, text: str) -> None:
    from data.errors import DataError
    from fcl_tui.access.board.highlights import comment

    session = host.session
    try:
        if session.office is None:
            raise DataError("There is no office database here.")
        comment(session.door, session.office, month, key, text)
    except DataError as error:
        host.from_thread(host.say, f"Nothing was saved. {error}")
        return
    host.from_thread(host.reload)


def freeze_month(host: ReportHost) -> None:
    """Ask whether the month is to be frozen: it takes no comments afterwards."""
    month = host.table.cursor_row().get("month")
    if not isinstance(month, date):
        host.say("There is nothing to freeze")
        return
    choices = [Choice("no", "No, go on"), Choice("yes", f"Freeze {month:%B %Y}: no comments after it")]

    def answered(chosen: str | None) -> None:
        if chosen == "yes":
            host.say("Freezing ...")
            host.in_thread(lambda: _freeze(host, month), group="highlights")

    host.ask(Menu(f"Freeze the figures of {month:%B %Y} as they are now?", choices, "no"), answered)


def _freeze(host: ReportHost, month: date) -> None:
    from data.errors import DataError
    from fcl_tui.access.board.highlights import figures_of, freeze
    from fcl_tui.reports import catalogue
    from fcl_tui.reports.question.resolve import resolve
    from fcl_tui.reports.run import run

    session = host.session
    try:
        if session.office is None:
            raise DataError("There is no office database here.")
        report, context = catalogue.load("monthly-highlight"), session.context()
        rows = run(report, context, resolve(report, {}, context)).rows  # all of them, whatever is filtered
        freeze(session.door, session.office, month, figures_of(rows), session.snapshot.id)
    except DataError as error:
        host.from_thread(host.say, f"Nothing was frozen. {error}")
        return
    host.from_thread(host.reload)
