"""The days that figures are asked for, as a frame.

Records over time take such a frame and give their rows for every day in it, so one definition gives the
figure now, by month and by year.
"""

import polars as pl

from fcl_tui.definitions.days.window import Days

SCHEMA = {"day": pl.Date, "first": pl.Date, "last": pl.Date}
"""day (unique): the as-at day; first, last: the window of what is counted on it, both days in it"""


def frame(days: Days) -> pl.LazyFrame:
    """Days as a frame of SCHEMA."""
    return pl.LazyFrame(days, schema=SCHEMA, orient="row")
