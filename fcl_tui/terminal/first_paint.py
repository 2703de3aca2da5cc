"""Something true on the screen before anything heavy is imported: what is opening, as at, the data's day.

Nothing is kept for it: the day of the data is in the snapshot's manifest. Standard library alone.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from data.errors import DataError

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l\x1b[?25h"
TITLE = "Families, Children & Learning"
FORMATS = ("%Y-%m-%d", "%d/%m/%Y")

RESTORED = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l" + LEAVE


class _Terminal:
    """The one terminal of a process: whether something was painted on it, and its settings before that."""

    painted = False
    before: list[Any] | None = None
    page_key: Callable[[], str | None] | None = None
    """what the page of this session can be kept under, as things are when it is called"""
    page_kept: str | None = None
    """what that was when this began"""
    page_stands = False
    """the page of the last session was painted"""


def opening(words: Sequence[str]) -> tuple[Path, date | None] | None:
    """The home and the day, when these words of the command line do nothing but open; else None."""
    if len(words) % 2 or any(word not in ("--home", "--as-at") for word in words[::2]):
        return None
    told = dict(zip(words[::2], words[1::2], strict=True))
    day = _day(told["--as-at"]) if "--as-at" in told else None
    if day is None and "--as-at" in told:
        return None
    from fcl_tui.config.settings import home_directory

    return home_directory(Path(told["--home"]) if "--home" in told else None), day


def paint_early(words: Sequence[str]) -> tuple[Path, date | None] | None:
    """Paint when these words do nothing but open, and say what they open; anything else is for the parser."""
    opened = opening(words)
    if opened is not None:
        home, day = opened
        paint(home, day or date.today(), TITLE)
    return opened


def paint(home: Path, as_at: date, title: str, *, view: str | None = None) -> None:
    """Go to the terminal's other screen and say what is opening, once; not without a snapshot to open.

    Where the page of the last session is still true, it is painted as it was.
    """
    if _Terminal.painted or not _fit():
        return
    try:
        from fcl_tui.config.settings import read

        settings = read(home)
        if settings.snapshots is not None:
            return  # another host's data has another day, and asking for it takes its time
        name = (home / "snapshots" / "current").read_text(encoding="utf-8").strip()
        manifest = json.loads((home / "snapshots" / name / "manifest.json").read_text(encoding="utf-8"))
        data_date = date.fromisoformat(manifest["data_date"])
        width, lines = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
    except (DataError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return  # whoever opens it says what is wrong
    from fcl_tui.terminal import kept_page

    alone = not settings.access_log and settings.office_url is None and view is None
    if alone:
        _Terminal.page_key = partial(kept_page.key_of, home, as_at, title, (width, lines))
        _Terminal.page_kept = _Terminal.page_key()
    drawing = kept_page.page(home, _Terminal.page_kept) if _Terminal.page_kept is not None else None
    _Terminal.page_stands = drawing is not None
    demo = "   DEMO: no real child" if manifest.get("demo") else ""
    rows = (f" {title}{demo}", f"  as at {as_at:%d/%m/%Y} - data {data_date:%d/%m/%Y}", "", "  Reading ...")
    shown = drawing or "\r\n".join(row[: max(0, width - 1)] for row in rows[: max(1, lines)])
    _hold()
    _write(f"{ENTER}\x1b[?25l\x1b[H{shown}")
    _Terminal.painted = True


def taken_over() -> bool:
    """Say whether something was painted, to the one who goes on from there; it is asked once."""
    was, _Terminal.painted = _Terminal.painted, False
    if was:
        _release()
    return was


def kept_page_of_session() -> tuple[Callable[[], str | None] | None, str | None, bool]:
    """What the first page can be kept under now and was when this began, and whether the last one stands
    there; it is asked once."""
    told = _Terminal.page_key, _Terminal.page_kept, _Terminal.page_stands
    _Terminal.page_key = _Terminal.page_kept = None
    _Terminal.page_stands = False
    return told


def leave() -> None:
    """Give the shell's screen back, if the application never came to take this one over."""
    if taken_over():
        _write(LEAVE)


def _hold() -> None:
    """Keep what is typed meanwhile from showing, and give the screen back if the line drops meanwhile."""
    if sys.platform == "win32":
        return
    import signal
    import termios

    def end(*_: object) -> None:
        _release()
        try:
            os.write(sys.__stdout__.fileno(), RESTORED.encode())  # type: ignore[union-attr]
        finally:  # the line may have gone
            os._exit(0)  # as the application itself answers these, once it runs

    _Terminal.before = termios.tcgetattr(sys.stdin.fileno())
    quiet = termios.tcgetattr(sys.stdin.fileno())
    quiet[0] &= ~termios.ICRNL  # enter typed ahead is still enter when the application reads it
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)  # a ctrl+z here would never be resumed
    termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, quiet)
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as in a session over SSH
            signal.signal(number, end)


def _release() -> None:
    """Set the terminal as it was before."""
    if sys.platform == "win32" or _Terminal.before is None:
        return
    import contextlib
    import termios

    with contextlib.suppress(termios.error):
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, _Terminal.before)


def _fit() -> bool:
    every = all(one is not None and one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr))
    return every and os.environ.get("TERM", "") not in ("", "dumb")


def _day(text: str) -> date | None:
    for form in FORMATS:
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if 1900 <= day.year < 2200 else None  # the parser says what is wrong with it
    return None


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
