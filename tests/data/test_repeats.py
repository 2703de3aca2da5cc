"""What stands in a column more than once."""

import polars as pl
import pytest

from data.merging.duplicates import repeated


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        (["a", "b", "c"], []),
        (["a", "b", "a", "c", "b", "a"], ["a", "b"]),
        (["1", "01", "1 ", "1"], ["1"]),
    ],
)
def test_only_what_is_there_several_times_is_given_and_once(values, expected):
    frame = pl.LazyFrame({"key": pl.Series(values, dtype=pl.String), "n": pl.Series(range(len(values)))})
    found = repeated(frame, "key")
    assert found.name == "key"
    assert sorted(found) == expected
