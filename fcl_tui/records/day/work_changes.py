"""What changed in the work from one snapshot to the next: overdue, done, new, gone, moved.

Each snapshot is read as at its own data date, so that neither is asked about days it cannot know. Between
the two days time has passed, and time alone makes three changes, all of them wanted: what was due has become
overdue, a spell or a duty has begun or ended on a day known before, a worker's cases have moved on such a
day. That a day less is left, or that something became due soon, is no change. Who last loaded on the same
data date sees only what the data changed.
"""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import clients_at, in_scope
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.omissions import rows_held
from fcl_tui.records.client_overview import client_overview
from fcl_tui.records.due.items import required
from fcl_tui.timescales.state import at

CHANGES = {
    "overdue": "Became overdue",
    "moved": "Moved worker or team",
    "new": "New",
    "gone": "Gone without being done",
    "done": "Done",
}
"""In the order of the list. An item can be in more than one: overdue and moved, or overdue and new."""

SHORT = {
    "overdue": "became overdue",
    "moved": "moved",
    "new": "new",
    "gone": "gone, not done",
    "done": "done",
}

_ITEM = (
    "person_id", "name", "date_of_birth", "item_id", "rule", "item", "due_date", "state", "days_shown",
    "team", "worker", "personal_adviser",
)  # fmt: skip
COLUMNS = ("change", *_ITEM[:9], "team", "worker", "team_before", "worker_before", "detail", "owed")


def work_changes(
    before: Scan,
    after: Scan,
    calendar: Calendar,
    before_day: date,
    after_day: date,
    *,
    team: str | None = None,
    worker: str | None = None,
) -> pl.LazyFrame:
    """List what changed, of everything that was or is owed by a client.

    Args:
        before, after: the two snapshots.
        before_day, after_day: the day each is read as at: its data date.
        team, worker: keep what these hold or held (worker as allocated worker or personal adviser).

    Returns:
        one row per item and change: COLUMNS. change: overdue (not overdue before, or not there), moved (owed
        in both, another worker or team), new (owed now only), gone (owed before only and not done, not
        required any more, or not there any more), done (owed before, a day it was done now). The item is said
        as now; where it is gone or done as before, without state and days_shown. team_before, worker_before
        (null when new), detail (words: when, why, from whom), owed (Boolean: still to be done), then
        change_shown (change in words), row_key (unique). In the order of CHANGES, then by due date and child.
    """
    old = _owed(before, calendar, before_day)
    now = _owed(after, calendar, after_day)
    scoped_old = in_scope(old, team, worker).select("item_id")
    scoped_now = in_scope(now, team, worker).select("item_id")
    wanted = pl.concat([scoped_old, scoped_now]).unique()
    held = old.select(
        "item_id", was="state", team_before="team", worker_before="worker", due_before="due_date"
    ).with_columns(there=pl.lit(value=True))
    here = now.join(held, on="item_id", how="left").with_columns(owed=pl.lit(value=True))
    left = _left(old, now, after, calendar, after_day)
    rows = pl.concat(
        [
            _became_overdue(here, before_day),
            _moved(here),
            _new(here, left),
            left.select(*COLUMNS),
        ]
    )
    order = {name: number for number, name in enumerate(CHANGES)}
    return (
        rows.join(wanted, on="item_id", how="semi")
        .with_columns(
            change_shown=pl.col("change").replace_strict(CHANGES, return_dtype=pl.String),
            row_key=pl.concat_str("change", "item_id", separator="|"),
        )
        .sort(
            pl.col("change").replace_strict(order, return_dtype=pl.Int8),
            "due_date",
            "name",
            "item_id",
            nulls_last=True,
        )
    )


def _owed(scan: Scan, calendar: Calendar, day: date) -> pl.LazyFrame:
    return client_overview(scan, calendar, day).filter(required()).select(*_ITEM, "started")


