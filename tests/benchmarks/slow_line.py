"""A key held down behind a slow line: how far the list goes on when let go, and what is drawn twice.

Part of `make bench`; alone: python -m tests.benchmarks.slow_line --home DIR. The line is that of
`tests/slow_line.py`, 150 ms each way: 300 ms after the last press all of them can have been answered.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import programs
from tests.benchmarks.figures import Target
from tests.benchmarks.programs import OVERVIEW_SHOWN, Home
from tests.benchmarks.pseudo_terminal import LINES, Program
from tests.sshd import REPOSITORY

EACH_WAY = 0.15
RATE = 30
"""Presses a second of a key that is held"""
LINE = [sys.executable, str(REPOSITORY / "tests" / "slow_line.py")]
OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
CURSOR = "▸"
DRAWN = b"\x1b[?2026l"
"""Ends each drawing on a terminal that shows it at once"""
MOMENT = 0.05
"""Seconds in which a press is answered"""
OF_A_NAME = 12
"""Characters of a name that every width of the list shows"""


@dataclass(frozen=True)
class Held:
    """What came of holding a key."""

    rows: int
    """gone down in all"""
    on: int
    """of these, gone down by after the last press could have been answered"""
    bytes: float
    """for each press"""
    again: int
    """lines that were written and stood there just so already"""


class Listed(Program):
    """The Client Overview of a home, behind a line; it knows where in the list the cursor is.

    Args:
        rows: name and due date of each row, in the order of the list.
    """

    def __init__(self, home: Home, words: list[str], delay: float, environment: dict[str, str]) -> None:
        super().__init__([*LINE, str(delay), *words], programs.environment(home.path) | environment)
        self._rows = [
            (str(name)[:OF_A_NAME], f"{due:%d/%m/%Y}" if due else "")
            for name, due in home.overview().select("name", "due_date").iter_rows()
        ]
        self._trip = 2 * delay
        self._at = 0
        self._kept: dict[int, tuple[object, ...]] = {}
        self.until(OVERVIEW_SHOWN)
        self.rest(2 * self._trip + 0.3)
        self.first_paint = self.written
        self.late = self.quiet(1.0)
        """bytes that come when all has been drawn and nobody has pressed a key"""

    @property
    def page(self) -> int:
        """Rows on one screen."""
        return sum(line[1:4].strip() in ("!!", "!", "OK", "-") for line in self.text.splitlines())

    def held(self, key: str, times: int) -> Held:
        """Hold a key down, and let go of it."""
        self.rest(2 * self._trip + 0.2)
        self._where(self.text)
        first, before, pressed = self._at, self.written, []
        self._drawn()
        begun = time.perf_counter()
        for number in range(times):
            pressed.append(time.perf_counter())
            self._press(key)
            while (left := begun + (number + 1) / RATE - time.perf_counter()) > 0:
                self._read(left)
        self.rest(2 * self._trip + 0.3, most=60)
        again, answered = 0, first
        for came, data in self._drawings():
            again += self._show_and_compare(data)
            self._where("\n".join(self._screen.display))
            if came <= pressed[-1] + self._trip + MOMENT:
                answered = self._at
        return Held(self._at - first, self._at - answered, (self.written - before) / times, again)

    def _where(self, text: str) -> None:
        """Find the row of the cursor, which has only gone on since."""
        line = next((line for line in text.splitlines() if line.startswith(CURSOR)), None)
        if line is not None:
            ahead = range(self._at, len(self._rows))
            self._at = next((at for at in ahead if all(one in line for one in self._rows[at])), self._at)

    def _drawings(self) -> list[tuple[float, bytes]]:
        """What has come, drawing by drawing: when its end came, and the bytes."""
        told, begun = [], b""
        for at, data in self._unseen:
            *whole, begun = (begun + data).split(DRAWN)
            told += [(at, one) for one in whole]
        self._unseen = [(0.0, begun)]
        return told

    def _show_and_compare(self, data: bytes) -> int:
        """Draw it; how many lines were written that stood there just so."""
        self._screen.dirty.clear()
        self._show(data)
        return sum(before == self._kept[line] for line, before in self._drawn().items())

    def _drawn(self) -> dict[int, tuple[object, ...] | None]:
        """The lines drawn on since, as they stood before."""
        columns, before = range(self._screen.columns), {}
        for line in self._screen.dirty & set(range(LINES)):
            before[line] = self._kept.get(line)
            self._kept[line] = tuple(self._screen.buffer[line][column] for column in columns)
        return before


def targets(home: Home, scratch: Path) -> str:
    """A held arrow and a held page key, over SSH: behind the line, and beside that on one without delay."""
    words = programs.ours(home, scratch, short=True).words
    near = Listed(home, words, 0.0, OVER_SSH)
    near.close()
    far = Listed(home, words, EACH_WAY, OVER_SSH)
    try:
        page, held = far.page, {key: far.held(key, times) for key, times in (("down", 90), ("page", 60))}
    finally:
        far.close()
    lines = ["a slow line, 150 ms each way"]
    for key, name, most in (("down", "row", 600), ("page", "page", 7_000)):
        slow = held[key]
        told = [
            Target(f"a held {name}: goes on when let go", slow.on / page, 1.0, "screens"),
            Target(f"a held {name}: lines drawn twice", slow.again, 0, "lines"),
            Target(f"a held {name}: bytes a press", slow.bytes, most, "bytes"),
        ]
        lines += [one.line() for one in told]
    lines.append(
        Target("first paint, to no delay", far.first_paint, 1.0, "bytes", of=near.first_paint).line()
    )
    lines.append(Target("drawn after that, nothing pressed", far.late, 0, "bytes").line())
    return "\n".join(lines)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--home", type=Path, required=True)
    told = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="fcl-line-") as place:
        print(targets(Home.at(told.home), Path(place)))


if __name__ == "__main__":
    main()
