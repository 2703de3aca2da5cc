"""Care leavers and eligible young people, for supervision: what needs talking about first."""

from datetime import date

import polars as pl

from data.frames import Scan
from data.schema.codes import label_expr
from fcl_tui.definitions.caseload import UNALLOCATED, clients_at, in_scope
from fcl_tui.definitions.concerns import concerns, score
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.statuses import NO_LONGER_ELIGIBLE
from fcl_tui.definitions.wording.labels import NOT_HERE, NOT_THEN, blank_to_null
from fcl_tui.records.due.items import open_items, required, severity, worst

COLUMNS = (
    "person_id", "name", "age", "eligibility", "personal_adviser", "team", "in_touch",
    "latest_contact", "contact_due", "pathway_plan_date", "pathway_review_due", "accommodation",
    "accommodation_suitable", "activity", "eet", "state",
)  # fmt: skip
MORE = (
    "date_of_birth", "status", "also", "worker", "contact_state", "contact_days", "contact_unit",
    "pathway_item", "pathway_state", "pathway_days", "pathway_unit", "next_item", "next_due",
    "next_state", "next_days", "next_unit", "overdue", "score", "concerns", "not_in_source", "not_known",
)  # fmt: skip

NOT_RECORDED = "not recorded"

KNOWN_FROM: dict[str, tuple[str, str | None]] = {
    "eligibility": ("care_leavers", "clea_care_leaver_eligibility"),
    "in_touch": ("care_leavers", "clea_care_leaver_in_touch"),
    "latest_contact": ("care_leavers", "clea_care_leaver_latest_contact"),
    "contact_due": ("care_leavers", "clea_care_leaver_latest_contact"),
    "pathway_plan_date": ("care_leavers", "clea_pathway_plan_review_date"),
    "pathway_review_due": ("care_leavers", "clea_pathway_plan_review_date"),
    "accommodation": ("care_leavers", "clea_care_leaver_accommodation"),
    "accommodation_suitable": ("care_leavers", "clea_care_leaver_accom_suitable"),
    "activity": ("care_leavers", "clea_care_leaver_activity"),
    "eet": ("care_leavers", "clea_care_leaver_activity"),
}
"""The table and field behind each column, to say which of them the source cannot fill."""


CONTACT, PLAN = "clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"


def _records(scan: Scan, as_at: date, data_date: date | None) -> pl.LazyFrame:
    """One leaving care record a person, the one with the latest contact; later dates are not yet known.

    contact_later, plan_later (Boolean): only a later date is held, so the day's own is not known.
    later (Boolean): the record was written after the day, as a later date in it shows: what it says without
    a date (eligibility, in touch, home, activity) is not known for the day.
    """

    def by_now(column: str) -> pl.Expr:
        return pl.when(pl.col(column) <= as_at).then(column)

    def after(column: str) -> pl.Expr:
        return (pl.col(column) > as_at).fill_null(value=False)

    past = pl.lit(data_date is None or as_at < data_date)

    return (
        scan("care_leavers")
        .filter(~pl.col("clea_care_leaver_eligibility").fill_null("").is_in(NO_LONGER_ELIGIBLE))
        .select(
            pl.col("clea_person_id").alias("person_id"),
            eligibility="clea_care_leaver_eligibility",
            touch="clea_care_leaver_in_touch",
            latest_contact=by_now(CONTACT),
            pathway_plan_date=by_now(PLAN),
            contact_later=after(CONTACT),
            plan_later=after(PLAN),
            later=past & (after(CONTACT) | after(PLAN)),
            home=pl.col("clea_care_leaver_accommodation").cast(pl.String),
            suitable=pl.col("clea_care_leaver_accom_suitable").cast(pl.String),
            doing="clea_care_leaver_activity",
            row="source_row",
        )
        .with_columns(
            pl.when(~pl.col("later")).then(name).alias(name)
            for name in ("eligibility", "touch", "home", "suitable", "doing")
        )
        .sort(
            "person_id",
            "latest_contact",
            "pathway_plan_date",
            "row",
            descending=[False, True, True, True],
            nulls_last=True,
        )
        .unique("person_id", keep="first", maintain_order=True)
        .drop("row")
    )


def _due(scan: Scan, calendar: Calendar, as_at: date, person_ids: list[str] | None) -> pl.LazyFrame:
    """One row per person: the soonest contact, the soonest pathway item, the soonest of all."""
    items = (
        open_items(scan, calendar, as_at, person_ids)
        .filter(required())
        .sort("person_id", "due_date", "item_id", nulls_last=True)
    )
    contact, pathway = pl.col("rule") == "pa_contact", pl.col("rule").str.starts_with("pathway")

    def first(column: str, of: pl.Expr) -> pl.Expr:
        return pl.col(column).filter(of).first()

    return items.group_by("person_id", maintain_order=True).agg(
        contact_due=first("due_date", contact),
        contact_state=first("state", contact),
        contact_days=first("days", contact),
        contact_unit=first("unit", contact),
        pathway_review_due=first("due_date", pathway),
        pathway_item=first("item", pathway),
        pathway_state=first("state", pathway),
        pathway_days=first("days", pathway),
        pathway_unit=first("unit", pathway),
        next_item=pl.col("item").first(),
        next_due=pl.col("due_date").first(),
        next_state=pl.col("state").first(),
        next_days=pl.col("days").first(),
        next_unit=pl.col("unit").first(),
        overdue=(pl.col("state") == "overdue").sum().cast(pl.Int64),
        state=worst(severity().filter(contact | pathway).min()),
    )


