"""What a pack of the Board is made of, small values held back where it leaves the Board."""

import polars as pl

from fcl_tui.records.board.one import PARTS
from fcl_tui.records.board.shown import figure, standing, way
from fcl_tui.reports.answer import Answer

SHOWN = ("series", "charts", "targets", "benchmarks", "exceptions", "thanks", "comments", "registers")


def chosen(answer: Answer) -> dict[str, pl.DataFrame]:
    """The frames of an answer of the Board that are of its lines' indicators.

    Returns:
        lines, those of SHOWN, and values: the series as people read it (figure, parts, standing, target,
        way).
    """
    frames = {name: frame for name, frame in answer.parts.items() if isinstance(frame, pl.DataFrame)}
    lines = frames["lines"]
    numbers = lines["no"].implode()
    told = {"lines": lines}
    for name in SHOWN:
        frame = frames[name]
        told[name] = frame.filter(pl.col("no").is_in(numbers)) if "no" in frame.columns else frame
    told["values"] = told["series"].with_columns(
        figure=figure(), parts=PARTS, standing=standing(), target=figure("green"), way=way()
    )
    return told


def suppressed(lines: pl.DataFrame, *, outside: bool) -> pl.DataFrame:
    """The lines as they may be read: outside the Board small values of some indicators are held back.

    A value of 1 up to below `suppress_below` is not shown there, with its parts and its colour.
    """
    if not outside:
        return lines
    small = (pl.col("value") > 0) & (pl.col("value") < pl.col("suppress_below"))
    small = small.fill_null(value=False)
    held = {
        "figure": pl.lit("1 to ") + (pl.col("suppress_below") - 1).cast(pl.String),
        "standing": pl.lit("no_figure|Suppressed"),
        "rag": pl.lit("grey"),
    }
    blank = ("value", "numerator", "denominator", "parts", "way", "way_year", "way_mean", "signal")
    return lines.with_columns(
        **{name: pl.when(small).then(told).otherwise(pl.col(name)) for name, told in held.items()},
        **{name: pl.when(~small).then(pl.col(name)) for name in blank},
    )
