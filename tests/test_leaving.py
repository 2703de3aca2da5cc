"""Leaving at once leaves nothing undone, and the terminal as it was."""

import os
import subprocess
import sys
import termios

from tests.test_terminal import home as home  # noqa: PLC0414  (fixtures)
from tests.test_terminal import open_terminal as open_terminal  # noqa: PLC0414

WRITES = """
import atexit, sys, threading
from pathlib import Path
from fcl_tui.terminal.exit import leave_process
place, gate = Path(sys.argv[1]), threading.Event()
def save():
    gate.wait()
    place.write_text("saved")
threading.Thread(target=save).start()
threading.Timer(0.05, gate.set).start()
atexit.register(lambda: print("registered"))
print("printed")
leave_process(3)
"""


def test_what_threads_still_save_and_what_was_printed_is_not_lost(tmp_path):
    place = tmp_path / "mark"
    run = subprocess.run(
        [sys.executable, "-c", WRITES, str(place)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 3
    assert place.read_text() == "saved"
    assert run.stdout.split() == ["printed", "registered"]


LATE = """
import asyncio, os, signal
from fcl_tui.terminal.setup import leave_cleanly_on_hangup
async def session():
    leave_cleanly_on_hangup(lambda: print("left"), lambda: None)
asyncio.run(session())
os.kill(os.getpid(), signal.SIGHUP)
print("written out")
"""


def test_a_line_that_drops_while_the_end_is_written_down_stops_nothing():
    run = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "written out\n", "")


def echoes(terminal):
    flags = termios.tcgetattr(terminal.master)
    return bool(flags[3] & termios.ECHO and flags[3] & termios.ICANON and flags[0] & termios.ICRNL)


def test_the_terminal_echoes_again_and_its_other_screen_was_entered_once(open_terminal):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Client Overview")
    assert not echoes(terminal)
    spare = os.dup(terminal.master)  # the settings can be read for as long as this end is open
    terminal.press(b"q")
    terminal.wait(lambda: b"\x1b[?1049l" in terminal.raw and terminal.gone(), "the end")
    assert terminal.status == 0
    assert terminal.raw.count(b"\x1b[?1049h") == 1
    assert terminal.raw.count(b"\x1b[?1049l") == 1
    assert echoes(terminal)
    os.close(spare)
