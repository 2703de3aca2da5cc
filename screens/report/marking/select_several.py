"""Selecting several rows with two keys: ten from here on, a worker's, a child's, or all that are listed."""

from typing import TYPE_CHECKING

from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice

if TYPE_CHECKING:
    from screens.report.host import ReportHost
    from screens.report.marking.marks import Marks

MOST = 500
"""Rows that can be selected at once: nobody has looked at more"""


async def select_several(host: "ReportHost", marks: "Marks") -> None:
    """Ask which rows, each kind with its number, and select them too."""
    from fcl_tui.reports.marking import belonging_together

    table = host.table
    rows, column = table.shown_frame(), table.key_column
    if rows is None or rows.is_empty() or column not in rows.columns:
        return
    found = belonging_together(rows, column, table.cursor_index)
    choices = [Choice(letter, words, f"{len(keys):,}") for letter, (words, keys) in found.items()]

    def then(letter: str | None) -> None:
        if letter is None:
            return
        keys = found[letter][1]
        if len(keys) > MOST:
            host.say(f"{len(keys):,} rows are too many to select at once: {MOST} at most; / narrows the list")
            return
        free = [key for key in keys if marks.may_select(key)]
        if not free:
            marks.select()  # says why not
            return
        marks.select_also(free)
        if len(free) < len(keys):
            host.say(f"{len(free)} of {len(keys)} selected: the others cannot be marked")

    # awaited: what is typed in the same burst waits for the window
    await host.ask(LetterMenu("Select several", choices), then)
