"""Teams whose policy differs: which of them held the case on the day a clock started."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.allocations import allocations, latest_first
from fcl_tui.timescales.rulebook.rules import Rules


def key_of(team: pl.Expr) -> pl.Expr:
    """As `rules.team_key`, for a column."""
    return team.str.strip_chars().str.to_lowercase()


def with_teams(clocks: pl.LazyFrame, scan: Scan, rules: Rules) -> pl.LazyFrame:
    """Add `team`: the key of the team with an interval of its own for this rule and step, else empty.

    The team is that of the allocated worker on the day the clock started, as the caseload tells it; a case
    that changes hands later keeps the interval it started with.
    """
    pairs = rules.intervals().filter(pl.col("team") != "").select("rule", "step", "team").unique()
    if pairs.is_empty():
        return clocks.with_columns(team=pl.lit(""))
    day = pl.col("started")
    held = (
        allocations(scan)
        .filter(pl.col("role") == "allocated_worker")
        .with_columns(team=key_of(pl.col("team")))
    )
    on_the_day = latest_first(
        clocks.filter(pl.col("rule").is_in(pairs["rule"].unique().to_list()), day.is_not_null())
        .select("person_id", "started")
        .unique()
        .join(held, on="person_id")
        .filter(
            pl.col("start").is_null() | (pl.col("start") <= day),
            pl.col("end").is_null() | (pl.col("end") > day),
        ),
        "person_id",
        "started",
    ).select("person_id", "started", "team")
    own = pairs.lazy().with_columns(theirs=pl.lit(True))
    return (
        clocks.join(on_the_day, on=["person_id", "started"], how="left")
        .join(own, on=["rule", "step", "team"], how="left")
        .with_columns(team=pl.when("theirs").then("team").otherwise(pl.lit("")))
        .drop("theirs")
    )


def unknown_teams(rules: Rules, allocations_: pl.LazyFrame) -> dict[str, str]:
    """The teams of the authority's rules that hold no case now and held none before.

    Args:
        allocations_: the prepared frame `allocations`.

    Returns:
        key and name of each. Teams come and go: this is worth a look, not an error.
    """
    named = {key: policy.team for rule in rules.rules.values() for key, policy in rule.teams.items()}
    if not named:
        return {}
    known = set(allocations_.select(key_of(pl.col("team"))).unique().collect()["team"].to_list())
    return {key: team for key, team in named.items() if key not in known}
