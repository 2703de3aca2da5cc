"""What the list of audits does: open one, draw, assign or replace, say of an action how it stands,
briefings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from data.errors import DataError
from screens.dialogs.name import NameDialog
from screens.messages import AuditWanted
from widgets.cells.plain import plain
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk
    from screens.report.host import ReportHost

OTHER = "\0other"
SENTENCE = 1000
MOST_LINES = 15
"""Lines of a preview that a small window has room for"""


def desk_of(host: ReportHost) -> Desk:
    """The reader at the quality assurance of this home."""
    from fcl_tui.access.quality.desk import Desk

    session = host.session
    return Desk(session.door, session.as_at, session.snapshot.manifest.demo)


def open_audit(host: ReportHost) -> None:
    """Open the audit under the cursor; of an action, ask how it stands."""
    if host.table.cursor_row().get("action_id"):
        audit_action(host)
        return
    case_id = host.table.cursor_row().get("case_id")
    if case_id:
        host.post_message(AuditWanted(str(case_id)))


def do(host: ReportHost, work: Callable[[Desk], str], *, view: str | None = None) -> None:
    """Do a step in a thread, say what came of it, and read the list again, or turn to `view`."""

    def run() -> None:
        try:
            told = work(desk_of(host))
        except DataError as error:
            host.from_thread(host.say, str(error))
            return
        if view is not None:
            host.from_thread(host.set_state, {"view": {"by": view}})
        host.from_thread(host.reload)
        host.from_thread(host.say, told)

    host.in_thread(run, group="audit", exclusive=True)


# Drawing


def draw_audits(host: ReportHost) -> None:
    """Ask for the quarter, show what would be drawn, and keep it once y is pressed."""
    from fcl_tui.definitions.board.periods import quarter_of

    usual = quarter_of(host.session.as_at).name

    def chosen(period: str | None) -> None:
        if period is not None:
            host.in_thread(lambda: _preview(host, period), group="audit", exclusive=True)

    note = "The quarter, as 2026-27Q1. What would be drawn is shown first."
    host.ask(NameDialog("Draw cases for audit", note, longest=12, value=usual), chosen)


def _preview(host: ReportHost, period: str) -> None:
    from fcl_tui.access.quality import drawing

    try:
        told = drawing.preview(desk_of(host), period)
    except DataError as error:
        host.from_thread(host.say, str(error))
        return
    lines = [
        f"{told.draw.selected} of {told.draw.rows.height} children with an open case, seed {told.draw.seed}"
    ]
    lines += [f"{count} {reason}" for reason, count in told.draw.excluded.items()]
    lines += [
        f"{name}: {count} drawn, {spare} in reserve" for name, count, spare in drawing.by_stratum(told.draw)
    ]

    def sure(answer: str | None) -> None:
        if answer == "y" and told.number > 1:
            note = f"Draw {told.number} of {told.period}: cases not begun are replaced"
            host.ask(NameDialog("Why a second draw?", note, longest=SENTENCE), keep)
        elif answer == "y":
            keep("")

    def keep(reason: str | None) -> None:
        if reason is not None:
            do(host, lambda desk: _kept(desk, told, reason), view="case")

    from screens.quality.confirm import Confirm

    def ask() -> None:
        host.ask(Confirm(f"Draw {told.period}?", lines[:MOST_LINES]), sure)

    host.from_thread(ask)


def _kept(desk: Desk, told: object, reason: str) -> str:
    from fcl_tui.access.quality import drawing

    assert isinstance(told, drawing.Preview)
    drawing.keep(desk, told, reason)
    return f"Drawn: {told.draw.selected} cases for {told.period}"


# Actions and briefings


def audit_action(host: ReportHost) -> None:
    """Say of the action under the cursor how it stands."""
    from fcl_tui.access.quality.plan import EVENTS, NEEDS_NOTE, tell

    row = host.table.cursor_row()
    action_id = row.get("action_id")
    if not action_id:
        return
    letters = {
        "d": "done",
        "v": "verified",
        "p": "progress",
        "e": "extended",
        "n": "not_done",
        "o": "reopened",
    }

    def work(desk: Desk, what: str, note: str) -> str:
        if what != "extended":
            tell(desk, str(action_id), what, note)
            return EVENTS[what]
        from fcl_tui.config.date_input import day_ahead

        first, _, note = note.partition(" ")
        new_due, words = day_ahead(first, desk.as_at)
        if new_due is None:
            raise DataError(f"{words}. Nothing was saved.")
        tell(desk, str(action_id), what, note, new_due)
        return f"{EVENTS[what]}, until {words}"

    def chosen(letter: str | None) -> None:
        if letter is None:
            return
        what = letters[letter]
        if what not in NEEDS_NOTE:
            do(host, lambda desk: work(desk, what, ""))
            return
        note = (
            "The new day first, then why: 14/12 waiting for the school"
            if what == "extended"
            else "In a sentence"
        )
        host.ask(
            NameDialog(EVENTS[what], note, longest=SENTENCE),
            lambda words: do(host, lambda desk: work(desk, what, words)) if words is not None else None,
        )

    choices = [Choice(letter, EVENTS[what]) for letter, what in letters.items()]
    host.ask(LetterMenu(f"Action: {plain(row.get('text') or row.get('reason'))}", choices), chosen)


def audit_briefing(host: ReportHost) -> None:
    """Ask for whom and as which file, freeze it if that is wanted, and write it to the reader's folder."""
    period = host.table.cursor_row().get("period")
    if not period:
        host.say("Move to an audit or a quarter first: the briefing is of its quarter")
        return

    def audience(key: str | None) -> None:
        if key is not None:
            host.ask(LetterMenu("As which file?", kinds), lambda kind: write(key, kind))

    def write(key: str, letter: str | None) -> None:
        if letter is not None:
            kind, freeze = ("xlsx" if letter == "x" else "docx"), letter == "f"
            host.in_thread(lambda: _write(host, str(period), names[key], kind, freeze=freeze), group="export")

    names = {"w": "social_work", "s": "slt", "b": "board"}
    kinds = [
        Choice("d", "Word, as the figures are"),
        Choice("x", "Excel, as the figures are"),
        Choice("f", "Word, frozen: the figures are kept as they are now"),
    ]
    whom = [
        Choice("s", "The senior leadership team"),
        Choice("w", "Social workers and managers"),
        Choice("b", "The Performance Board"),
    ]
    host.ask(LetterMenu(f"Briefing of {plain(period)}: for whom?", whom), audience)


def _write(host: ReportHost, period: str, audience: str, kind: str, *, freeze: bool) -> None:
    from fcl_tui.access.quality import briefings
    from fcl_tui.export.briefing import put

    desk = desk_of(host)
    settings = desk.door.settings
    try:
        if freeze:
            briefings.freeze(desk, period, audience)
        told = briefings.given(desk, period, audience)
        owned = {"authority": settings.authority_name or "", "marking": settings.protective_marking or ""}
        said = put(told, kind, host.session.exports, **owned)
    except DataError as error:
        said = str(error)
    host.from_thread(host.say, said)
