"""Children in foster care: with whom, since when, how far, how settled, and what is due for each."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import described_at, statuses_at
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.periods import twelve_months
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.labels import blank_to_null, label_as_sentence
from fcl_tui.definitions.wording.omissions import said
from fcl_tui.measures.fostering import KIND_NAMES, LENGTHS, UNPLANNED
from fcl_tui.records.on_time import open_now

FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
OF_PROVIDER = {
    "PR1": "in_house",
    "PR2": "other_authority",
    "PR3": "other_public",
    "PR4": "agency",
    "PR5": "agency",
}
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
SAME_HOME = "PLACE"
"""Why a placement ended when only its status changed: the child stayed with the same carer."""
FAR = 20.0
"""Miles from home from which a placement counts as far (official statistics: over 20 miles)"""
VISITS = dict.fromkeys(("cla_visit", "cla_visit_care_order_home", "adoption_placement_visit"), "visit")
REVIEWS = dict.fromkeys(
    ("cla_review_first", "cla_review_second", "cla_review_later", "adoption_placement_review"), "review"
)


def _code(column: str) -> pl.Expr:
    return blank_to_null(pl.col(column)).str.to_uppercase()


def kind() -> pl.Expr:
    """Who fosters (of KIND_NAMES), from placement_type and provider: for adoption first, then connected."""
    of_provider = pl.col("provider").replace_strict(
        OF_PROVIDER, default="not_recorded", return_dtype=pl.String
    )
    return (
        pl.when(pl.col("placement_type").is_in(["U2", "U5"]))
        .then(pl.lit("for_adoption"))
        .when(pl.col("placement_type").is_in(["U1", "U3"]))
        .then(pl.lit("connected"))
        .otherwise(of_provider)
    )


def placements(scan: Scan, as_at: date) -> pl.LazyFrame:
    """Every placement that had begun by the day, as it was known then.

    Returns:
        placement_id, person_id, placement_type, provider (codes), start, end (Date; end null = open on the
        day), reason (code, of those that had ended), miles (Float64), source_row.
    """
    day = pl.lit(as_at)
    start, end = pl.col("clap_cla_placement_start_date"), pl.col("clap_cla_placement_end_date")
    over = end <= day
    return (
        scan("cla_placement")
        .filter(pl.col("clap_person_id").is_not_null(), start.is_null() | (start <= day))
        .select(
            "source_row",
            placement_id="clap_cla_placement_id",
            person_id="clap_person_id",
            placement_type=_code("clap_cla_placement_type"),
            provider=_code("clap_cla_placement_provider"),
            start=start,
            end=pl.when(over).then(end),
            reason=pl.when(over).then(_code("clap_cla_placement_change_reason")),
            miles="clap_cla_placement_distance",
        )
    )


def _now(scan: Scan, as_at: date) -> pl.LazyFrame:
    """The placement of each child on the day: of several open the latest begun."""
    return (
        placements(scan, as_at)
        .filter(open_on(as_at))
        .sort("person_id", "start", "placement_id", descending=[False, True, True], nulls_last=True)
        .unique("person_id", keep="first", maintain_order=True)
    )


def _stability(scan: Scan, as_at: date) -> pl.LazyFrame:
    """person_id, placements_12m, unplanned_12m: of the twelve months to the day.

    A placement counts when it began in them or was open on their first day. Temporary ones (T0-T4) are left
    out, and one that ended because only its status changed: the one after it stands for both.
    """
    first = pl.lit(twelve_months(as_at)[0])
    counted = (
        (pl.col("end").is_null() | (pl.col("end") > first) | (pl.col("start") >= first))
        & ~pl.col("placement_type").is_in(TEMPORARY).fill_null(value=False)
        & (pl.col("reason") != SAME_HOME).fill_null(value=True)
    )
    ended = (pl.col("end") >= first) & pl.col("placement_type").is_in(FOSTER)
    unplanned = ended & pl.col("reason").is_in(UNPLANNED)
    return (
        placements(scan, as_at)
        .group_by("person_id")
        .agg(
            placements_12m=counted.sum().cast(pl.Int64),
            unplanned_12m=unplanned.fill_null(value=False).sum().cast(pl.Int64),
        )
    )


def _next(scan: Scan, calendar: Calendar, as_at: date, kinds: dict[str, str], name: str) -> pl.LazyFrame:
    """person_id, <name>_due, <name>_state: of several the one that is due first."""
    return (
        open_now(scan, calendar, as_at, kinds)
        .sort("person_id", "due_date", "item_id", nulls_last=True)
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", pl.col("due_date").alias(f"{name}_due"), pl.col("state").alias(f"{name}_state"))
    )


def children(
    scan: Scan,
    history: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    kind_asked: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per child who is looked after on the day and lives with foster carers (placement U1 to U6).

    Args:
        scan: the frames for what is open on the day.
        history: the same with everything, for the placements.
        kind_asked: keep this kind (of `measures.fostering.KIND_NAMES`); person_ids: these children. None
            keeps all.

    Returns:
        person_id (unique), name, date_of_birth, age, team, worker (on the day), kind, kind_name,
        placement, provider (words; null where it is blank), since (Date), days (Int64, calendar days from the
        first day to the as-at day; null without a start), length (of LENGTHS), miles (Float64), far (Boolean:
        over 20 miles; null without a distance), placements_12m, unplanned_12m (see `_stability`), visit_due,
        review_due (Date), visit_state, review_state; sorted by name, person_id.
    """
    looked_after = statuses_at(scan, as_at).filter(pl.col("status") == "looked_after").select("person_id")
    rows = (
        _now(history, as_at)
        .filter(pl.col("placement_type").is_in(FOSTER))
        .join(looked_after, on="person_id", how="semi")
        .with_columns(kind=kind())
    )
    if kind_asked is not None:
        rows = rows.filter(pl.col("kind") == kind_asked)
    if person_ids is not None:
        rows = rows.filter(pl.col("person_id").is_in(person_ids))
    day = pl.lit(as_at)
    under_3m, under_1y, under_2y, over, unknown = LENGTHS
    start = pl.col("start")
    length = (
        pl.when(start.is_null())
        .then(pl.lit(unknown))
        .when(start > day.dt.offset_by("-3mo"))
        .then(pl.lit(under_3m))
        .when(start > day.dt.offset_by("-12mo"))
        .then(pl.lit(under_1y))
        .when(start > day.dt.offset_by("-24mo"))
        .then(pl.lit(under_2y))
        .otherwise(pl.lit(over))
    )
    who = described_at(scan, as_at, rows.select("person_id").unique())
    return (
        rows.join(
            who.select("person_id", "name", "date_of_birth", "age", "team", "worker"),
            on="person_id",
            how="left",
        )
        .join(_stability(history, as_at), on="person_id", how="left")
        .join(_next(scan, calendar, as_at, VISITS, "visit"), on="person_id", how="left")
        .join(_next(scan, calendar, as_at, REVIEWS, "review"), on="person_id", how="left")
        .select(
            "person_id", "name", "date_of_birth", "age", "team", "worker", "kind",
            kind_name=pl.col("kind").replace(KIND_NAMES),
            placement=label_as_sentence(pl.col("placement_type"), "placement_type"),
            provider=label_as_sentence(pl.col("provider"), "placement_provider"),
            since="start", days=(day - start).dt.total_days(), length=length, miles="miles",
            far=pl.col("miles") > FAR, placements_12m="placements_12m", unplanned_12m="unplanned_12m",
            visit_due="visit_due", visit_state="visit_state", review_due="review_due",
            review_state="review_state", source_row="source_row",
        )
        .sort("name", "person_id", nulls_last=True)
    )  # fmt: skip


def left_out(scan: Scan, history: Scan, as_at: date) -> pl.LazyFrame:
    """Who is in no figure although a placement or a status says something: reason, count, what.

    A child with an open foster placement who is not looked after on the day; one looked after whose placement
    on the day is a temporary one, or who has none.
    """
    looked_after = statuses_at(scan, as_at).filter(pl.col("status") == "looked_after").select("person_id")
    now = _now(history, as_at)
    foster = now.filter(pl.col("placement_type").is_in(FOSTER))
    return pl.concat(
        [
            said(
                foster.join(looked_after, on="person_id", how="anti"),
                "with an open foster placement, but not looked after on the day (short breaks, care ended)",
                "children",
            ),
            said(
                now.filter(pl.col("placement_type").is_in(TEMPORARY)).join(
                    looked_after, on="person_id", how="semi"
                ),
                "in a temporary placement on the day (hospital, holiday, up to seven days)",
                "looked-after children",
            ),
            said(
                looked_after.join(now.drop_nulls("placement_type"), on="person_id", how="anti"),
                "without an open placement of a known type",
                "looked-after children",
            ),
        ]
    ).filter(pl.col("count") > 0)
