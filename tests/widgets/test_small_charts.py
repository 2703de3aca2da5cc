"""Charts of one cell's height, readable without colour and in plain ASCII."""

import pytest

from fcl_tui.export.cells import words
from widgets.cells.column import Column
from widgets.cells.glyphs import is_ascii, use_ascii
from widgets.cells.small_charts import bands, spark


@pytest.fixture(params=[False, True], ids=["utf8", "ascii"])
def ascii_only(request):
    before = is_ascii()
    use_ascii(request.param)
    yield request.param
    use_ascii(before)


def test_what_differs_between_77_and_91_per_cent_can_be_seen(ascii_only):
    drawn = spark("77 84 91 - 100 12", 12)
    assert len(drawn) == 6
    assert len(set(drawn)) == 6
    assert drawn.isascii() == ascii_only


def test_a_trend_too_long_for_its_column_keeps_its_latest_months():
    assert spark("60 60 100", 2) == spark("60 100", 2)


@pytest.mark.parametrize("counts", ["2 11 4 0", "1 500 1 1", "1 1 1 1", "0 0 0 7", "3 0 0 1", "40 30 20 10"])
@pytest.mark.parametrize("width", [4, 11, 12])
def test_every_part_that_is_there_has_a_cell_and_the_bar_never_overflows(counts, width, ascii_only):
    bar = bands(counts, width)
    numbers = [int(one) for one in counts.split()]
    assert len(bar) == min(width, sum(numbers))
    assert len(set(bar)) == sum(one > 0 for one in numbers)
    assert bar.isascii() == ascii_only


def test_nothing_to_draw_is_nothing():
    assert bands("0 0 0 0", 10) == ""
    assert Column("k", "K", 6, kind="bands").text(None).strip() in {"–", "-"}


def test_a_file_has_the_figures():
    assert words(Column("k", "K", 6, kind="spark"), "77 - 91") == "77 - 91"
