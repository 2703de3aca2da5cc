"""Entering a supervision from its list: kind, day, children. What was said is never asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from screens.dialogs.name import NameDialog
from widgets.cells.plain import plain
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from screens.report.host import ReportHost

HOW = {
    "personal held": "Personal, held",
    "case held": "Case, held",
    "group held": "Group, held",
    "personal booked": "Personal, booked",
    "case booked": "Case, booked",
    "group booked": "Group, booked",
    "personal cancelled": "Personal, cancelled",
    "case cancelled": "Case, cancelled",
    "group cancelled": "Group, cancelled",
}
"""Kind and state, as `config.supervision` has them, in words"""
LONGEST = 400


def enter_supervision(host: ReportHost) -> None:
    """Ask how, then when, of the worker under the cursor; save it in a thread."""
    worker = host.table.cursor_row().get("worker")
    if not worker:
        host.say("Choose a worker first")
        return
    name = str(worker)

    def asked(how: str | None) -> None:
        if how is None:
            return
        kind, state = how.split()
        days = {"held": "A day (27/11, yesterday, fri)", "booked": "A day to come (27/11, +3, fri)"}
        note = f"{days.get(state, 'A day (27/11)')}, then the numbers of the children discussed, if any"
        today = f"{host.session.as_at:%d/%m/%Y}"
        window = NameDialog(f"{HOW[how]}: {name}", note, longest=LONGEST, value=today)
        host.ask(window, lambda typed: _typed(host, name, kind, state, typed))

    choices = [Choice(key, words) for key, words in HOW.items()]
    host.ask(Menu(f"Which supervision of {plain(name)}?", choices, "personal held"), asked)


def _day(state: str, typed: str, as_at: date) -> tuple[date | None, str]:
    """The day that was typed, in words, or why it will not do: one held has been, one booked is to come.

    Without a year it is the nearest such day; one that was cancelled lies on either side.
    """
    from fcl_tui.config.date_input import day_ahead, day_behind

    behind, ahead = day_behind(typed, as_at), day_ahead(typed, as_at)
    if state == "held":
        return behind
    if state == "booked":
        return ahead
    known = [one for one in (behind, ahead) if one[0] is not None]
    return min(known, key=lambda one: abs((one[0] or as_at) - as_at), default=behind)


def _typed(host: ReportHost, worker: str, kind: str, state: str, typed: str | None) -> None:
    if typed is None:
        return
    first, *children = typed.replace(";", " ").replace(",", " ").split() or [""]
    day, words = _day(state, plain(first), host.session.as_at)
    if day is None:
        host.say(f"{words}. Nothing was saved.")
        return
    host.in_thread(lambda: _save(host, worker, kind, state, day, children), group="supervision")


def _save(host: ReportHost, worker: str, kind: str, state: str, day: date, children: list[str]) -> None:
    from data.errors import DataError
    from fcl_tui.access.supervision import enter_one

    session = host.session
    try:
        enter_one(
            session.door, session.snapshot.scan, worker, day, kind, state, children,
            demo=session.snapshot.manifest.demo,
        )  # fmt: skip
    except DataError as error:
        host.from_thread(host.say, f"Nothing was saved. {error}")
        return
    host.from_thread(host.reload)
    how = HOW[f"{kind} {state}"]
    host.from_thread(host.say, f"Saved: {how.lower()}, {plain(worker)}, {day:%A %d/%m/%Y}")
