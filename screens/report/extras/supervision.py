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
        note = "A day (27/11, +3, fri), then the numbers of the children discussed, if any"
        today = f"{host.session.as_at:%d/%m/%Y}"
        window = NameDialog(f"{HOW[how]}: {name}", note, longest=LONGEST, value=today)
        host.ask(window, lambda typed: _typed(host, name, kind, state, typed))

    choices = [Choice(key, words) for key, words in HOW.items()]
    host.ask(Menu(f"Which supervision of {plain(name)}?", choices, "personal held"), asked)


def _typed(host: ReportHost, worker: str, kind: str, state: str, typed: str | None) -> None:
    from fcl_tui.config.date_input import day_of

    if typed is None:
        return
    first, *children = typed.replace(";", " ").replace(",", " ").split() or [""]
    day = day_of(first, host.session.as_at)
    if day is None:
        host.say(f"{plain(first)} is not a day; type one as 27/11/2026. Nothing was saved.")
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
    host.from_thread(host.reload)  # the row says it: the day, and how it stands now
