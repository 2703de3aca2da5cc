"""What a demo takes is told before it is made, when that is long, and refused when the disk is too small."""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from data.demo import generate
from data.errors import DataError
from fcl_tui.cli.demo import size as demo_size
from fcl_tui.cli.demo.made import demonstrate
from fcl_tui.cli.demo.size import expected


def test_a_small_one_is_made_without_further_words():
    assert expected(2_000).words() == ""
    assert not expected(2_000).is_long


def test_so_many_rows_are_really_made():
    made = generate(400, 1, date(2026, 11, 23))
    assert len(made["person"]) / 400 == pytest.approx(demo_size.CHILDREN, rel=0.02)
    assert sum(len(frame) for frame in made.values()) / 400 == pytest.approx(demo_size.ROWS, rel=0.05)


def test_a_large_one_says_how_much_time_and_disk_it_takes():
    words = expected(400_000).words()
    assert words.startswith(
        ": 400,000 open children, 2.4 million children with a history, 63.6 million rows."
    )
    assert "minutes; the snapshot is about" in words
    assert "GB while it is made" in words
    assert expected(2_000_000).seconds == pytest.approx(expected(1_000_000).seconds * 2)


def test_it_is_said_before_the_first_row_and_progress_follows_in_a_log(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(demo_size, "LONG", 0.0)
    demonstrate(tmp_path, children=5, seed=1, as_at=date(2026, 11, 23), write=None, open_it=False)
    lines = capfd.readouterr().err.splitlines()
    assert lines[0].startswith("Making the demo authority: 5 open children")
    assert "Making up the demo authority" in lines[1]


def test_a_disk_that_cannot_hold_it_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3_000_000_000))
    home = tmp_path / "not" / "there"
    with pytest.raises(DataError, match="and the disk that holds .* has 3.0 GB free. Choose another folder"):
        demonstrate(home, children=2_000_000, seed=1, as_at=None, write=None, open_it=False)
    assert not home.exists()
    expected(2_000).check_room(home)
