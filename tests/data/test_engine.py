"""What carries out reports: memory for a small snapshot, Polars' own choice for one that may not fit."""

import pytest

from data import frames
from data.snapshots.reader import open_current


@pytest.fixture(autouse=True)
def _as_before(monkeypatch):
    monkeypatch.setattr(frames._Engine, "set", "auto")
    monkeypatch.setattr(frames._Engine, "small", True)


def test_a_small_snapshot_is_read_in_memory():
    frames.suit(frames.SMALL)
    assert frames.engine_now() == "in-memory"


def test_a_large_one_by_what_polars_chooses_also_when_a_small_one_is_opened_after_it():
    frames.suit(frames.SMALL + 1)
    frames.suit(1)
    assert frames.engine_now() == "auto"


@pytest.mark.parametrize("bytes_", [1, frames.SMALL + 1])
@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_the_setting_goes_before(bytes_, engine):
    frames.use_engine(engine)
    frames.suit(bytes_)
    assert frames.engine_now() == engine


def test_what_a_snapshot_holds_decides(ready, tmp_path, monkeypatch):
    snapshot = open_current(ready.awkward(tmp_path / "home"))
    snapshot.scan("people")
    assert frames.engine_now() == "in-memory"
    monkeypatch.setattr(frames, "SMALL", sum(size for _, size in snapshot.sizes()) - 1)
    snapshot.scan("people")
    assert frames.engine_now() == "auto"