def leaving_care(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    team: str | None = None,
    worker: str | None = None,
    person_ids: list[str] | None = None,
    data_date: date | None = None,
) -> pl.LazyFrame:
    """Every care leaver and eligible young person, by personal adviser, the most pressing first.

    Args:
        team, worker, person_ids: keep these (worker as personal adviser or allocated worker); None keeps all.
        data_date: the date of the source; from that day on a record is as it was, whatever later date
            is mistyped in it. None: not known.

    Returns:
        COLUMNS then MORE, one row per young person. eligibility, in_touch, accommodation, activity in words;
        accommodation_suitable (suitable, unsuitable); eet (yes, no); "not recorded" where the record is blank
        and "not in this source" where the source cannot carry the answer (a date is null then, and
        not_in_source lists the columns); "not known on that day" where the record holds a later date than the
        day (a date is null then, and not_known lists the columns). state: worst of contact and pathway plan,
        null when neither is due. standing: what screens and sheets show for it (see `_standing`);
        concerns_shown: the concerns in fewer cells. score and concerns: see `concerns`. Sorted by personal
        adviser (the unallocated first), score (highest first), next due date, name.
    """
    coverage = Coverage.read(scan)
    leavers = (
        scan("statuses")
        .filter(pl.col("status") == "care_leaver")
        .filter(open_on(as_at))
        .select("person_id")
        .unique()
    )
    codes = ("touch", "home", "suitable", "doing")
    rows = (
        in_scope(clients_at(scan, as_at), team, worker, person_ids)
        .join(leavers, on="person_id", how="semi")
        .join(_records(scan, as_at, data_date), on="person_id", how="left")
        .with_columns(pl.col("contact_later", "plan_later", "later").fill_null(value=False))
        .join(_due(scan, calendar, as_at, person_ids), on="person_id", how="left")
        .with_columns(score=score(coverage), concerns=concerns(coverage))
    )
    in_work = pl.col("doing").str.slice(0, 1)
    words = {
        "eligibility": pl.col("eligibility"),
        "in_touch": label_expr(pl.col("touch"), "in_touch"),
        "accommodation": label_expr(pl.col("home"), "accommodation"),
        "accommodation_suitable": label_expr(pl.col("suitable"), "accommodation_suitability"),
        "activity": label_expr(pl.col("doing"), "activity"),
        "eet": pl.when(in_work.is_in(["F", "P"])).then(pl.lit("yes")).when(in_work == "G").then(pl.lit("no")),
    }
    absent = coverage.columns_not_here(KNOWN_FROM)
    adviser_known = coverage.has("involvements") or coverage.has(
        "care_leavers", "clea_care_leaver_personal_advisor"
    )
    return (
        rows.with_columns(
            **{
                name: coverage.said(
                    pl.when("later").then(pl.lit(NOT_THEN)).otherwise(value.fill_null(NOT_RECORDED)),
                    *KNOWN_FROM[name],
                )
                for name, value in words.items()
            },
            personal_adviser=pl.col("personal_adviser").fill_null(UNALLOCATED if adviser_known else NOT_HERE),
            overdue=pl.col("overdue").fill_null(0),
            standing=_standing(),
            concerns_shown=pl.col("concerns")
            .str.replace_all("not in education, training or work", "not in EET", literal=True)
            .str.replace_all("pathway plan", "plan", literal=True),
            not_in_source=pl.lit(", ".join(absent) or None, pl.String),
            not_known=_not_known(absent),
        )
        .drop(codes)
        .sort(
            pl.col("personal_adviser") != UNALLOCATED,
            "personal_adviser",
            -pl.col("score"),
            pl.col("next_due").is_null(),
            "next_due",
            pl.col("name").is_null(),
            "name",
            "person_id",
        )
        .select(*COLUMNS, *MORE, "standing", "concerns_shown")
    )


def _standing() -> pl.Expr:
    """The state for reading: to_talk_about where the dates are well and something else is not."""
    in_time = pl.col("state").is_null() | (pl.col("state") == "due")
    return pl.when(in_time & (pl.col("score") > 0)).then(pl.lit("to_talk_about")).otherwise("state")


def _not_known(absent: list[str]) -> pl.Expr:
    """The columns that nobody can say for the day, as a list in words; null when there are none."""
    contact, plan = pl.col("contact_later"), pl.col("plan_later")
    when = {
        "latest_contact": contact,
        "contact_due": contact & pl.col("contact_due").is_null(),
        "pathway_plan_date": plan,
        "pathway_review_due": plan & pl.col("pathway_review_due").is_null(),
    }
    named = [
        pl.when(when.get(name, pl.col("later"))).then(pl.lit(name))
        for name in KNOWN_FROM
        if name not in absent
    ]
    none = pl.lit(None, pl.String)  # where the source holds nothing of it, there is nothing to name
    return blank_to_null(pl.concat_str(none, *named, separator=", ", ignore_nulls=True))


def advisers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add up a `leaving_care` frame by personal adviser.

    Returns:
        personal_adviser, young_people, to_talk_about (with any concern), contact_overdue, pathway_overdue,
        not_in_touch, unsuitable, not_in_eet (counts); in the order of the frame.
    """
    return rows.group_by("personal_adviser", maintain_order=True).agg(
        young_people=pl.len().cast(pl.Int64),
        to_talk_about=(pl.col("score") > 0).sum().cast(pl.Int64),
        contact_overdue=(pl.col("contact_state") == "overdue").sum().cast(pl.Int64),
        pathway_overdue=(pl.col("pathway_state") == "overdue").sum().cast(pl.Int64),
        not_in_touch=(pl.col("in_touch") == "not in touch").sum().cast(pl.Int64),
        unsuitable=(pl.col("accommodation_suitable") == "unsuitable").sum().cast(pl.Int64),
        not_in_eet=(pl.col("eet") == "no").sum().cast(pl.Int64),
    )
