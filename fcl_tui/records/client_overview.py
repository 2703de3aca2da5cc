"""A caseload and what is due on it: one row per due item, or one row per child."""

from datetime import date, timedelta
from typing import Literal

import polars as pl

from data.dataclass import dataclass
from data.frames import Scan, collect
from fcl_tui.definitions.caseload import clients_at, in_scope
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.definitions.wording.omissions import rows_held, said, timescales_absent
from fcl_tui.records.due.items import (
    GROUPS,
    group,
    not_known_by_status,
    on_screen,
    open_items,
    pressing,
    required,
    severity,
    worst,
)

COLUMNS = (
    "person_id", "name", "date_of_birth", "age", "status", "team", "worker", "rule", "item",
    "last_date", "due_date", "state", "days", "unit", "statutory",
)  # fmt: skip
"""The first columns, the same for both forms."""

MORE = (
    "item_id",
    "kind",
    "also",
    "personal_adviser",
    "legal_status",
    "started",
    "started_by",
    "reason",
    "assumed",
    "days_shown",
)

NOTHING_DUE = "nothing due"

WITHOUT_ACTION = 'not closed, but "no further action", so their children are not shown for them'


def soonest_first() -> list[pl.Expr]:
    """The order of due items: as `due.pressing` says, then by name."""
    return [
        *pressing(),
        pl.col("name").is_null(),
        pl.col("name"),
        pl.col("person_id"),
        pl.col("item_id"),
    ]


@dataclass(frozen=True)
class OnTheDay:
    """What the rows, the totals and what is left out are all made of."""

    clients: pl.LazyFrame
    """every client on the day, in scope or not: `caseload.clients_at`"""
    items: pl.LazyFrame
    """what is open, of clients and of others: `due.open_items`"""


def on_the_day(
    scan: Scan, calendar: Calendar, as_at: date, person_ids: list[str] | None = None, *, once: bool = False
) -> OnTheDay:
    """Clients and open items.

    Args:
        person_ids: read these children's items only; None reads all.
        once: collect them now, so that three questions about them read them once.
    """
    found = OnTheDay(clients_at(scan, as_at), open_items(scan, calendar, as_at, person_ids))
    return OnTheDay(collect(found.clients).lazy(), collect(found.items).lazy()) if once else found


def _items(clients: pl.LazyFrame, items: pl.LazyFrame) -> pl.LazyFrame:
    # put in order before they are made wide: clients come by name and number already
    by_name = clients.with_row_index("by_name")
    return (
        items.join(by_name.select("person_id", "by_name"), on="person_id", how="inner")
        .sort(*pressing(), "by_name", "item_id")
        .join(by_name, on="by_name", how="left", maintain_order="left", suffix="_again")
    )


def _shown(name: str) -> pl.Expr:
    """A kind's date for reading, with its shape: "!! 15/11/2026"; or that the source cannot tell."""
    state = pl.col(f"{name}_state")
    shapes = {"overdue": "!! ", "due_soon": "!  ", "due": "OK "}
    shape = state.replace_strict(shapes, default="", return_dtype=pl.String)
    day = pl.col(f"{name}_due").dt.strftime("%d/%m/%Y")
    return (
        pl.when(state == NOT_HERE)
        .then(pl.lit("not in source"))
        .otherwise(pl.concat_str(shape, day))
        .alias(f"{name}_shown")
    )


def _by_child(scan: Scan, clients: pl.LazyFrame, items: pl.LazyFrame) -> pl.LazyFrame:
    to_do = _items(clients, items).filter(required()).with_columns(group=group())
    of_item = (*COLUMNS[7:], "item_id", "kind", "started", "started_by", "reason", "assumed", "days_shown")
    of_group = [
        pl.col(column)
        .filter(pl.col("group") == name)
        .sort_by(pl.col("due_date").filter(pl.col("group") == name), nulls_last=True, maintain_order=True)
        .first()
        .alias(f"{name}_{short}")
        for name in GROUPS
        for column, short in (
            ("item", "item"),
            ("due_date", "due"),
            ("state", "state"),
            ("days", "days"),
            ("unit", "unit"),
        )
    ]
    summary = to_do.group_by("person_id", maintain_order=True).agg(
        *(pl.col(column).first() for column in of_item if column != "state"),
        *of_group,
        state=worst(severity().min()),
        overdue=(pl.col("state") == "overdue").sum().cast(pl.Int64),
        due_soon=(pl.col("state") == "due_soon").sum().cast(pl.Int64),
        items=pl.len().cast(pl.Int64),
    )
    unknown = not_known_by_status(Coverage.read(scan))
    state_of = [
        pl.coalesce(f"{name}_state", pl.when(pl.col(f"{name}_not_here")).then(pl.lit(NOT_HERE))).alias(
            f"{name}_state"
        )
        for name in GROUPS
    ]
    return (
        clients.join(summary, on="person_id", how="left")
        .join(unknown, on="status", how="left")
        .with_columns(
            item=pl.coalesce("item", pl.when("nothing_known").then(pl.lit(NOT_HERE)), pl.lit(NOTHING_DUE)),
            overdue=pl.col("overdue").fill_null(0),
            due_soon=pl.col("due_soon").fill_null(0),
            items=pl.col("items").fill_null(0),
        )
        .with_columns(state_of)
        .sort(soonest_first())
        .select(
            *COLUMNS,
            *MORE,
            "overdue",
            "due_soon",
            "items",
            *(f"{name}_{short}" for name in GROUPS for short in ("item", "due", "state", "days", "unit")),
            *(_shown(name) for name in GROUPS),
            "not_known",
        )
    )


