"""The Board's lines as people read them: colour in a word, value with its unit, direction, the groups."""

from __future__ import annotations

import polars as pl

from fcl_tui.definitions.wording.thousands import thousands

COLOURS = {"red": "Red", "amber": "Amber", "green": "Green"}
GREYS = {
    "no_target": "No target",
    "too_few": "Too few",
    "trend": "For information",
    "no_value": "No value",
    "not_due": "Not due",
    "not_published": "Unpublished",
    "not_collected": "Not entered",
    "suppressed": "Suppressed",
    "cannot_be_computed": "Not known",
    "retired": "Retired",
}
STATES = {"red": "below_target", "amber": "near_target", "green": "on_target"}
"""The states of `widgets.cells.states` that colours are shown as; every grey is no_figure"""
JSON = (
    "no", "name", "unit", "period", "value", "numerator", "denominator", "status", "green", "amber", "rag",
    "direction", "benchmark_england", "benchmark_neighbours", "exception",
)  # fmt: skip
"""The columns of a line for machines, in this order"""
DIRECTIONS = {"up": "more", "down": "fewer"}
SIGNS = {"better": "+", "worse": "-", "same": "=", "up": "~", "down": "~"}


def standing(rag: str = "rag") -> pl.Expr:
    """A colour as a state with a word of its own: below_target|Red."""
    states = {**dict.fromkeys(GREYS, "no_figure"), **STATES}
    words = {**GREYS, **COLOURS}
    told = {name: f"{states[name]}|{words[name]}" for name in words}
    return pl.col(rag).replace_strict(told, default=None, return_dtype=pl.String)


def figure(value: str = "value") -> pl.Expr:
    """A value with its unit, to the decimals of its indicator: 84.5%, 332, -0.12, 31.4 wks, 412 days."""
    number = pl.col(value)
    whole = thousands(number)
    decimals = pl.when(pl.col("unit") == "score").then(number.round(2)).otherwise(number.round(1))
    text = pl.when(pl.col("unit").is_in(["number", "days"])).then(whole).otherwise(decimals.cast(pl.String))
    after = pl.col("unit").replace_strict(
        {"percent": "%", "weeks": " wks", "days": " days"}, default="", return_dtype=pl.String
    )
    return pl.when(number.is_not_null()).then(text + after)


def way(direction: str = "direction") -> pl.Expr:
    """A direction with its sign: + better, - worse, = same, ~ more."""
    told = {name: f"{sign} {DIRECTIONS.get(name, name)}" for name, sign in SIGNS.items()}
    return pl.col(direction).replace_strict(told, default=None, return_dtype=pl.String)


def shown(lines: pl.LazyFrame) -> pl.LazyFrame:
    """The Board's lines (`records.board.lines.lines`) with what a screen shows beside what machines read.

    Returns:
        JSON first, rag as green, amber, red or grey; then kpi (String), standing, figure, parts (159 of 300),
        target, against, way, way_year, way_mean, age, colour_group, colour_rank, forum_group, england,
        neighbours, and the rest.
    """
    parts = pl.format(
        "{} of {}",
        pl.col("numerator").cast(pl.Int64, strict=False),
        pl.col("denominator").cast(pl.Int64, strict=False),
    )
    share = pl.col("numerator").is_not_null() & (pl.col("unit") == "percent")
    colour = pl.when(pl.col("rag").is_in(list(COLOURS))).then("rag").otherwise(pl.lit("grey"))
    ranks = {"red": 0, "amber": 1, "green": 2, "grey": 3}
    names = {"red": "Red", "amber": "Amber", "green": "Green", "grey": "Grey: no colour"}
    sign = pl.when(pl.col("polarity") == "low").then(pl.lit("at most ")).otherwise(pl.lit("at least "))
    told = lines.with_columns(
        kpi=pl.col("no").cast(pl.String),
        standing=standing(),
        figure=figure(),
        parts=pl.when(share).then(parts),
        target=pl.when(pl.col("green").is_not_null() & pl.col("polarity").is_in(["high", "low"])).then(
            sign + figure("green")
        ),
        amber_shown=figure("amber"),
        way=way(),
        way_year=way("direction_year"),
        way_mean=way("direction_mean"),
        england=figure("benchmark_england"),
        neighbours=figure("benchmark_neighbours"),
        asked=pl.coalesce(
            pl.col("exception").str.replace("_", " "),
            pl.when(pl.col("suggested").is_not_null()).then(pl.lit("suggested")),
        ),
        grey_because="rag",
        forum_group=pl.when(pl.col("forum") == "Corp")
        .then(pl.lit("Corporate board"))
        .otherwise(pl.lit("Directorate management team")),
        exception=pl.coalesce(
            "exception", pl.when(pl.col("suggested").is_not_null()).then(pl.lit("suggested"))
        ),
        open_exception="exception",
        rag=colour,
        colour_group=colour.replace_strict(names, return_dtype=pl.String),
        colour_rank=colour.replace_strict(ranks, return_dtype=pl.Int8),
    )
    # a row that is gone into passes on what is named like a parameter: its forum is none that was chosen
    return told.select(*JSON, pl.exclude(*JSON, "forum"), goes_to="forum")


def headline(rows: pl.DataFrame, quarter: str) -> str:
    """How many are green, how many red and of those how many improving; what has no colour and why."""
    if rows.is_empty():
        return f"{quarter}: no indicator here"
    counts = {name: rows.filter(pl.col("rag") == name).height for name in (*COLOURS, "grey")}
    coloured = rows.height - counts["grey"]
    red = rows.filter(pl.col("rag") == "red")
    better = red.filter((pl.col("direction") == "better") | (pl.col("signal") == "improvement")).height
    share = f" ({counts['green'] * 100 / coloured:.0f}%)" if coloured else ""
    asked = rows["open_exception"].drop_nulls().len()
    told = (
        f"{quarter}: {counts['green']} of {coloured} green{share}, {counts['red']} red ({better} improving), "
        f"{counts['amber']} amber, {counts['grey']} without a colour"
    )
    return f"{told}, {asked} exception reports open" if asked else told


def greys(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Why indicators have no colour: reason, count, what; for the line under the list."""
    grey = rows.filter(pl.col("rag") == "grey").group_by("grey_because").len()
    words = {name: told.lower() for name, told in GREYS.items()}
    return grey.select(
        reason=pl.col("grey_because").replace_strict(words, default="grey", return_dtype=pl.String),
        count=pl.col("len").cast(pl.Int64),
        what=pl.lit("grey:"),
    ).sort("reason")
