"""Opening the application on a snapshot, or saying why that cannot be done here."""

import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.quiet import screens_are_open
from fcl_tui.config import settings as settings_module

if TYPE_CHECKING:
    from fcl_tui.terminal.app import FclApp


SIXTEEN = frozenset({"ansi", "cons25", "linux", "screen", "vt100", "vt220", "xterm"})
"""Terminals whose descriptions know sixteen colours or fewer"""


def colour_system() -> str:
    """The palette of this terminal as Textual names it: 16 colours (standard), or 256."""
    few = os.environ.get("TERM", "") in SIXTEEN and not os.environ.get("COLORTERM")
    return "standard" if few else "256"


def refuse_unfit_terminal() -> str | None:
    """Why this terminal cannot carry the screens, or None when it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "This is not a terminal."
    if not sys.stderr.isatty():  # the screens are drawn there: keys would be read with nothing to see
        return "Standard error goes to a file or pipe, and the screens are drawn on it: leave out 2>."
    if os.environ.get("TERM", "") in ("", "dumb"):
        return "This terminal (TERM is dumb or not set) cannot place text on the screen."
    return None


def open_application(
    home: Path, as_at: date | None, *, first: str | None = None, view: str | None = None
) -> int:
    """Open the screens on the current snapshot of this home; the result is the exit code.

    Args:
        first: the report to open on top of the home screen.
        view: the name of the saved view to open on top of it.

    Raises:
        DataError: there is no snapshot yet, or it cannot be read.
    """
    unfit = refuse_unfit_terminal()
    if unfit is not None:
        print(
            f"{unfit} The same reports come as plain lines from the command line, "
            "for example: fcl-tui report client-overview",
            file=sys.stderr,
        )
        return 2
    # Textual settles its palette when it is imported; 256 colours cost a quarter fewer bytes than millions.
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", colour_system())
    # it also draws at most so often a second: at 60 the answer to a letter waits for the echo of the letter
    os.environ.setdefault("TEXTUAL_FPS", "120")

    screens_are_open()
    settings = settings_module.read(home)
    from data.office import access_log as log
    from fcl_tui.access.break_glass import notices as notices_of
    from fcl_tui.access.readers.sign_in import at_the_door

    door = at_the_door(home, settings)
    snapshot = door.snapshot(screens=True)
    if door.reader is not None and not door.reader.sees_children:
        first = "access-log"
    notices = notices_of(door)
    door.record(log.STARTED)
    _paint(home, as_at, first, view)
    gc.disable()  # nearly all that is made while starting stays; the application turns it on again
    _asyncio_alone()
    from fcl_tui.config.faults import tell
    from fcl_tui.terminal.app import FclApp
    from widgets.theme import use_theme

    application = FclApp(snapshot, settings, as_at=as_at, first=first, door=door, notices=notices)
    application.session.opens = view
    application.first_page.take_over(home)
    if application.console.color_system == "standard" and settings.theme not in application.available_themes:
        use_theme(application, ansi=True)  # the nearest of sixteen to a colour of the dark theme may be faint
    try:
        application.run(mouse=settings.use_mouse)
    finally:
        _write_end(application)
    if application.fault is not None:
        if isinstance(application.fault, DataError):
            raise application.fault
        print(tell(application.fault), file=sys.stderr)
        return 1
    if application.ended_idle:
        print(f"Ended: no key was pressed for {settings.end_minutes:g} minutes.", file=sys.stderr)
    from fcl_tui.terminal.exit import leave_process

    return leave_process(application.return_code or 0)


def _asyncio_alone() -> None:
    """Import asyncio without its TLS, which no screen uses: OpenSSL takes 4 MB and some milliseconds."""
    if "asyncio" not in sys.modules and "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import asyncio  # noqa: F401
        finally:
            del sys.modules["ssl"]


def _write_end(application: "FclApp") -> None:
    from fcl_tui.access import session_end as ending
    from fcl_tui.access.readers.renewal import NoEntryError

    if isinstance(application.fault, NoEntryError):
        application.ending.how = ending.OVER
    elif application.fault is not None:
        application.ending.how = ending.FAULT
    elif application.ended_idle:
        application.ending.how = ending.IDLE
    application.ending.write()


def _paint(home: Path, as_at: date | None, first: str | None, view: str | None) -> None:
    from fcl_tui.terminal.first_paint import TITLE, paint

    title = TITLE
    if first is not None:
        from fcl_tui.reports.catalogue import report

        title = report(first).title
    paint(home, as_at or date.today(), title, view=view)
