"""Which values stand in a column more than once, found without holding the column."""

import polars as pl


def repeated(frame: pl.LazyFrame, column: str) -> pl.Series:
    """The values of several rows of a frame, each once.

    Memory holds a number of eight bytes for each row, and the values of which the number is not the only one.
    """
    mark = pl.col(column).hash()
    marks = frame.select(mark).collect(engine="streaming").to_series().sort()
    again = marks.filter(marks == marks.shift()).unique()
    if again.is_empty():
        return pl.Series(column, [], frame.select(column).collect_schema()[column])
    counted = frame.select(column).filter(mark.is_in(again.implode())).group_by(column).len()
    return counted.filter(pl.col("len") > 1).collect()[column]
