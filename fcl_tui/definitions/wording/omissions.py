"""What a report does not show, said in one shape by all of them: reason, count, what."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.wording.labels import NOT_HERE


def said(frame: pl.LazyFrame, reason: str | pl.Expr, what: str) -> pl.LazyFrame:
    """One line: reason (a sentence), count (Int64: the frame's rows), what (items, rows, timescales)."""
    told = pl.lit(reason) if isinstance(reason, str) else reason
    return frame.select(
        told.alias("reason"), pl.len().cast(pl.Int64).alias("count"), pl.lit(what).alias("what")
    )


def rows_held(scan: Scan) -> pl.LazyFrame:
    """The rows that were held back when the data was loaded; apart, those where another source wins."""
    held = scan("issues").filter(pl.col("effect") == "row held")
    yielded = (pl.col("rule") == "superseded").fill_null(False)
    return pl.concat(
        [
            said(
                held.filter(~yielded),
                "held back when the data was loaded, because of a problem in the row",
                "rows",
            ),
            said(held.filter(yielded), "not used: another source or return takes precedence", "rows"),
        ]
    )


def timescales_absent(scan: Scan) -> pl.LazyFrame:
    """The timescales that this source cannot feed, by name."""
    absent = scan("rules").filter(pl.col("unavailable_reason").str.starts_with(NOT_HERE))
    names = pl.concat_str(pl.lit(f"{NOT_HERE}: "), pl.col("name").sort().str.join(", "))
    return said(absent, names, "timescales")
