"""What once failed with "Something failed inside fcl-tui": each is an ordinary sentence now."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from data.frames import collect
from data.snapshots.reader import open_current
from fcl_tui.config.date_input import day_of
from fcl_tui.terminal.first_paint import opening

AS_AT = date(2026, 11, 23)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    from fcl_tui.cli.demo.made import demonstrate

    home = tmp_path_factory.mktemp("home")
    demonstrate(home, children=40, seed=7, as_at=AS_AT, write=None, open_it=False)
    return home


def told(*words):
    """The exit code, and what was said on stderr, of a process of its own."""
    command = [sys.executable, "-m", "fcl_tui.cli.main", *map(str, words)]
    variables = {**os.environ, "RUST_BACKTRACE": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    return done.returncode, done.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("report", ["my-day", "assessments", "planner"])
def test_a_day_outside_all_records(home, report, day):
    code, said = told("report", report, "--home", home, "--as-at", day)
    assert code == 1
    assert said.startswith(f"{date.fromisoformat(day):%d/%m/%Y} is not a day that can be used. Give one from")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("report", ["my-day", "assessments", "planner", "client-overview", "leaving-care"])
def test_the_first_and_the_last_day_that_can_be_asked_for(home, report, day):
    assert told("report", report, "--home", home, "--as-at", day, "--format", "json") == (0, "")


def test_the_screens_ask_for_no_such_day_either():
    assert opening(["--as-at", "9999-12-31"]) is None
    assert opening(["--as-at", "2026-11-23"]) is not None
    assert day_of("1/1/9999", AS_AT) is None
    assert day_of("0001-01-01", AS_AT) is None
    assert day_of("31/12/2199", AS_AT) == date(2199, 12, 31)


def test_a_manifest_of_nothing_but_brackets(home, tmp_path):
    there = tmp_path / "home"
    shutil.copytree(home, there)
    (open_current(there).path / "manifest.json").write_text("[" * 200_000)
    code, said = told("report", "my-day", "--home", there, "--as-at", AS_AT)
    assert code == 1
    assert "manifest" in said
    assert "cannot be read" in said
    assert "inside fcl-tui" not in said


def flipped(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(bytes(content))


def test_flipped_bytes_in_a_part_are_told_as_a_damaged_snapshot_and_nothing_beside(home, tmp_path):
    """Whatever byte it is: one sentence that names the file and what to do; no lines of the readers' own."""
    there = tmp_path / "home"
    shutil.copytree(home, there)
    asked = ("report", "client-overview", "--home", there, "--as-at", AS_AT, "--format", "json")
    file = open_current(there).path / "prepared" / "people.parquet"
    whole = file.read_bytes()
    for part in (0.02, 0.1, 0.3, 0.5, 0.8, 0.97):
        flipped(file, int(len(whole) * part))
        code, said = told(*asked)
        file.write_bytes(whole)
        assert (code, len(said.splitlines())) == (1, 1), said
        assert "is damaged: prepared/people.parquet is not as it was written (checksum differs)." in said
        assert "Load the data again with: fcl-tui load SOURCE" in said
    code, _ = told(*asked)
    assert code == 0


class PanicException(BaseException):
    """The name that Rust's panics have in Python."""


def test_a_report_on_which_polars_gives_up_is_an_error_like_others():
    """A panic is no Exception: it would go past every handler of the screens."""

    class Frame:
        def collect(self, engine):
            raise PanicException("index out of bounds: Ann O'Brien")

    with pytest.raises(pl.exceptions.ComputeError) as caught:
        collect(Frame())
    assert "O'Brien" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_panic_anywhere_else_is_one_sentence_too(capsys):
    from fcl_tui.cli.errors import guarded

    def run():
        raise PanicException("Ann O'Brien")

    with pytest.raises(SystemExit) as left:
        guarded(run)
    assert left.value.code == 1
    said = capsys.readouterr().err
    assert "A file of the snapshot could not be read" in said
    assert "O'Brien" not in said


def test_a_texts_bytes_that_are_no_text_are_told_as_damage(capsys):
    from fcl_tui.cli.errors import guarded

    with pytest.raises(SystemExit):
        guarded(b"\xff\xfe".decode)
    assert "A file of the snapshot could not be read" in capsys.readouterr().err


def test_json_of_the_report_is_whole(home):
    """The helper above does not hide what a command prints."""
    command = [
        sys.executable,
        "-m",
        "fcl_tui.cli.main",
        "report",
        "my-day",
        "--home",
        str(home),
        "--format",
        "json",
    ]
    done = subprocess.run([*command, "--as-at", str(AS_AT)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["as_at"] == str(AS_AT)
