"""One bit of a file turned over: found in a snapshot; in a source refused, or every row accounted for."""

import random
from datetime import date

import pytest

from data.demo import generate
from data.demo.layouts import write_layout
from data.snapshots.reader import open_current
from tests.fuzz import read

AS_AT = date(2026, 11, 23)
FLIPS = 40


def flipped(whole, dice):
    damaged = bytearray(whole)
    damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


@pytest.fixture(scope="module")
def home(ready, tmp_path_factory):
    return ready.loaded(12, 3, AS_AT, tmp_path_factory.mktemp("home"))


def test_a_bit_in_any_file_of_a_snapshot_is_found_and_the_file_named(home):
    """What a reader gets of such a file may be wrong without a word, so the check has to know every bit."""
    dice, snapshot = random.Random(1), open_current(home)
    assert snapshot.verify() == []
    files = sorted(snapshot.path.rglob("*.parquet"))
    assert len(files) > 50
    for file in files:
        whole = file.read_bytes()
        file.chmod(0o600)
        file.write_bytes(flipped(whole, dice))
        told = snapshot.verify()
        file.write_bytes(whole)
        assert len(told) == 1
        assert told[0].startswith(file.relative_to(snapshot.path).as_posix())
    assert snapshot.verify() == []


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    write_layout(generate(children=12, seed=3, as_at=AS_AT), folder, "ssd-parquet", AS_AT)
    return folder


def test_a_bit_in_a_parquet_file_of_a_source_is_refused_or_every_row_accounted_for(sound, capfd):
    dice = random.Random(1)
    files = sorted(sound.rglob("*.parquet"))
    ends = []
    for number in range(FLIPS):
        file = files[number % len(files)]
        whole = file.read_bytes()
        file.write_bytes(flipped(whole, dice))
        ends.append(read(file))
        file.write_bytes(whole)
    assert set(ends) == {"refused", "read"}
    assert "panicked" not in capfd.readouterr().err, "the reader's own words are held back"
