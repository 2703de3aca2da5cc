"""Lists 8, 9 and 10: children in care, care leavers, adoption."""

from collections.abc import Iterator

import polars as pl

from data.schema.codes import code_expr
from data.schema.tables import polars_schema
from data.sources.annex_a.fields import FIELDS
from data.sources.annex_a.parts import Parts, empty, key, keyed, single, stated

PLAN_KEYS = {"LTFOST": "LTFOST18", "OTHER": "OTHERPLN"}
"""Permanence plan codes whose JSON key in the standard is another; the rest are their own key."""

_POSTCODE = r"(?i)^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$"


def care(parts: Parts) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the periods of care and what list 8 says of each, care leavers, and permanence."""
    listed = parts.rows(8, "cla_episodes").with_columns(
        clae_cla_id=_period("clae_person_id", "clae_entered_care_date")
    )
    spell = listed.select(
        period="clae_cla_id", start="clae_entered_care_date", end="clae_cla_episode_ceased_date"
    )
    placements = _placements(parts, spell)
    adoption = parts.rows(10, "permanence")
    episodes = _episodes(parts, listed, placements, adoption)
    yield "cla_episodes", episodes
    yield "cla_placement", placements.select(*polars_schema("cla_placement"))
    yield "legal_status", _legal(parts, spell)
    yield "cla_reviews", _latest(parts, "cla_reviews", spell, "AA-8R")
    yield "cla_visits", _latest(parts, "cla_visits", spell, "AA-8V")
    yield "cla_care_plan", _care_plan(parts)
    yield "cla_health", _health(parts, spell)
    yield "care_leavers", _leavers(parts)
    yield "permanence", _permanence(parts, adoption, episodes)


def _period(person: str, entered: str) -> pl.Expr:
    return pl.when(pl.col(entered).is_not_null()).then(key("AA-8", person, entered))


def _placements(parts: Parts, spell: pl.DataFrame) -> pl.DataFrame:
    table = "cla_placement"
    rows = pl.concat([parts.rows(8, table), spell], how="horizontal")
    rows = stated(rows, 8, table)
    parts.dated(rows, 8, table, "clap_cla_placement_start_date")
    postcode = pl.col("clap_cla_placement_postcode")
    wrong = rows.filter(~postcode.str.contains(_POSTCODE))
    parts.say(
        wrong, "not_a_postcode", 8, table, "This is not a postcode, so it was left blank.",
        effect="value left blank", severity="note", column="Placement postcode",
        value="clap_cla_placement_postcode", person="clap_person_id",
    )  # fmt: skip
    rows = rows.with_columns(
        clap_cla_placement_postcode=pl.when(postcode.str.contains(_POSTCODE)).then(
            postcode.str.to_uppercase()
        ),
        clap_cla_id="period",
        clap_cla_placement_end_date=pl.col("end"),
    )
    return keyed(rows, "AA-8P", "clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_id")


def _episodes(
    parts: Parts, listed: pl.DataFrame, placements: pl.DataFrame, adoption: pl.DataFrame
) -> pl.DataFrame:
    """One row per period of care: list 8 tells the period and its latest state, not the episodes in it."""
    table, entered = "cla_episodes", "clae_entered_care_date"
    rows = stated(listed, 8, table)
    parts.dated(rows, 8, table, entered)
    rows = (
        rows.drop("clae_cla_placement_id")
        .join(
            placements.select("source_row", pl.col("clap_cla_placement_id").alias("clae_cla_placement_id")),
            on="source_row",
            how="left",
        )
        .select(*polars_schema(table))
    )
    rows = pl.concat([rows, _adopted(parts, rows, adoption)]).with_columns(
        clae_cla_episode_start_date=entered
    )
    return keyed(rows, "AA-8E", "clae_person_id", entered, "clae_cla_episode_id")


def _adopted(parts: Parts, rows: pl.DataFrame, adoption: pl.DataFrame) -> pl.DataFrame:
    """Periods of care that only list 10 tells: they ended with the adoption order.

    A child of list 10 who is in neither list 8 nor adopted may or may not be in care: nothing is made
    of the day they entered it, and an issue says so.
    """
    table, entered, heading = "cla_episodes", "clae_entered_care_date", "Date the Child Entered Care"
    told = parts.rows(10, table, {entered: heading}).with_columns(
        clae_cla_episode_ceased_date=adoption["perm_permanence_order_date"]
    )
    told = told.filter(pl.col(entered).is_not_null()).join(
        rows.select("clae_person_id", entered), on=["clae_person_id", entered], how="anti"
    )
    parts.say(
        told.filter(pl.col("clae_cla_episode_ceased_date").is_null()).with_columns(pl.col(entered).cast(pl.String)),
        "care_not_in_list_8", 10, table,
        "List 8 has no period of care that began on this day and there is no adoption order, so whether the "
        "child is in care is not known; the day was not used.",
        effect="value left blank", column=heading, value=entered, person="clae_person_id",
    )  # fmt: skip
    adopted = told.filter(pl.col("clae_cla_episode_ceased_date").is_not_null())
    return adopted.with_columns(clae_cla_id=_period("clae_person_id", entered)).unique(
        ["clae_person_id", entered], keep="first", maintain_order=True
    )


def _legal(parts: Parts, spell: pl.DataFrame) -> pl.DataFrame:
    table, start = "legal_status", "lega_legal_status_start_date"
    rows = pl.concat([parts.rows(8, table), spell.select("end")], how="horizontal")
    rows = stated(rows, 8, table).with_columns(lega_legal_status_end_date="end").select(*polars_schema(table))
    parts.dated(rows, 8, table, start)
    return keyed(rows, "AA-8L", "lega_person_id", start, "lega_legal_status_id")


_EVENTS = {
    "cla_reviews": ("clar_cla_person_id", "clar_cla_review_date", "clar_cla_id", "clar_cla_review_id"),
    "cla_visits": ("clav_person_id", "clav_cla_visit_date", "clav_cla_id", "clav_cla_visit_id"),
}


def _latest(parts: Parts, table: str, spell: pl.DataFrame, prefix: str) -> pl.DataFrame:
    """The latest review or visit of a child, once, in the period of care it fell in."""
    person, date, period, number = _EVENTS[table]
    rows = pl.concat([parts.rows(8, table), spell], how="horizontal")
    rows = single(rows, person, date, "start", "end").with_columns(pl.col("period").alias(period))
    return keyed(rows.select(*polars_schema(table)), prefix, person, date, number)


def _care_plan(parts: Parts) -> pl.DataFrame:
    table, plan, person = "cla_care_plan", "lacp_cla_care_plan_json", "lacp_person_id"
    rows = stated(parts.rows(8, table), 8, table)
    code = code_expr(pl.col(plan), "permanence_plan")
    parts.say(
        rows.filter(code.is_null()), "unknown_code", 8, table,
        "The value is not in the code list permanence_plan; it was left blank.",
        effect="value left blank", column=FIELDS[8][table][plan], value=plan, person=person,
    )  # fmt: skip
    known = rows.filter(code.is_not_null())
    known = known.with_columns(
        pl.concat_str(pl.lit('{"'), code.replace(PLAN_KEYS), pl.lit('": "Y"}')).alias(plan)
    )
    return keyed(known, "AA-8C", person, None, "lacp_table_id")


def _health(parts: Parts, spell: pl.DataFrame) -> pl.DataFrame:
    person, date = "clah_person_id", "clah_health_check_date"
    found = []
    for kind, heading in (
        ("HEALTH", "Date of Last Health Assessment"),
        ("DENTAL", "Date of Last Dental Check"),
    ):
        rows = pl.concat([parts.rows(8, "cla_health", {date: heading}), spell], how="horizontal")
        rows = single(rows, person, date, "start", "end").with_columns(
            clah_health_check_type=pl.lit(kind), clah_health_check_status=pl.lit("Completed")
        )
        rows = rows.select(*polars_schema("cla_health"))
        found.append(keyed(rows, f"AA-8{kind[0]}", person, date, "clah_health_check_id"))
    return pl.concat(found)


def _leavers(parts: Parts) -> pl.DataFrame:
    rows = stated(parts.rows(9, "care_leavers"), 9, "care_leavers")
    return keyed(rows, "AA-9", "clea_person_id", None, "clea_table_id")


def _permanence(parts: Parts, rows: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    table = "permanence"
    if not rows.height:
        return empty(table)
    entered = parts.rows(10, "cla_episodes", {"clae_entered_care_date": "Date the Child Entered Care"})
    parts.issues.pop()  # the same column, typed and told before
    period = entered.select(period=_period("clae_person_id", "clae_entered_care_date"))["period"]
    known = period.is_in(episodes["clae_cla_id"].drop_nulls().implode()).fill_null(False)
    order = pl.col("perm_permanence_order_date").is_not_null()
    rows = rows.with_columns(
        perm_cla_id=pl.when(known).then(period),
        perm_permanence_order_type=pl.when(order).then(pl.lit("Adoption")),
    )
    rows = stated(rows, 10, table)
    return keyed(rows, "AA-10", "perm_person_id", "perm_adm_decision_date", "perm_table_id")
