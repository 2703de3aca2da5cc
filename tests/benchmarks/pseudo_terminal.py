"""A program in a pseudo-terminal, timed and counted from outside: what its reader waits for, and every byte.

What the program writes is kept with the time it came, and put on a screen only once the program is quiet:
drawing that screen would otherwise hold up the program that is being measured.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

COLUMNS, LINES = 120, 40
GAP = 0.1
"""Seconds without a byte after which an answer is taken to be whole"""
FRAME = 0.015
"""Seconds without a byte between one drawing and the next"""
PATIENCE = 120.0
"""Seconds until something that never comes is a failure"""

KEYS = {"down": b"\x1b[B", "up": b"\x1b[A", "page": b"\x1b[6~", "page up": b"\x1b[5~", "enter": b"\r"}
APPLICATION_KEYS = {"down": b"\x1bOB", "up": b"\x1bOA"}

UNSHOWN = re.compile(
    rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\|\x1b_.*?\x1b\\", re.DOTALL
)
"""Questions to the terminal and modes of the keyboard: nothing to show, and the screen model trips on them"""
CUT = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P_\]](?:(?!\x07|\x1b\\).)*|[ -/]*)?\Z", re.DOTALL)
"""A sequence whose end has not come yet"""
AGAIN = re.compile(rb"([ -~])\x1b\[(\d+)b")


class BrokenOffError(Exception):
    """The program ended, or never showed what was waited for."""


class Screen(pyte.Screen):
    """A screen that can also be moved up and down, within its margins."""

    def scroll_up(self, lines: int = 1) -> None:
        self._move(lines or 1, self.margins.bottom if self.margins else self.lines - 1, self.index)

    def scroll_down(self, lines: int = 1) -> None:
        self._move(lines or 1, self.margins.top if self.margins else 0, self.reverse_index)

    def _move(self, lines: int, row: int, step: Callable[[], None]) -> None:
        before, self.cursor.y = self.cursor.y, row
        for _ in range(lines):
            step()
        self.cursor.y = before


class Stream(pyte.ByteStream):
    """Knows the two sequences that move a screen."""

    csi = pyte.ByteStream.csi | {"S": "scroll_up", "T": "scroll_down"}
    events = pyte.ByteStream.events | {"scroll_up", "scroll_down"}


@dataclass(frozen=True)
class Answer:
    """What came back for a key, in ms from the key, and in bytes."""

    drawn: float
    """until four fifths of the bytes had come: past an echo of the key, before late small things; where
    something was waited for, until the drawing that shows it was whole"""
    bytes: int


class Program:
    """Started in a pseudo-terminal of 120x40, as in an xterm with 256 colours."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self._screen = Screen(COLUMNS, LINES)
        self._stream = Stream(self._screen)
        self._unseen: list[tuple[float, bytes]] = []
        self._tail = b""
        self.written = 0
        self.first_byte: float | None = None
        self.status: int | None = None
        self._keys = KEYS
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        self.started = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                os.execvpe(words[0], list(words), dict(environment))
            except OSError as error:
                print(error, flush=True)
            os._exit(127)
        os.set_blocking(self._master, False)

    # What comes back

    def _read(self, seconds: float) -> float | None:
        """Take what was written within so many seconds; when the last of it came, None when nothing did."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return None
        at = time.perf_counter()
        try:
            data = os.read(self._master, 65536)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            time.sleep(0.002)
            if self.gone():
                raise BrokenOffError(f"It ended:\n{self.text}")
            return None
        if self.first_byte is None:
            self.first_byte = (at - self.started) * 1e3
        self.written += len(data)
        self._unseen.append((at, data))
        return at

    def rest(self, gap: float = GAP, most: float = 3.0) -> None:
        """Read until nothing has come for `gap` seconds, at most so long."""
        end = time.perf_counter() + most
        while time.perf_counter() < end and self._read(gap) is not None:
            pass

    def quiet(self, seconds: float) -> int:
        """Press nothing for so long; how many bytes came."""
        before, end = self.written, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        return self.written - before

    @property
    def text(self) -> str:
        """What the screen shows of all that has come."""
        while self._unseen:
            self._show(self._unseen.pop(0)[1])
        return "\n".join(self._screen.display)

    def _show(self, data: bytes) -> None:
        if b"\x1b[?1h" in data:
            self._keys = KEYS | APPLICATION_KEYS
        data = UNSHOWN.sub(b"", self._tail + data)
        cut = CUT.search(data)
        data, self._tail = (data[: cut.start()], cut.group()) if cut else (data, b"")
        self._stream.feed(AGAIN.sub(lambda again: again[1] * (int(again[2]) + 1), data))

    def until(self, shown: str) -> float:
        """Wait until the screen shows a pattern; when the drawing that brought it was whole."""
        end = time.perf_counter() + PATIENCE
        pattern = re.compile(shown, re.MULTILINE)
        at = 0.0
        while time.perf_counter() < end:
            while self._unseen:
                at, data = self._unseen.pop(0)
                self._show(data)
                if pattern.search("\n".join(self._screen.display)):
                    return self._whole(at)
            if self._read(0.05) is not None:
                self.rest(0.03)
        raise BrokenOffError(f"Never came: {shown}\n{self.text}")

    def _whole(self, at: float) -> float:
        """When the drawing that was under way at a time had come whole."""
        for came, _ in self._unseen:
            if came - at > FRAME:
                break
            at = came
        return at

    # Keys

    def _press(self, key: str) -> None:
        os.write(self._master, self._keys.get(key, key.encode()))

    def press(self, key: str, shown: str | None = None, gap: float = GAP) -> Answer:
        """Press a key once the program is at rest, and wait for the whole answer."""
        self.rest(gap)
        _ = self.text
        before, begun = self.written, time.perf_counter()
        self._press(key)
        if shown is not None:
            drawn = self.until(shown)
            self.rest(gap)
            return Answer((drawn - begun) * 1e3, self.written - before)
        end, last = begun + 1.0, None
        while time.perf_counter() < end:
            came = self._read(end - time.perf_counter())
            if came is not None:
                end = came + gap
        total, so_far = self.written - before, 0
        for at, data in self._unseen:
            so_far += len(data)
            last = at
            if so_far >= 0.8 * total:
                break
        if last is None:
            raise BrokenOffError(f"Nothing answered the key {key}:\n{self.text}")
        return Answer((last - begun) * 1e3, total)

    def press_now(self, key: str) -> None:
        """Press a key without waiting for anything."""
        self._press(key)

    def hold(self, key: str, times: int, rate: float) -> float:
        """A key held down: so many presses, so many a second; bytes for each press."""
        self.rest()
        before, begun = self.written, time.perf_counter()
        for number in range(times):
            self._press(key)
            while (left := begun + (number + 1) / rate - time.perf_counter()) > 0:
                self._read(left)
        self.rest(0.25)
        return (self.written - before) / times

    # What it holds, and its end

    def memory(self) -> tuple[float, float, float]:
        """RSS, PSS (shared pages divided among those who share them), and what no file stands behind, MB."""
        rss = pss = own = 0.0
        todo = [self.pid]
        while todo:
            pid = todo.pop()
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    todo += map(int, (task / "children").read_text().split())
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
                told = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
                rss, pss, own = rss + told["Rss"], pss + told["Pss"], own + told["Anonymous"]
        return rss, pss, own

    def work(self) -> float:
        """Processor time it has used so far, ms; the other programs of the machine do not count in it."""
        told = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK") * 1e3

    def leave(self, key: str) -> float:
        """Press the key that leaves; ms until the prompt would be back."""
        self.rest()
        begun = time.perf_counter()
        self._press(key)
        while not self.gone():
            if time.perf_counter() - begun > PATIENCE:
                raise BrokenOffError("It did not leave.")
            with contextlib.suppress(BrokenOffError):
                self._read(0.005)
        return (time.perf_counter() - begun) * 1e3

    def gone(self) -> bool:
        """Whether the process has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def close(self) -> None:
        """End what is still running of it."""
        if not self.gone():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._master)
