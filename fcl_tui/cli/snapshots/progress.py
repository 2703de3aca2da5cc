"""What a long command says on stderr while it works: a bar on a terminal, sparse lines in a log.

It stops when it is asked to: ctrl+c, SIGTERM and SIGHUP arrive as exceptions while it is shown.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from data.signals import stoppable

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

EVERY = 10.0
"""Seconds between two lines in a log, at least."""

SOON = 1.0
"""Seconds a step has to last before its pace is told: earlier it says nothing."""


class Pace:
    """How far a step is, how fast it goes and how long it will take."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun, self._from, self._done, self._total = clock(), 0, 0, -1

    def told(self, done: int, total: int | None) -> None:
        """Take the rows done; what is of another size, or begins again, is another step."""
        known = -1 if total is None else total
        if known != self._total or done < self._done:
            self._begun, self._from, self._total = self._clock(), done, known
        self._done = done

    def words(self) -> str:
        """Such as `12,000 of 48,000 rows, 6,000 rows/s, 0:06 left`; nothing when no rows are counted."""
        if self._total < 0 and not self._done:
            return ""
        told = f"{self._done:,} rows" if self._total < 0 else f"{self._done:,} of {self._total:,} rows"
        seconds, made = self._clock() - self._begun, self._done - self._from
        if seconds < SOON or made <= 0:
            return told
        rate = made / seconds
        told += f", {rate:,.0f} rows/s"
        if self._total > self._done:
            told += f", {_clock_time((self._total - self._done) / rate)} left"
        return told


def _clock_time(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class Silent:
    """Nothing to draw on: the summary at the end tells the whole."""

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Say nothing."""

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """While something else writes."""
        yield


class Lines(Silent):
    """A line at the beginning and then one in `EVERY` seconds at most, with the time of day."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out, self._clock, self._pace = out, clock, Pace(clock)
        self._next = clock()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Take what is being done; print it when its time has come."""
        self._pace.told(done, total)
        if self._clock() < self._next:
            return
        self._next = self._clock() + EVERY
        from widgets.cells.plain import plain

        words = self._pace.words()
        print(
            f"{datetime.now():%H:%M:%S} {plain(what)}{': ' if words else ''}{words}",
            file=self._out,
            flush=True,
        )


class Bar(Silent):
    """A bar that is gone when the work is done."""

    def __init__(self, bar: RichProgress) -> None:
        self._bar, self._pace = bar, Pace()
        self._task = bar.add_task("", total=None, pace="")

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Take what is being done; it is drawn four times a second."""
        from widgets.cells.plain import plain

        self._pace.told(done, total)
        self._bar.update(
            self._task,
            description=plain(what),
            completed=done,
            total=total or None,
            pace=self._pace.words(),
        )

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Take the bar away while something else writes."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()


@contextlib.contextmanager
def progress_shown(lines: bool = False) -> Iterator[Silent]:
    """Give a function that takes (what, rows done, rows in all or None) and shows it on stderr.

    Args:
        lines: where stderr is no terminal, print lines instead of nothing.
    """
    with stoppable():
        if not sys.stderr.isatty() or os.environ.get("TERM", "") in ("", "dumb"):
            yield Lines(sys.stderr) if lines else Silent()
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        bar = Progress(
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.fields[pace]}", markup=False),
            BarColumn(bar_width=16),
            console=Console(stderr=True),
            transient=True,
            refresh_per_second=4,
        )
        bar.start()
        try:
            yield Bar(bar)
        finally:
            with contextlib.suppress(OSError):  # the terminal may be gone
                bar.stop()
