"""A load that is asked to stop, or finds another one running."""

import errno
import os
import signal
import subprocess
import sys

import pytest

from data.errors import DataError
from data.signals import Stopped, held_back, stoppable
from data.snapshots.directory import STAGING
from data.snapshots.lock import LOCK
from data.snapshots.place import FOLDER
from data.snapshots.reader import open_current
from data.snapshots.writer import staging
from fcl_tui.cli.snapshots.progress import EVERY, Lines, Pace, progress_shown
from fcl_tui.loading.load import load
from tests.authority import write
from tests.killed_loads import prepare
from tests.terminal import last_words

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")


@pytest.fixture
def url(tmp_path):
    return write(f"sqlite:///{tmp_path}/authority.db")


@pytest.fixture
def home(tmp_path, url):
    load([url], tmp_path / "home", prepare=prepare)
    return tmp_path / "home"


COMMAND = (
    "import os, signal, sys, fcl_tui.cli.snapshots.progress\n"
    "{first}\n"
    "from fcl_tui.cli import main as cli\n"
    "class Asked(fcl_tui.cli.snapshots.progress.Silent):\n"
    "    def __call__(self, what, done, total):\n"
    "        if what.startswith({stage!r}): os.kill(os.getpid(), {number})\n"
    "fcl_tui.cli.snapshots.progress.Silent = Asked\n"
    "cli.main()\n"
)
"""The console script, which sends itself a signal when a stage begins."""


def command(home, url, number, stage, *before):
    heard = "" if before else "signal.signal(signal.SIGHUP, signal.SIG_DFL)"  # the tests may be under nohup
    program = COMMAND.format(first=heard, number=int(number), stage=stage)
    words = [*before, sys.executable, "-c", program, "load", url, "--home", str(home)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("number", "stage", "code"),
    [
        (signal.SIGINT, "Reading ssd_cp_visits", 130),
        (signal.SIGTERM, "Working out people", 143),
        (signal.SIGHUP, "Putting the snapshot", 129),
    ],
)
def test_a_load_that_is_asked_to_stop_says_so_and_leaves_nothing(home, url, number, stage, code):
    before = open_current(home).id
    done = command(home, url, number, stage)
    assert (done.returncode, done.stdout) == (code, "")
    (line,) = done.stderr.splitlines()
    assert "still in use" in line
    assert open_current(home).id == before
    assert sorted(path.name for path in (home / FOLDER).iterdir()) == [before, "current", LOCK]


def test_a_load_under_nohup_outlives_its_terminal(home, url):
    before = open_current(home).id
    done = command(home, url, signal.SIGHUP, "Reading ssd_cp_visits", "nohup")
    assert done.returncode == 0, done.stderr
    assert open_current(home).id > before


def test_a_signal_while_a_snapshot_is_put_in_use_waits_for_the_end_of_it(home, url, monkeypatch):
    """Between the two renames nothing may stop it; after them the new snapshot stays."""
    before, replace = open_current(home).id, type(home).replace

    def asked(path, target):
        os.kill(os.getpid(), signal.SIGTERM)
        return replace(path, target)

    monkeypatch.setattr(type(home), "replace", asked)
    with stoppable(), pytest.raises(DataError, match="SIGTERM.*; the new data is in use") as caught:
        load([url], home, prepare=prepare)
    assert caught.value.exit_code == 143
    now = open_current(home)
    assert now.id > before
    assert now.verify() == []
    assert list((home / FOLDER).glob(f"{STAGING}*")) == []


def test_signals_are_held_back_only_inside_and_handlers_are_put_back():
    handler = signal.getsignal(signal.SIGTERM)
    done = []
    with pytest.raises(Stopped) as caught, stoppable(), held_back():
        with held_back():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append("inner")
        done.append("outer")
    assert done == ["inner", "outer"]
    assert caught.value.exit_code == 143
    assert signal.getsignal(signal.SIGTERM) is handler


