"""Which columns of a declaration are shown for the rows at hand."""

import polars as pl

from widgets.cells.column import Column
from widgets.cells.measured import measured, stands

ALWAYS, IF_ANY = Column("a", "A", 5), Column("b", "B", 5, if_any=True)


def test_a_column_that_is_only_there_if_any_row_has_a_value():
    schema = {"a": pl.String, "b": pl.String}
    empty = pl.DataFrame({"a": [None, None], "b": [None, None]}, schema=schema)
    some = pl.DataFrame({"a": [None, None], "b": [None, "x"]}, schema=schema)
    assert (stands(ALWAYS, empty), stands(IF_ANY, empty), stands(IF_ANY, some)) == (True, False, True)
    assert [one.key for one in measured((ALWAYS, IF_ANY), empty)] == ["a"]
    assert [one.key for one in measured((ALWAYS, IF_ANY), some)] == ["a", "b"]
