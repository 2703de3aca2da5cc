"""Published figures beside ours have the sign of a percentage, their own precision and their year."""

import polars as pl
import pytest

from fcl_tui.definitions.wording.printed import with_year


@pytest.mark.parametrize(
    ("value", "precision", "percent", "told"),
    [
        (67.0, 0, True, "67% (2025)"),
        (85.66, 1, True, "85.7% (2025)"),
        (519.44, 1, False, "519.4 (2025)"),
        (40.0, 1, False, "40 (2025)"),
        (None, 1, True, None),
    ],
)
def test_a_published_figure_reads_as_ours_does(value, precision, percent, told):
    frame = pl.DataFrame({"value": [value], "precision": [precision], "percent": [percent], "year": [2025]})
    first, *others = (pl.col(name) for name in frame.columns)
    shown = with_year(first.cast(pl.Float64), *others)
    assert frame.select(shown=shown)["shown"].to_list() == [told]
