"""Checks over whole tables: what cannot be right, or leaves a report unable to say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from data.merge import Scan, issues_of
from data.tables import fields, key_of, names, person_of

SPELLS = {
    "address": ("addr_address_start_date", "addr_address_end_date"),
    "immigration_status": ("immi_immigration_status_start_date", "immi_immigration_status_end_date"),
    "legal_status": ("lega_legal_status_start_date", "lega_legal_status_end_date"),
    "early_help_episodes": ("earl_episode_start_date", "earl_episode_end_date"),
    "cin_episodes": ("cine_referral_date", "cine_close_date"),
    "cin_assessments": ("cina_assessment_start_date", "cina_assessment_auth_date"),
    "cin_plans": ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    "s47_enquiry": ("s47e_s47_start_date", "s47e_s47_end_date"),
    "cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "cla_episodes": ("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    "cla_placement": ("clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    "cla_care_plan": ("lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),
    "missing": ("miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    "involvements": ("invo_involvement_start_date", "invo_involvement_end_date"),
    "linked_identifiers": ("link_valid_from_date", "link_valid_to_date"),
}
"""First and last day of what a row is about."""

_MAY_LIE_AHEAD = ("due", "target", "expected", "end", "ceased", "close", "valid_to", "pathway_plan_review")
"""Words in the names of dates that are often after today: planned, not happened."""

_BORN_BY_THEN = (
    "cla_episodes", "cla_placement", "cla_reviews", "cla_visits", "cla_health", "cla_convictions",
    "cla_substance_misuse", "cla_immunisations", "sdq_scores", "missing", "care_leavers",
)  # fmt: skip
"""Tables about a child who is born: referrals, plans and adoption decisions may come before a birth."""

_LINKS = ("professionals", "department")


def checks(scan: Scan, data_date: date) -> Iterator[pl.DataFrame]:
    """Find what is wrong in the finished tables; every frame has the columns of the issues.

    All of it is kept in the tables: these are doubts for the people who own the data.
    """
    people = scan("person").select("pers_person_id", "pers_dob").collect()
    for table in names():
        frame = scan(table)
        yield _orphans(table, frame, people)
        yield from _dates(table, frame, people, data_date)
        yield from _unknown_links(table, frame, scan)
    yield _without_birth_date(scan)
    yield _without_worker(scan, data_date)


def _orphans(table: str, frame: pl.LazyFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Rows of a child who is not in `person`, or of no child at all."""
    person = person_of(table)
    if person is None or table == "person":
        return issues_of(frame.head(0).collect(), table, "", "", effect="", reason="")
    rows = frame.select("source", "source_row", person)
    strangers = rows.join(people.lazy(), left_on=person, right_on="pers_person_id", how="anti").collect()
    nobody = strangers.filter(pl.col(person).is_null())
    known_number = strangers.filter(pl.col(person).is_not_null())
    reason = "The child is not in the table person, so is shown by number only; add the person in the source."
    unnamed = "The row does not say which child it is about, so it is in no child's report."
    return pl.concat(
        [
            issues_of(known_number, table, "orphan", "warning", effect="kept", reason=reason, column=person,
                      value=pl.col(person)),
            issues_of(nobody, table, "no_child", "error", effect="kept", reason=unnamed, column=person),
        ]
    )  # fmt: skip


def _dates(table: str, frame: pl.LazyFrame, people: pl.DataFrame, data_date: date) -> Iterator[pl.DataFrame]:
    person = person_of(table)
    dates = [field.name for field in fields(table) if field.kind in ("date", "datetime")]
    named = [person] if person else []
    rows = frame.select("source", "source_row", *named, *(pl.col(name).cast(pl.Date) for name in dates))
    if table in SPELLS:
        start, end = SPELLS[table]
        wrong = rows.filter(pl.col(end) < pl.col(start)).collect()
        reason = "It ends before it starts; correct one of the two dates in the source."
        yield issues_of(
            wrong, table, "end_before_start", "error", effect="kept", reason=reason, column=end,
            value=pl.concat_str(pl.col(start), pl.lit(" to "), pl.col(end)),
        )  # fmt: skip
    for name in dates:
        if not any(word in name.partition("_")[2] for word in _MAY_LIE_AHEAD):
            ahead = rows.filter(pl.col(name) > data_date).collect()
            reason = f"The date is after {data_date:%d/%m/%Y}, the day of the data."
            yield issues_of(
                ahead,
                table,
                "future_date",
                "warning",
                effect="kept",
                reason=reason,
                column=name,
                value=pl.col(name),
            )
    if table in _BORN_BY_THEN and person:
        born = rows.join(people.lazy(), left_on=person, right_on="pers_person_id", how="inner")
        for name in dates:
            early = born.filter(pl.col(name) < pl.col("pers_dob")).collect()
            reason = "The date is before the child was born; correct it or the date of birth."
            yield issues_of(
                early,
                table,
                "before_birth",
                "error",
                effect="kept",
                reason=reason,
                column=name,
                value=pl.col(name),
            )


