"""Each layout the demo can be written in loads again, with every row accounted for."""

from datetime import date

import pytest

from data.demo.files.layouts import LAYOUTS
from data.errors import DataError
from data.snapshots.reader import open_current
from fcl_tui.cli.demo.made import demonstrate
from fcl_tui.loading.load import load

AS_AT = date(2026, 11, 23)
WHAT = {"children": 40, "seed": 5, "as_at": AS_AT}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_loads_with_every_row_accounted_for(tmp_path, capsys, layout):
    folder = tmp_path / "out"
    assert demonstrate(tmp_path / "x", **WHAT, write=str(folder), layout=layout, open_it=False) == 0
    assert "Read it with: fcl-tui load" in capsys.readouterr().out
    result = load([str(folder)], tmp_path / "home", data_date=AS_AT)
    places = [place for counted in result.places.values() for place in counted]
    assert sum(place.rows_in for place in places) > 100
    assert all(place.rows_in == place.rows_used + place.rows_held for place in places)
    held = sum(place.rows_held for place in places)
    told = open_current(tmp_path / "home").scan("issues").collect()
    assert told.filter(told["effect"] == "row held").height >= held
    assert result.tables["person"] > 20


def test_a_layout_that_is_not_there_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(DataError, match="There are: annex-a, ssda903"):
        demonstrate(tmp_path / "x", **WHAT, write=str(tmp_path / "out"), layout="ssda904", open_it=False)
    assert not (tmp_path / "out").exists()


def test_a_database_has_no_layout(tmp_path):
    with pytest.raises(DataError, match="--as is for files"):
        demonstrate(
            tmp_path / "x", **WHAT, write=f"sqlite:///{tmp_path}/a.db", layout="ssd-csv", open_it=False
        )
