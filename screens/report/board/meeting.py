"""Meetings of the Board from its screen: opened, frozen, held, minuted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.report.board.acts import ask_text, do
from widgets.cells.plain import plain
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice

if TYPE_CHECKING:
    from fcl_tui.access.board.acts import BoardActs
    from screens.report.host import ReportHost


def meet(host: ReportHost) -> None:
    """What can be done with meetings."""
    choices = [
        Choice("o", "Open a meeting"),
        Choice("f", "Freeze the figures of the one that is open"),
        Choice("h", "It was held"),
        Choice("m", "Minutes: what was decided"),
    ]

    def then(key: str | None) -> None:
        if key == "o":
            note = "The day: 10/12, +14, fri. It looks at the quarter that ended last before it."
            ask_text(host, "Open a meeting of the Performance Board", note, lambda typed: _open(host, typed))
        elif key == "f":
            do(host, lambda acts: _freeze(host, acts))
        elif key == "h":
            do(host, lambda acts: _moved(acts, "held", ""))
        elif key == "m":
            ask_text(
                host,
                "Minutes",
                "What was decided",
                lambda words: do(host, lambda acts: _moved(acts, "minuted", words)),
            )

    host.ask(LetterMenu("Meeting of the Performance Board", choices), then)


def _open(host: ReportHost, typed: str) -> None:
    from fcl_tui.config.date_input import day_ahead, day_behind

    as_at = host.session.as_at
    day = day_ahead(typed, as_at)[0] or day_behind(typed, as_at)[0]
    if day is None:
        host.say(f"{plain(typed)} is not a day; type one as 10/12/2026. Nothing was saved.")
        return

    def opened(acts: BoardActs) -> str:
        acts.open_meeting(day)
        return f"Opened: the meeting of {day:%d/%m/%Y}"

    do(host, opened)


def _moved(acts: BoardActs, what: str, words: str) -> str:
    acts.move_meeting(None, what, minutes=words)
    return f"Saved: the meeting was {what}"


def _freeze(host: ReportHost, acts: BoardActs) -> str:
    from data.frames import collect
    from fcl_tui.records.board.lines import lines
    from fcl_tui.reports.strategic.board.kept import board_of

    told = board_of(host.session.context())
    found = collect(lines(told.kept, told.quarter.last))
    count = acts.freeze(None, found, told.quarter.name, host.session.snapshot.id)
    return f"Frozen: {count} indicators of {told.quarter.name}; b shows them as reported, and as now"
