"""Due items as the reports use them: open on the day, required, in four groups."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.timescales.short_names import SHORT_NAMES
from fcl_tui.timescales.state import at

GROUPS = ("visit", "review", "assessment", "other")
"""The columns of a row a child; every kind of item that is not one of the first three is `other`."""

STATES = ("overdue", "due_soon", "due", "not_required")
"""Worst first."""


def group() -> pl.Expr:
    """visit, review, assessment or other, from `kind`."""
    return pl.when(pl.col("kind").is_in(GROUPS[:3])).then("kind").otherwise(pl.lit("other"))


def severity(state: str = "state") -> pl.Expr:
    """0 for overdue up to 3 for not required; null for no state."""
    return pl.col(state).replace_strict(
        {name: rank for rank, name in enumerate(STATES)}, default=None, return_dtype=pl.Int8
    )


def required() -> pl.Expr:
    """All but what is not required; what has no due date is still required."""
    return pl.col("state").fill_null("") != "not_required"


def owed() -> pl.Expr:
    """Required and due on a known day: what an office can be early or late with.

    Required without a due date (`no_date`) is never owed by a day; every report counts it apart.
    """
    return required() & pl.col("due_date").is_not_null()


def no_date() -> pl.Expr:
    """Required, but the day cannot be worked out: with `owed`, everything that is required."""
    return required() & pl.col("due_date").is_null()


def worst(rank: pl.Expr) -> pl.Expr:
    """The state behind a `severity`."""
    return rank.replace_strict(dict(enumerate(STATES)), default=None, return_dtype=pl.String)


def _days_shown(as_at: date) -> pl.Expr:
    """Days late or left in the rule's own unit, as a reader says it; past, where nobody can say late.

    No working day may lie between the due day and the day: a due day that has passed is "0 wd late" then,
    never "today".
    """
    unit = pl.when(pl.col("unit") == "wd").then(pl.lit(" wd ")).otherwise(pl.lit(" d "))
    late = pl.when(pl.col("state") == "due_soon").then(pl.lit("past")).otherwise(pl.lit("late"))
    way = pl.when(pl.col("due_date") < pl.lit(as_at)).then(late).otherwise(pl.lit("left"))
    return (
        pl.when(pl.col("days").is_not_null() & (pl.col("due_date") == pl.lit(as_at)))
        .then(pl.lit("today"))
        .otherwise(pl.concat_str(pl.col("days").abs(), unit, way))
    )


CHASED_BY_KIND = {"health": 1, "court": 2, "adoption": 3}
"""What an office can chase comes first: visits, reviews, assessments, conferences and contacts (0), then
health checks, then what a court decides, last the national benchmarks, which no one can chase."""
BENCHMARK = "adoption"
"""The kind of an average to be measured by (days from entering care to adopters), not a duty by a day"""


def chase_rank() -> pl.Expr:
    """How far down an overdue item stands, by its kind: 0 comes first."""
    return pl.col("kind").replace_strict(CHASED_BY_KIND, default=0, return_dtype=pl.Int8)


def pressing() -> list[pl.Expr]:
    """The order of due items: required; overdue before the rest, what can be chased before what cannot;
    then soonest first, those without a date last."""
    overdue = (pl.col("state") == "overdue").fill_null(value=False)
    return [
        ~required(),
        ~overdue,
        pl.when(overdue).then(chase_rank()),
        pl.col("due_date").is_null(),
        pl.col("due_date"),
    ]


def on_screen() -> list[pl.Expr]:
    """For lists, in few cells: standing (state and days in one), item_short (the rule's short name)."""
    state, days = pl.col("state"), pl.col("days_shown")
    return [
        pl.when(state.is_in(["overdue", "due_soon", "due"]) & days.is_not_null())
        .then(pl.concat_str(state, pl.lit("|"), days))
        .otherwise(state)
        .alias("standing"),
        short_name(),
    ]


def short_name() -> pl.Expr:
    """The short name of the row's rule, as item_short."""
    return pl.col("rule").replace(SHORT_NAMES).alias("item_short")


def open_items(
    scan: Scan, calendar: Calendar, as_at: date, person_ids: Sequence[str] | None = None
) -> pl.LazyFrame:
    """Everything that is still to be done on the day, as it was known on the day.

    Args:
        person_ids: read these children's only; None reads all.

    Returns:
        the rows of `timescales.state.at` that are open, or not required although nothing has ended, in
        columns: person_id, rule, item (the rule's plain name), kind, last_date (when it was last done; null
        when this would be the first), due_date (null = cannot be computed, reason says why), state (overdue,
        due_soon, due, not_required; null without a due date), days (in unit; negative when late), unit,
        statutory, item_id, started, started_by, reason, assumed, days_shown (days with their unit in words:
        "8 wd late", "22 d left", "today"; "0 wd late" where no
        working day has passed since; wd are working days, d calendar days).
    """
    counted_from_last = (pl.col("cycle") > 1) | pl.col("started_by").str.to_lowercase().str.contains(
        "last|previous"
    )
    beyond = (pl.col("state") == "not_required") & pl.col("done_date").is_null() & pl.col("ended").is_null()
    day = pl.lit(as_at)
    unfinished = (pl.col("done_date").is_null() | (pl.col("done_date") > day)) & (
        pl.col("ended").is_null() | (pl.col("ended") > day)
    )
    items = scan("due_items").filter(unfinished)
    if person_ids is not None:
        items = items.filter(pl.col("person_id").is_in(list(person_ids)))
    return (
        at(items, scan("rules"), calendar, as_at)
        .filter(pl.col("open") | beyond.fill_null(value=False))
        .select(
            "person_id",
            "rule",
            pl.coalesce("name", "rule").alias("item"),
            "kind",
            pl.when(counted_from_last.fill_null(value=False)).then("started").alias("last_date"),
            "due_date",
            "state",
            "days",
            "unit",
            "statutory",
            "item_id",
            "started",
            "started_by",
            "reason",
            "assumed",
            days_shown=_days_shown(as_at),
        )
    )


NEEDS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "looked_after": (
        ("visit", "visits", ("cla_visits",)),
        ("review", "reviews", ("cla_reviews",)),
        ("other", "health checks", ("cla_health",)),
    ),
    "child_protection": (("visit", "visits", ("cp_visits",)), ("review", "reviews", ("cp_reviews",))),
    "care_leaver": (
        ("other", "contact", ("care_leavers", "clea_care_leaver_latest_contact")),
        ("other", "pathway plan", ("care_leavers", "clea_pathway_plan_review_date")),
    ),
    "child_in_need": (
        ("visit", "visits", ("cin_plans",)),
        ("visit", "visits", ("cin_visits",)),
        ("assessment", "assessments", ("cin_assessments",)),
    ),
    "short_break": (),
}
"""What is expected of a child of each status: group, word, and the table (and field) it is known from."""


def not_known_by_status(coverage: Coverage) -> pl.LazyFrame:
    """What the source cannot tell of a child of each status.

    Returns:
        status (unique), not_known (words, or null), nothing_known (Boolean: not one of the expected things
        can be known), and for each group <group>_not_here (Boolean).
    """
    rows = []
    for status, needs in NEEDS.items():
        absent = [(name, word) for name, word, source in needs if not coverage.has(*source)]
        words = ", ".join(dict.fromkeys(word for _, word in absent))
        rows.append(
            {
                "status": status,
                "not_known": f"{words}: {NOT_HERE}" if words else None,
                "nothing_known": bool(needs) and len(absent) == len(needs),
                **{f"{name}_not_here": any(one == name for one, _ in absent) for name in GROUPS},
            }
        )
    schema = {"status": pl.String, "not_known": pl.String, "nothing_known": pl.Boolean}
    return pl.LazyFrame(rows, schema=schema | {f"{name}_not_here": pl.Boolean for name in GROUPS})
