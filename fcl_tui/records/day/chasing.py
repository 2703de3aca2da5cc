"""How the chasing of what is overdue stands, by worker or by team, and the items behind each figure."""

from datetime import date
from typing import Literal

import polars as pl

from fcl_tui.definitions.marks import COME_BACK
from fcl_tui.records.due.items import chase_rank, no_date, owed, required

By = Literal["worker", "team"]

STANDS = {
    "untouched": "Untouched",
    "broken": "Missed bookings",
    "unanswered": "Chased, no answer since",
    "back": "Back from snooze",
    "chased": "Chased",
    "booked": "Booked",
    "handed": "Handed over",
    "done": "Done, to be recorded",
    "snoozed": "Snoozed",
    "not_needed": "Not needed",
}
"""Where an overdue item can stand; each stands in exactly one place. Most in need of somebody first."""

LATE = {
    "late_to_7": (None, 7),
    "late_8_14": (8, 14),
    "late_15_28": (15, 28),
    "late_over_28": (29, None),
}
"""How many calendar days after the due day, both ends in the band; every overdue item is in exactly one."""

GROUPS: dict[By, tuple[str, ...]] = {"worker": ("worker", "team"), "team": ("team",)}


def stand() -> pl.Expr:
    """Where an item of `marks.marked` stands: a key of STANDS.

    Untouched: no mark, a note alone, or chased when it was not overdue yet, since that chase came to
    nothing. A booking whose day has passed is booked still while the data cannot show the work.
    """
    kind, state = pl.col("mark_kind"), pl.col("mark_state")
    overdue = (pl.col("state") == "overdue").fill_null(value=False)
    in_vain = overdue & (kind == "chased") & (pl.col("mark_at").dt.date() <= pl.col("due_date"))
    return (
        pl.when(state.is_in(COME_BACK))
        .then(state)
        .when(kind.is_null() | (kind == "note") | in_vain.fill_null(value=False))
        .then(pl.lit("untouched"))
        .otherwise(kind)
    )


def items_behind(items: pl.LazyFrame, as_at: date, **of: str) -> pl.LazyFrame:
    """List what is overdue and where each stands.

    Args:
        items: rows of `client_overview` by item, as `marks.marked` gives them.
        of: worker, team: keep what the row of `chasing` with these names counts, by the one who holds the
            case (not by the personal adviser beside a social worker).

    Returns:
        the overdue rows of `items` with stand (key of STANDS), stand_shown (in words), late (Int64,
        calendar days since the due day); in the order of STANDS, in each what can be chased first (see
        `due.chase_rank`), then longest overdue first.
    """
    order = {name: number for number, name in enumerate(STANDS)}
    rows = items.filter(required() & (pl.col("state") == "overdue").fill_null(value=False))
    for column, name in of.items():
        rows = rows.filter(pl.col(column) == name)
    return (
        rows.with_columns(stand=stand(), late=(pl.lit(as_at) - pl.col("due_date")).dt.total_days())
        .with_columns(stand_shown=pl.col("stand").replace_strict(STANDS, return_dtype=pl.String))
        .sort(
            pl.col("stand").replace_strict(order, return_dtype=pl.Int8),
            *([chase_rank()] if "kind" in items.collect_schema().names() else []),
            "due_date",
            "person_id",
            "item_id",
        )
    )


def chasing(
    items: pl.LazyFrame, clients: pl.LazyFrame, as_at: date, *, by: By = "worker", team: str | None = None
) -> pl.LazyFrame:
    """Count what is overdue by where it stands.

    Args:
        items: rows of `client_overview` by item for every team, as `marks.marked` gives them.
        clients: rows of `clients_at`.
        by: what a row stands for: who holds the cases, or their team.
        team: keep this team; None keeps all.

    Returns:
        one row per worker and team, or a team, of all who hold a client: worker, team (by team: team alone),
        clients, owed (items required on a known day), no_date (items required without one; with owed all
        that is required), overdue, then one count for each of STANDS, and one for each of LATE, which both
        add up to overdue (Int64), oldest_untouched (Int64, calendar days since the due day; null when
        nothing is untouched), row_key (unique), lateness (LATE as one text). Most untouched first, then
        most overdue, then by name.
    """
    names = GROUPS[by]
    if team is not None:
        items, clients = items.filter(pl.col("team") == team), clients.filter(pl.col("team") == team)
    counts = {name: (pl.col("stand") == name).sum().cast(pl.Int64) for name in STANDS}
    late = (
        items_behind(items, as_at)
        .group_by(names)
        .agg(
            overdue=pl.len().cast(pl.Int64),
            **counts,
            **{name: _late_in(*band).sum().cast(pl.Int64) for name, band in LATE.items()},
            oldest_untouched=pl.col("late").filter(pl.col("stand") == "untouched").max(),
        )
    )
    wanted = items.group_by(names).agg(
        owed=owed().sum().cast(pl.Int64), no_date=no_date().sum().cast(pl.Int64)
    )
    held = clients.group_by(names).agg(clients=pl.len().cast(pl.Int64))
    figures = ("owed", "no_date", "overdue", *STANDS, *LATE)
    return (
        held.join(wanted, on=names, how="left")
        .join(late, on=names, how="left")
        .with_columns(pl.col(figures).fill_null(0), row_key=pl.concat_str(names, separator="\t"))
        .with_columns(lateness=pl.concat_str(pl.col(list(LATE)).cast(pl.String), separator=" "))
        .select(*names, "clients", *figures, "oldest_untouched", "row_key", "lateness")
        .sort("untouched", "overdue", *names, descending=[True, True, *[False] * len(names)])
    )


def _late_in(low: int | None, high: int | None) -> pl.Expr:
    late = pl.col("late")
    above = pl.lit(value=True) if low is None else late >= low
    return above if high is None else above & (late <= high)


def totals_line(rows: pl.DataFrame) -> str:
    """The sums over a `chasing` frame as one line, what needs somebody first."""
    sums = rows.select(pl.col("overdue", *STANDS).sum()).row(0, named=True)
    return _said(sums["overdue"], sums)


def standing_line(items: pl.DataFrame) -> str:
    """The same line over the items of `behind`."""
    return _said(items.height, dict(items.group_by("stand").len().iter_rows()))


def _said(overdue: int, counts: dict[str, int]) -> str:
    told = ", ".join(
        f"{counts[name]:,} {words.lower()}" for name, words in STANDS.items() if counts.get(name)
    )
    return f"{overdue:,} overdue" + (f": {told}" if told else "")
