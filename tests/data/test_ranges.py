"""Large frames are handled a part at a time, and nothing is lost or doubled on the way."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import data.partition
from data.partition import ranges
from data.snapshots.writer import staging

texts = st.one_of(st.none(), st.text(max_size=3))


@settings(deadline=None)  # a shared machine has slow moments
@given(st.lists(texts, max_size=40), st.integers(1, 10))
def test_every_row_is_in_exactly_one_part_and_the_parts_are_in_order(values, part):
    frame = pl.DataFrame(
        {"who": pl.Series(values, dtype=pl.String), "n": pl.Series(range(len(values)), dtype=pl.Int64)}
    )
    split = [frame.filter(condition) for condition in ranges(frame.lazy(), "who", part)]
    whole = pl.concat(each.sort("who", "n", nulls_last=True) for each in split)
    assert whole.equals(frame.sort("who", "n", nulls_last=True))


@pytest.mark.parametrize("part", [3, 1000])
def test_a_frame_written_in_parts_is_sorted_whole(tmp_path, monkeypatch, part):
    monkeypatch.setattr(data.partition, "PART", part)
    frame = pl.DataFrame(
        {"who": ["b", None, "a", "c", "b", "a", "d"], "key": ["2", "1", "9", "1", "1", "8", "4"]}
    )
    with staging(tmp_path) as place:
        path = place.write_sorted("tables/x", frame.lazy(), ["who", "key"])
        written = pl.read_parquet(path)
        assert place.rows("tables/x") == 7
        assert list(place.spool("parts").rglob("*.parquet")) == []
    assert written.equals(frame.sort("who", "key", nulls_last=True))


def test_parts_give_the_same_file_every_time(tmp_path, monkeypatch):
    monkeypatch.setattr(data.partition, "PART", 20_000)
    frame = pl.DataFrame(
        {"who": [f"{n % 977}" for n in range(130_000)], "key": [str(n) for n in range(130_000)]}
    )
    written = []
    for name in ("a", "b"):
        with staging(tmp_path / name) as place:
            shuffled = frame.sample(fraction=1, shuffle=True, seed=len(written))
            written.append(place.write_sorted("tables/x", shuffled.lazy(), ["who", "key"]).read_bytes())
    assert written[0] == written[1]
