"""One bit of a file turned over: found in a snapshot; in a source refused, or every row accounted for."""

import os
import random
from datetime import date

import pytest

from data.demo import DemoSource, generate
from data.demo.files.layouts import write_layout
from data.errors import DataError
from data.snapshots.history import snapshot_before, snapshot_named
from data.snapshots.manifest import Manifest
from data.snapshots.place import MANIFEST
from data.snapshots.reader import open_current, open_snapshot
from data.snapshots.sound import HOLDS, Soundness, checksum
from fcl_tui.loading.load import load
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


def test_nothing_is_read_of_a_file_with_a_bit_turned_over(home):
    """One in seven gave a wrong value without a word, when it was read."""
    dice, snapshot = random.Random(2), open_current(home)
    files = sorted(snapshot.path.rglob("*.parquet"))
    for number in range(3 * len(files)):
        file = files[number % len(files)]
        name, whole = file.relative_to(snapshot.path).as_posix(), file.read_bytes()
        assert snapshot.scan(file.stem).collect().height == snapshot.manifest.files[name].rows
        file.write_bytes(flipped(whole, dice))
        with pytest.raises(DataError) as refused:
            snapshot.scan(file.stem)
        file.write_bytes(whole)
        assert str(refused.value) == (
            f"The snapshot {snapshot.id} is damaged: {name} is not as it was written (checksum differs). "
            "Load the data again with: fcl-tui load SOURCE"
        )


def test_a_bit_of_the_manifest_is_refused_or_changes_nothing(home):
    dice, snapshot = random.Random(3), open_current(home)
    whole = (snapshot.path / MANIFEST).read_bytes()
    for _ in range(400):
        try:
            read_again = Manifest.from_json(flipped(whole, dice).decode())
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        assert read_again == snapshot.manifest


def test_a_bit_that_turns_without_a_write_is_seen_within_the_hour(tmp_path):
    """A disk that forgets changes neither the time nor the size of the file."""
    file, now = tmp_path / "people.parquet", [0.0]
    file.write_bytes(b"whole")
    written, sound = checksum(file), Soundness(clock=lambda: now[0])
    assert sound.fault(file, written) is None
    seen = file.stat()
    file.write_bytes(b"whome")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    now[0] = HOLDS - 1
    assert sound.fault(file, written) is None, "as the guide says"
    assert sound.fault(file, "another") is not None
    now[0] = HOLDS
    assert sound.fault(file, written) == "is not as it was written (checksum differs)"
    assert Soundness().fault(file, written) is not None, "another process sees it at once"
    file.unlink()
    assert sound.fault(file, written) == "cannot be read (No such file or directory)"


def test_a_file_is_read_once_by_a_process(home, monkeypatch):
    asked = []
    monkeypatch.setattr("data.snapshots.sound.checksum", lambda path: asked.append(path) or checksum(path))
    snapshot = open_current(home)
    file = snapshot.path / "prepared" / "people.parquet"
    os.utime(file)
    for _ in range(3):
        open_current(home).scan("people")
    assert asked == [file]


def test_an_earlier_snapshot_with_a_bit_turned_over_is_compared_with_nothing(tmp_path, ready):
    there = ready.loaded(12, 3, AS_AT, tmp_path / "home")
    first = open_current(there)
    second = open_snapshot(there / "snapshots" / load_again(there))
    assert snapshot_before(second).id == first.id
    file = first.path / "prepared" / "due_items.parquet"
    file.write_bytes(flipped(file.read_bytes(), random.Random(4)))
    assert snapshot_before(second) is None
    assert snapshot_named(first.id, second) is None


def load_again(home):
    load([DemoSource(children=12, seed=3, as_at=AS_AT)], home, data_date=AS_AT)
    return open_current(home).id


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