def client_overview(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    by: Literal["item", "child"] = "item",
    team: str | None = None,
    worker: str | None = None,
    person_ids: list[str] | None = None,
    overdue_only: bool = False,
    known: OnTheDay | None = None,
) -> pl.LazyFrame:
    """Say what is due on a caseload.

    Args:
        by: "item" for one row per due item, "child" for one row per client with the soonest of each kind.
        team, worker, person_ids: keep these (worker as allocated worker or personal adviser); None keeps all.
        overdue_only: keep what is overdue; by child, the children with anything overdue.
        known: what `on_the_day` gave for the same scan, day and person_ids; None works it out.

    Returns:
        COLUMNS (rule, item, last_date, due_date, state, days, unit, statutory speak of the item, or of the
        child's most pressing item; days in the rule's own unit, wd working days, else calendar days,
        negative when late), then MORE. By child: state is the worst of the child's items, item "nothing due"
        (or "not in this source") when there is none; then overdue, due_soon, items (counts) and for visit,
        review, assessment and other: _item, _due, _state ("not in this source" where the source cannot tell),
        _days, _unit, and _shown (the date with its shape, for reading); not_known (what this source
        cannot tell of a child of this status, in words, or null). Every client on the day has a row by child.
        By item also what only screens show: standing, item_short (see `due.on_screen`).
        Overdue first, of that what can be chased (see `due.pressing`); then soonest first, then by name;
        items not required last.
    """
    known = known or on_the_day(scan, calendar, as_at, person_ids)
    clients = in_scope(known.clients, team, worker, person_ids)
    if by == "child":
        frame = _by_child(scan, clients, known.items)
        return frame.filter(pl.col("overdue") > 0) if overdue_only else frame
    frame = _items(clients, known.items).select(*COLUMNS, *MORE, *on_screen())
    return frame.filter(pl.col("state") == "overdue") if overdue_only else frame


def totals(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    team: str | None = None,
    worker: str | None = None,
    person_ids: list[str] | None = None,
    known: OnTheDay | None = None,
) -> pl.LazyFrame:
    """Add up a caseload: one row for all and one for each kind of item.

    Returns:
        kind (all, visit, review, assessment, other), clients (with an item of the kind; for all: every
        client), overdue, due_in_7, due_in_14 (items due from the as-at day up to 7 or 14 calendar days on,
        the 14 holding the 7), items (all that are required). Always five rows, in this order.
    """
    known = known or on_the_day(scan, calendar, as_at, person_ids)
    clients = in_scope(known.clients, team, worker, person_ids)
    of_them = known.items.join(clients, on="person_id", how="semi")
    items = of_them.filter(required()).with_columns(kind=group())

    def within(days: int) -> pl.Expr:
        return (
            pl.col("due_date")
            .is_between(pl.lit(as_at), pl.lit(as_at + timedelta(days=days)))
            .sum()
            .cast(pl.Int64)
        )

    counts = {
        "clients": pl.col("person_id").n_unique().cast(pl.Int64),
        "overdue": (pl.col("state") == "overdue").sum().cast(pl.Int64),
        "due_in_7": within(7),
        "due_in_14": within(14),
        "items": pl.len().cast(pl.Int64),
    }
    everyone = clients.select(pl.len().cast(pl.Int64).alias("clients"))
    whole = pl.concat([everyone, items.select(**counts).drop("clients")], how="horizontal").select(
        pl.lit("all").alias("kind"), *counts
    )
    kinds = pl.LazyFrame({"kind": list(GROUPS)}).join(
        items.group_by("kind").agg(**counts), on="kind", how="left", maintain_order="left"
    )
    return pl.concat([whole, kinds.select("kind", *(pl.col(name).fill_null(0) for name in counts))])


def _without_action(
    scan: Scan, clients: pl.LazyFrame, as_at: date, person_ids: list[str] | None
) -> pl.LazyFrame:
    """Referrals with no further action that nobody closed, of children who are no clients otherwise."""
    rows = scan("cin_episodes").filter(
        pl.col("cine_referral_nfa") == "Y", open_on(as_at, "cine_referral_date", "cine_close_date")
    )
    if person_ids is not None:
        rows = rows.filter(pl.col("cine_person_id").is_in(person_ids))
    return rows.join(clients, left_on="cine_person_id", right_on="person_id", how="anti")


def left_out(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    team: str | None = None,
    worker: str | None = None,
    person_ids: list[str] | None = None,
    known: OnTheDay | None = None,
) -> pl.LazyFrame:
    """Say what the overview does not show, and why.

    Returns:
        reason (a sentence), count (Int64, above zero), what (items, referrals, rows, timescales).
    """
    known = known or on_the_day(scan, calendar, as_at, person_ids)
    clients, items = known.clients, known.items.filter(required())
    unowned = items.join(clients, on="person_id", how="anti")
    dateless = items.join(in_scope(clients, team, worker, person_ids), on="person_id", how="semi").filter(
        pl.col("due_date").is_null()
    )
    reasons = [said(dateless, "shown without a due date, because a date it counts from is missing", "items")]
    if team is None and worker is None:
        open_elsewhere = "open, but the child has no open referral, plan or period of care on the day"
        reasons.insert(0, said(unowned, open_elsewhere, "items"))
        reasons.insert(
            1, said(_without_action(scan, clients, as_at, person_ids), WITHOUT_ACTION, "referrals")
        )
    return pl.concat([*reasons, rows_held(scan), timescales_absent(scan)]).filter(pl.col("count") > 0)
