"""A load killed at any step: the last snapshot opens and is whole, and the next load clears up."""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from data.schema.tables import PREFIX, names
from data.snapshots.directory import NEW
from data.snapshots.lock import LOCK
from data.snapshots.place import CURRENT, FOLDER, MANIFEST
from data.snapshots.reader import open_current, open_snapshot
from data.snapshots.writer import staging
from tests.authority import ROWS, run, write

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

STAGES = ("Starting", "Reading", "Putting", "Checking", "Working", "Putting the snapshot")


class Loads:
    """The program that kills its loads, and what it is asked to do."""

    def __init__(self, url):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed_loads", url],
            env=os.environ | {"POLARS_MAX_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def load(self, home, die_at=0):
        print(die_at, home, file=self.process.stdin, flush=True)
        killed_by, steps = json.loads(self.process.stdout.readline())
        return killed_by, [tuple(step) for step in steps]


@pytest.fixture(scope="module")
def loads(tmp_path_factory):
    url = write(f"sqlite:///{tmp_path_factory.mktemp('source')}/authority.db")
    run(url, *(f"DROP TABLE {PREFIX}{name}" for name in names() if name not in ROWS))
    program = Loads(url)
    yield program
    program.process.stdin.close()
    assert program.process.wait() == 0


@pytest.fixture(scope="module")
def before(tmp_path_factory, loads):
    """A home with two snapshots, as many as are kept, and the steps of the load that made the second."""
    home = tmp_path_factory.mktemp("before") / "home"
    assert loads.load(home)[0] == 0
    killed_by, _ = loads.load(home)
    assert killed_by == 0
    return home


def stage_of(step):
    return max((stage for stage in STAGES if step[0].startswith(stage)), key=len, default="Starting")


LAST = ("shutil.rmtree spool", f"open {MANIFEST}", "sync", f"open {NEW}", "os.rename .staging", "sync",
        f"os.rename {NEW}", "sync", f"os.remove {MANIFEST}", "shutil.rmtree", f"open {CURRENT}")  # fmt: skip
"""What to die at while the snapshot is put in use and the oldest is removed, in this order."""


def chosen(steps):
    """Numbers and steps: some of every stage, a frame half written, and all that matters at the end."""
    numbered = list(enumerate(steps, start=1))
    picked = {}
    for stage, group in itertools.groupby(numbered, lambda each: stage_of(each[1])):
        steps_there = list(group)
        if stage == "Putting the snapshot":
            left = iter(steps_there)
            picked |= dict(next(each for each in left if each[1][1].startswith(what)) for what in LAST)
        else:
            picked |= dict([steps_there[len(steps_there) // 3], steps_there[-1]])
            half = [each for each in steps_there if each[1][1].startswith("write")]
            picked |= dict(half[len(half) // 2 :][:1])
    return sorted(picked.items())


def test_a_load_killed_at_any_step_leaves_a_whole_snapshot_in_use(tmp_path, loads, before):
    killed_by, steps = loads.load(shutil.copytree(before, tmp_path / "whole"))
    assert killed_by == 0
    points = chosen(steps)
    assert len(points) >= 20
    assert {stage_of(step) for _, step in points} == set(STAGES)
    old = open_current(before).id
    switch = next(number for number, step in enumerate(steps, 1) if step[1] == f"os.rename {NEW}")
    seen = set()
    for number, step in points:
        home = shutil.copytree(before, tmp_path / str(number))
        killed_by, done = loads.load(home, die_at=number)
        assert killed_by == signal.SIGKILL, step
        assert (len(done), done[-1][0]) == (number, step[0])
        there = open_current(home)
        assert (there.id == old) == (number <= switch), step
        assert there.verify() == [], step
        seen.add(there.id == old)
        whole_and_tidy_after_the_next_load(home, there.id)
        shutil.rmtree(home)
    assert seen == {True, False}


def whole_and_tidy_after_the_next_load(home, in_use):
    """What the next load does first: clear away. Everything that is still there is whole."""
    with staging(home):
        pass
    folder = home / FOLDER
    names = {path.name for path in folder.iterdir()} - {LOCK, CURRENT}
    assert in_use in names
    for name in names:
        assert open_snapshot(folder / name).verify() == []
    assert not [name for name in names if name > in_use]
    assert open_current(home).id == in_use