# One load at a time

HOLDER = (
    "import pathlib, sys; from data.snapshots.writer import staging\n"
    "with staging(pathlib.Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.read()\n"
)


def test_another_process_that_loads_is_named_with_its_beginning(home):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        said = rf"Another load.*process {other.pid}, since \d\d/\d\d/\d{{4}} \d\d:\d\d"
        with pytest.raises(DataError, match=said), staging(home):
            pass
        assert len(list((home / FOLDER).glob(f"{STAGING}*"))) == 1, "the other's work is not cleared away"
        other.stdin.close()
    with staging(home):
        pass


@pytest.mark.parametrize("left", [b"", b" 1\n", b" 999999 20200101T000000 elsewhere\n", b"\xff" * 400])
def test_what_a_dead_load_left_in_the_lock_file_holds_nobody_up(home, left):
    (home / FOLDER / LOCK).write_bytes(left)
    with staging(home):
        pass


def test_the_holder_on_another_computer_is_told_by_its_name(home, monkeypatch):
    with staging(home):
        monkeypatch.setattr("socket.gethostname", lambda: "elsewhere")
        with pytest.raises(DataError, match=rf"process {os.getpid()} on \S+, since"), staging(home):
            pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_locks_is_refused(home, monkeypatch, number):
    def no_locks(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(DataError, match="file system that cannot lock.*--home"), staging(home):
        pass
    assert open_current(home).verify() == [], "reading needs no lock"


# Progress


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_pace_tells_rows_rate_and_time_left_of_one_step():
    clock = Clock()
    pace = Pace(clock)
    assert pace.words() == ""
    pace.told(0, 48_000)
    assert pace.words() == "0 of 48,000 rows"
    clock.now = 2.0
    pace.told(12_000, 48_000)
    assert pace.words() == "12,000 of 48,000 rows, 6,000 rows/s, 0:06 left"
    clock.now = 8.0
    pace.told(48_000, 48_000)
    assert pace.words() == "48,000 of 48,000 rows, 6,000 rows/s"
    pace.told(0, 48_000)  # another table of the same size
    assert pace.words() == "0 of 48,000 rows"
    pace.told(500, None)
    clock.now = 10.0
    pace.told(1_500, None)
    assert pace.words() == "1,500 rows, 500 rows/s"
    pace.told(0, 10**9)
    clock.now = 20.0
    pace.told(100_000, 10**9)
    assert pace.words().endswith("27:46:30 left")


def test_a_log_gets_a_line_now_and_then_and_no_control_characters(capsys):
    clock = Clock()
    lines = Lines(sys.stderr, clock)
    lines("Reading [b]\x1b[2J", 0, 100)
    lines("Reading b", 50, 100)
    clock.now = EVERY
    lines("Reading c", 75, 100)
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("Reading [b]?[2J: 0 of 100 rows")
    assert second.endswith("Reading c: 75 of 100 rows, 8 rows/s, 0:03 left")


def test_a_log_is_silent_unless_asked(capsys):
    for wanted, said in ((False, 0), (True, 1)):
        with progress_shown(wanted) as progress:
            progress("Reading", 1, 2)
        assert len(capsys.readouterr().err.splitlines()) == said


def test_a_terminal_shows_rows_and_is_left_clean(monkeypatch):
    import pyte

    master, slave = os.openpty()
    with os.fdopen(slave, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "80")
        with progress_shown() as progress:
            progress("Reading [red]\x1b[2J", 1_000, 2_000)
            with progress.paused():
                terminal.write("A question? y\r\n")
    screen = pyte.Screen(80, 24)
    shown = last_words(master)
    pyte.Stream(screen).feed(shown)
    assert "1,000 of 2,000 rows" in shown
    assert "[red]?[2J" in shown
    assert "A question?" in "".join(screen.display)
    assert "rows" not in "".join(screen.display)
