"""What a reader does on the Board: ask for an exception report, thank, comment, enter values, meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from screens.dialogs.name import NameDialog
from widgets.cells.plain import plain
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice
from widgets.text.window import Reader

if TYPE_CHECKING:
    from fcl_tui.access.board.acts import BoardActs
    from screens.report.host import ReportHost

LONGEST = 4000
STEPS = {
    "a": ("acknowledged", "Acknowledge it"),
    "d": ("drafted", "Draft an answer: the cause"),
    "s": ("submitted", "Submit the answer: the cause"),
    "y": ("accepted", "Accept the answer"),
    "n": ("more_wanted", "Ask for more"),
    "m": ("monitoring", "Watch it"),
    "c": ("closed", "Close it"),
    "x": ("withdrawn", "Withdraw the request"),
}
"""The letters of what can happen to an exception report"""
ASKS = {
    "drafted": "The cause, and what is done. The other parts: fcl-tui board answer",
    "submitted": "The cause, and what is done. The other parts: fcl-tui board answer",
    "more_wanted": "What more the Board wants to know",
    "monitoring": "Until when, and what to look at",
    "closed": "Why it is closed: two periods back in green",
    "withdrawn": "Why it is withdrawn",
}
"""What is asked with it; the others ask nothing"""


def acts_of(host: ReportHost) -> BoardActs:
    """The acts of the reader on the office of this session; made and used in a thread."""
    from fcl_tui.access.board.acts import BoardActs

    session = host.session
    return BoardActs(session.door, demo=session.snapshot.manifest.demo, as_at=session.as_at)


def do(host: ReportHost, act: Callable[[BoardActs], str]) -> None:
    """Do it in a thread; what it says, or why not, goes to the status line."""

    def work() -> None:
        from data.errors import DataError

        try:
            said = act(acts_of(host))
        except DataError as error:
            host.from_thread(host.say, str(error))
            return
        host.from_thread(host.reload)
        host.from_thread(host.say, said)

    host.in_thread(work, group="board")


def ask_text(host: ReportHost, title: str, note: str, then: Callable[[str], None], value: str = "") -> None:
    """Ask for one line; escape does nothing."""
    window = NameDialog(title, note, longest=LONGEST, value=value)
    host.ask(window, lambda typed: then(typed) if typed is not None else None)


def act(host: ReportHost) -> None:
    """What can be done about the row under the cursor."""
    row = host.table.cursor_row()
    if "versions" in row:
        _report(host, row)
    elif "to_whom" in row:
        _thanks(host, row)
    elif "no" in row and row["no"] is not None:
        _indicator(host, row)
    else:
        host.say("Nothing to do here: choose an indicator, an exception report or a note of thanks")


def _indicator(host: ReportHost, row: dict[str, Any]) -> None:
    no, name = int(row["no"]), plain(f"{row['no']} {row.get('name') or ''}").strip()
    period = row.get("period")
    choices = [
        Choice("e", "Ask for an exception report"),
        Choice("t", "Write a note of thanks"),
        Choice("c", "Comment"),
        Choice("v", "Enter a value"),
        Choice("p", "Paste values from a spreadsheet"),
        Choice("o", "Say who owns it"),
    ]

    def then(key: str | None) -> None:
        if key == "e":
            why = row.get("suggested")
            note = (
                f"Suggested: {why}. Enter asks for it." if why else "Why it is asked for. Enter asks for it."
            )
            ask_text(host, f"Exception report: {name}", note, lambda words: _ask(host, no, words, period))
        elif key == "t":
            note = "To whom: what for. Early years team: the best quarter of the last eight"
            ask_text(host, f"Thanks: {name}", note, lambda words: _thank(host, no, words, period))
        elif key == "c":
            note = "Why it is as it is"
            ask_text(host, f"Comment: {name}", note, lambda words: _comment(host, no, words, period))
        elif key == "v":
            from screens.report.board.values import enter_value

            enter_value(host, row)
        elif key == "p":
            from screens.report.board.paste import paste_values

            paste_values(host)
        elif key == "o":
            note = "The name that they sign in with"
            ask_text(host, f"Owner: {name}", note, lambda words: _own(host, no, words))

    host.ask(LetterMenu(name, choices), then)


def _ask(host: ReportHost, no: int, words: str, period: str | None) -> None:
    def asked(acts: BoardActs) -> str:
        acts.request(no, words, host.session.calendar, period=period)
        return f"Asked for: an exception report of indicator {no}"

    do(host, asked)


def _thank(host: ReportHost, no: int, words: str, period: str | None) -> None:
    to_whom, colon, what = words.partition(":")
    if not colon or not what.strip():
        host.say("Write to whom, a colon, and what for. Nothing was saved.")
        return

    def thanked(acts: BoardActs) -> str:
        acts.thank(no, to_whom, what.strip(), period=period)
        return f"Worded: a note of thanks to {plain(to_whom)}; b lists them"

    do(host, thanked)


def _comment(host: ReportHost, no: int, words: str, period: str | None) -> None:
    def said(acts: BoardActs) -> str:
        acts.comment(no, words, period=period)
        return f"Saved: a comment on indicator {no}"

    do(host, said)


def _own(host: ReportHost, no: int, words: str) -> None:
    def owned(acts: BoardActs) -> str:
        acts.own(no, words)
        return f"Indicator {no} is owned by {plain(words)}"

    do(host, owned)


def _report(host: ReportHost, row: dict[str, Any]) -> None:
    """What can follow to an exception report as it is."""
    from fcl_tui.records.board.events import NEXT

    may = NEXT.get(row["state"], ())
    choices = [Choice(key, words) for key, (what, words) in STEPS.items() if what in may]
    if not choices:
        host.say(f"This report is {row['state'].replace('_', ' ')}: nothing follows")
        return
    subject = str(row["subject"])

    def then(key: str | None) -> None:
        if key is None:
            return
        what = STEPS[key][0]
        if what not in ASKS:
            _step(host, subject, what, {})
            return
        part = "cause" if what in ("drafted", "submitted") else "review"
        title = f"{STEPS[key][1]}: {row['no']} {row['name']}"
        begun = str(row.get("cause") or "") if part == "cause" else ""
        ask_text(host, title, ASKS[what], lambda words: _step(host, subject, what, {part: words}), begun)

    host.ask(LetterMenu(f"Exception report: {row['no']} {row['name']}", choices), then)


def _step(host: ReportHost, subject: str, what: str, body: dict[str, str]) -> None:
    def stepped(acts: BoardActs) -> str:
        acts.change(subject, what, **body)
        return f"Saved: the exception report is {what.replace('_', ' ')}"

    do(host, stepped)


def _thanks(host: ReportHost, row: dict[str, Any]) -> None:
    subject = str(row["subject"])
    if row["state"] == "worded":
        note = "Who signs. Enter signs it."
        ask_text(host, f"Sign: {row['to_whom']}", note, lambda name: _sign(host, subject, name))
    else:
        host.say(f"fcl-tui board letter {subject[:8]} -o FILE writes it as a letter")


def _sign(host: ReportHost, subject: str, name: str) -> None:
    def signed(acts: BoardActs) -> str:
        acts.thanks_went(subject, "signed", signed_by=name)
        return "Signed"

    do(host, signed)


def why(host: ReportHost) -> None:
    """Everything there is to say of the indicator under the cursor."""
    row = host.table.cursor_row()
    no = row.get("no") if row else None
    if no is None:
        host.say("Choose an indicator first")
        return
    host.say("Reading ...")

    def work() -> None:
        from data.errors import DataError
        from fcl_tui.reports.question.query import Query
        from fcl_tui.reports.run import run
        from fcl_tui.reports.strategic.board.report import REPORT
        from fcl_tui.reports.strategic.board.words import beside_lines

        try:
            found = run(REPORT, host.session.context(), Query("board", "one", {"kpi": str(no)}))
        except DataError as error:
            host.from_thread(host.say, str(error))
            return
        lines = [plain(line) if line else "" for line in beside_lines(row, found.beside)]
        host.from_thread(host.tell)
        host.from_thread(host.show, Reader(f"{no} {found.beside['line']['name'][0]}", lines))

    host.in_thread(work, group="board-why", exclusive=True)