def _day(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%d/%m/%Y")


def _became_overdue(here: pl.LazyFrame, before_day: date) -> pl.LazyFrame:
    late = (pl.col("state") == "overdue") & (pl.col("was") != "overdue").fill_null(value=True)
    became = pl.col("due_date").dt.offset_by("1d")
    since = became.dt.strftime("%d/%m/%Y")
    detail = (
        pl.when(became > pl.lit(before_day))
        .then(pl.concat_str(pl.lit("became overdue "), since))
        .when(pl.col("there").is_null())
        .then(pl.concat_str(pl.lit("overdue since "), since, pl.lit(", new in the data")))
        .otherwise(
            pl.concat_str(
                pl.lit("overdue since "),
                since,
                pl.lit(", the due date was "),
                _day("due_before").fill_null("not known"),
            )
        )
    )
    return _listed(here.filter(late), "overdue", detail)


def _moved(here: pl.LazyFrame) -> pl.LazyFrame:
    worker = pl.col("worker") != pl.col("worker_before")
    team = pl.col("team") != pl.col("team_before")
    detail = pl.concat_str(
        pl.when(worker).then(pl.concat_str("worker_before", pl.lit(" to "), "worker")),
        pl.when(team).then(pl.concat_str("team_before", pl.lit(" to "), "team")),
        separator="; ",
        ignore_nulls=True,
    )
    return _listed(here.filter(worker | team), "moved", detail)


def _new(here: pl.LazyFrame, left: pl.LazyFrame) -> pl.LazyFrame:
    done = left.filter(pl.col("change") == "done").select("person_id", "rule").unique()
    follows = done.with_columns(follows=pl.lit(value=True))
    rows = here.filter(pl.col("there").is_null()).join(follows, on=["person_id", "rule"], how="left")
    detail = (
        pl.when(pl.col("follows"))
        .then(pl.lit("the next, after the last was done"))
        .when(pl.col("started").is_not_null())
        .then(pl.concat_str(pl.lit("counted from "), _day("started")))
        .otherwise(pl.lit("no date to count from"))
    )
    return _listed(rows, "new", detail)


def _left(
    old: pl.LazyFrame, now: pl.LazyFrame, after: Scan, calendar: Calendar, after_day: date
) -> pl.LazyFrame:
    """What was owed before and is not now, in COLUMNS: done, or gone and why as far as that is known."""
    was = old.join(now.select("item_id"), on="item_id", how="anti")
    of_these = after("due_items").join(was.select("item_id"), on="item_id", how="semi")
    became = at(of_these, after("rules"), calendar, after_day).select(
        "item_id",
        "done_date",
        "ended",
        after_state="state",
        why="reason",
    )
    people = after("people").select("person_id", person=pl.lit(value=True))
    clients = clients_at(after, after_day).select("person_id", client=pl.lit(value=True))
    done = pl.col("done_date").is_not_null()
    why = (
        pl.when(done)
        .then(pl.concat_str(pl.lit("done "), _day("done_date")))
        .when(pl.col("person").is_null())
        .then(pl.lit("the child is not in the newer data"))
        .when(pl.col("ended").is_not_null())
        .then(pl.concat_str(pl.coalesce("why", pl.lit("it ended")), pl.lit(" ("), _day("ended"), pl.lit(")")))
        .when(pl.col("after_state") == "not_required")
        .then(pl.concat_str(pl.lit("not required: "), pl.coalesce("why", pl.lit("the rule says so"))))
        .when(pl.col("client").is_null())
        .then(pl.lit("the child has no open referral, plan or period of care"))
        .otherwise(pl.lit("what it counted from has changed in the data"))
    )
    return (
        was.join(became, on="item_id", how="left")
        .join(people, on="person_id", how="left")
        .join(clients, on="person_id", how="left")
        .with_columns(
            change=pl.when(done).then(pl.lit("done")).otherwise(pl.lit("gone")),
            detail=why,
            team_before="team",
            worker_before="worker",
            state=pl.lit(None, pl.String),
            days_shown=pl.lit(None, pl.String),
            owed=pl.lit(value=False),
        )
        .select(*COLUMNS)
    )


def _listed(rows: pl.LazyFrame, change: str, detail: pl.Expr) -> pl.LazyFrame:
    return rows.with_columns(change=pl.lit(change), detail=detail).select(*COLUMNS)


def counts(rows: pl.DataFrame) -> dict[str, int]:
    """How many rows of `work_changes` are of each change, every change, in order."""
    found = dict(rows.group_by("change").len().iter_rows())
    return {name: int(found.get(name, 0)) for name in CHANGES}


def headline(rows: pl.DataFrame, before_day: date, after_day: date) -> str:
    """What changed and how often, as one line."""
    told = ", ".join(f"{count:,} {SHORT[name]}" for name, count in counts(rows).items() if count)
    return f"{before_day:%d/%m/%Y} to {after_day:%d/%m/%Y}: {told or 'nothing changed'}"


def left_out(before: Scan, after: Scan) -> pl.LazyFrame:
    """Say what cannot be compared: rows held back in either snapshot.

    Returns:
        reason (a sentence), count (Int64, above zero), what (rows).
    """
    return pl.concat(
        [
            rows_held(scan).with_columns(reason=pl.concat_str(pl.lit(words), "reason"))
            for words, scan in (("in the older data ", before), ("in the newer data ", after))
        ]
    ).filter(pl.col("count") > 0)
