"""The issues of a load come in one order, however many are put in order at a time."""

import random

import polars as pl
import pytest

from data import partition as ranges
from data.issues import model as issues
from data.issues.files import in_order, told

ORDER = ["ssd_table", "place", "rule", "row", "column", "value"]


def made(count):
    drawn = random.Random(5)
    some = [None, "a", "b", "c"]
    return pl.DataFrame(
        [{name: drawn.choice(some) for name in issues.COLUMNS} | {"reason": str(n)} for n in range(count)],
        schema=dict.fromkeys(issues.COLUMNS, pl.String()),
    )


@pytest.mark.parametrize("part", [1, 7, 1000])
def test_all_are_there_in_order_and_equal_ones_as_they_were_told(tmp_path, monkeypatch, part):
    every = made(300)
    files = []
    for number, frame in enumerate(every.iter_slices(90)):
        files.append(tmp_path / f"{number}.parquet")
        frame.write_parquet(files[-1])
    monkeypatch.setattr(ranges, "PART", part)
    parts = list(in_order(told(files)))
    assert pl.concat(parts).equals(every.sort(ORDER, nulls_last=True, maintain_order=True))
    assert len(parts) == 1 if part == 1000 else len(parts) > 10


def test_without_issues_there_is_an_empty_frame():
    (none,) = in_order(told([]))
    assert none.columns == list(issues.COLUMNS)
    assert none.is_empty()