def _unknown_links(table: str, frame: pl.LazyFrame, scan: Scan) -> Iterator[pl.DataFrame]:
    """Workers and teams that rows name and the registers do not hold: one issue for each, not each row."""
    for field in fields(table):
        register = field.foreign_key.partition(".")[0]
        if register not in _LINKS or table in _LINKS:
            continue
        key = key_of(register)
        known = scan(register).select(pl.col(key).alias(field.name))
        if register == "department":  # some systems write the team's name where its number belongs
            known = pl.concat([known, scan(register).select(pl.col("dept_team_name").alias(field.name))])
        if known.head(1).collect().is_empty():
            continue  # no register at all is said once, by the source
        person = person_of(table)
        strangers = (
            frame.filter(pl.col(field.name).is_not_null())
            .join(known.drop_nulls(), on=field.name, how="anti")
            .group_by("source", field.name)
            .agg(pl.col("source_row").min())
            .with_columns(pl.lit(None, dtype=pl.String).alias(person or "_person"))
            .sort("source", field.name)
            .collect()
        )
        what = "worker" if register == "professionals" else "team"
        reason = (
            f"No {what} has this number in {register}, so it is shown as it is. The first such row is named."
        )
        yield issues_of(
            strangers, table, f"unknown_{what}", "warning", effect="kept", reason=reason, column=field.name,
            value=pl.col(field.name),
        )  # fmt: skip


def _without_birth_date(scan: Scan) -> pl.DataFrame:
    rows = scan("person").filter(pl.col("pers_dob").is_null() & pl.col("pers_expected_dob").is_null())
    reason = "There is no date of birth, so no age and nothing that depends on it can be worked out."
    return issues_of(
        rows.collect(), "person", "no_birth_date", "warning", effect="kept", reason=reason, column="pers_dob"
    )


def _without_worker(scan: Scan, data_date: date) -> pl.DataFrame:
    """Open referrals of children with no worker on the day; silent where the source has no workers."""
    end = pl.col("invo_involvement_end_date")
    working = scan("involvements").filter(end.is_null() | (end > data_date)).select("invo_person_id")
    closed = pl.col("cine_close_date") <= data_date
    open_now = scan("cin_episodes").filter(
        (pl.col("cine_referral_date") <= data_date)
        & ~closed.fill_null(False)
        & (pl.col("cine_referral_nfa").fill_null("U") != "Y")
    )
    if scan("involvements").head(1).collect().is_empty():
        open_now = open_now.head(0)
    rows = open_now.join(working, left_on="cine_person_id", right_on="invo_person_id", how="anti").collect()
    reason = "The referral is open and nobody is recorded as working with the child."
    return issues_of(rows, "cin_episodes", "no_worker", "warning", effect="kept", reason=reason)


def best_coverage(said: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """For each table the best that any source says, earlier sources first; all 47 tables are there."""
    rank = {"full": 0, "partial": 1, "none": 2}
    best = (
        pl.concat([frame.with_columns(_order=pl.lit(number)) for number, frame in enumerate(said)])
        .with_columns(_rank=pl.col("coverage").replace_strict(rank, default=2, return_dtype=pl.Int8))
        .sort("_rank", "latest_only", "_order", nulls_last=True)
        .unique("table", keep="first", maintain_order=True)
        .drop("_rank", "_order")
    )
    return (
        pl.DataFrame({"table": names()})
        .join(best, on="table", how="left", maintain_order="left")
        .with_columns(
            pl.col("coverage").fill_null("none"),
            pl.col("latest_only").fill_null(False),
            pl.col("missing_columns", "note").fill_null(""),
        )
    )


def first_year(scan: Scan, data_date: date) -> int:
    """The year of the earliest thing that happened to a child, birth dates aside."""
    years = [data_date.year]
    for table in names():
        dates = [
            field.name
            for field in fields(table)
            if field.kind in ("date", "datetime") and not field.name.endswith("dob")
        ]
        if dates:
            first = scan(table).select(pl.min_horizontal(pl.col(dates).cast(pl.Date).min())).collect().item()
            years += [] if first is None else [first.year]
    return min(years)
