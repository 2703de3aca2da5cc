"""Leaving care (OC3), adoption (placed for adoption, AD1), earlier permanence, and social workers."""

from collections.abc import Iterator

import polars as pl

from data.schema.codes import code_expr
from data.schema.convert import NOTHING
from data.schema.tables import polars_schema
from data.sources.annex_a.parts import keyed
from data.sources.ssda903.care import in_periods
from data.sources.ssda903.parts import FIELDS, Parts, made, stated

ADOPTED = ("E11", "E12")
"""Reasons for which care ended with an adoption order, made on the day it ended."""

ROLE = "allocated worker"
_ACCOMMODATION = r"^\s*([A-Za-z]|0+)\s*([12])?\s*$"


def leaving(parts: Parts, found: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield care leavers, permanence, previous permanence, social workers and their involvements."""
    yield "care_leavers", _leavers(parts)
    yield "permanence", _permanence(parts, found)
    yield "cla_previous_permanence", _previous(parts)
    yield "professionals", _workers(parts)
    yield "involvements", _involvements(parts)


def _leavers(parts: Parts) -> pl.DataFrame:
    """The latest answers about each care leaver. ACCOM is a letter and whether it is suitable, as in B1."""
    table = "care_leavers"
    rows = parts.rows("oc3", table)
    said = parts.raw("oc3", "ACCOM").select("ACCOM")
    letter = pl.col("ACCOM").str.extract(_ACCOMMODATION, 1).str.replace("^0+$", "0")
    suitable = pl.col("ACCOM").str.extract(_ACCOMMODATION, 2)
    rows = pl.concat([rows, said], how="horizontal").with_columns(
        clea_care_leaver_accommodation=code_expr(letter, "accommodation"),
        clea_care_leaver_accom_suitable=code_expr(suitable, "accommodation_suitability"),
    )
    strange = pl.col("clea_care_leaver_accommodation").is_null() & ~pl.col("ACCOM").is_in(NOTHING)
    parts.say(
        rows.filter(strange.fill_null(False)), "unknown_code", table,
        "This is not a letter with 1 (suitable) or 2 (unsuitable), as B1, so accommodation was left blank.",
        effect="value left blank", column="ACCOM", value=pl.col("ACCOM"),
    )  # fmt: skip
    rows = rows.select(*polars_schema(table))
    return keyed(rows, "903-V", "clea_person_id", None, "clea_table_id")


def _permanence(parts: Parts, found: pl.DataFrame) -> pl.DataFrame:
    """One row per decision that a child should be placed for adoption; AD1 tells more of the adopted.

    The two files speak of the same decision where child and day agree; otherwise both stand.
    """
    table, person, day = "permanence", "perm_person_id", "perm_adm_decision_date"
    adopted = _with_order(parts.rows("ad1", table), found)
    decided = parts.rows("placed_for_adoption", table)
    parts.dated(decided, table, day, "DATE_PLACED")
    fields = [name for name in polars_schema(table) if name not in (person, day)]
    first = pl.struct(person, day).is_first_distinct()
    for again, column in ((decided.filter(~first), "DATE_PLACED"), (adopted.filter(~first), "DATE_INT")):
        reason = "Another row is about a decision of this child on the same day; both are used, correct one."
        parts.say(again, "same_decision", table, reason, column=column)
    both = decided.filter(first).join(
        adopted.filter(first), on=[person, day], how="full", coalesce=True, suffix=" ad1"
    )
    both = both.with_columns(pl.coalesce(name, f"{name} ad1").alias(name) for name in fields)
    schema = polars_schema(table)
    rows = pl.concat(
        [both.select(*schema), decided.filter(~first).select(*schema), adopted.filter(~first).select(*schema)]
    )
    held = in_periods(rows, found, person, day)
    rows = rows.drop("perm_cla_id").join(held, on="source_row", how="left").rename({"period": "perm_cla_id"})
    return keyed(rows.select(*polars_schema(table)), "903-D", person, day, "perm_table_id")


def _with_order(adopted: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """AD1 rows with the adoption order: the day care ended for it (REC E11 or E12), after the decision."""
    person, day = "perm_person_id", "perm_adm_decision_date"
    ended = found.filter(pl.col("clae_cla_episode_ceased_reason").is_in(ADOPTED)).select(
        pl.col("clae_person_id").alias(person), order=pl.col("clae_cla_episode_ceased_date")
    )
    orders = (
        adopted.select("source_row", person, day)
        .join(ended, on=person)
        .filter((pl.col("order") >= pl.col(day)).fill_null(True))
        .sort("source_row", "order")
        .unique("source_row", keep="first", maintain_order=True)
        .select("source_row", "order")
    )
    rows = adopted.join(orders, on="source_row", how="left", maintain_order="left")
    return rows.with_columns(
        perm_permanence_order_date="order", perm_permanence_order_type=pl.lit("Adoption")
    ).drop("order")


def _previous(parts: Parts) -> pl.DataFrame:
    table = "cla_previous_permanence"
    rows = stated(parts.rows("previous_permanence", table), list(FIELDS["previous_permanence", table]))
    return keyed(rows, "903-B", "lapp_person_id", None, "lapp_table_id")


def _worker(column: str = "SW_ID") -> pl.Expr:
    """A worker's registration number, without spaces and in capitals; null where there is none."""
    plain = pl.col(column).str.to_uppercase().str.replace_all(r"\s+", "")
    return pl.when(~pl.col(column).is_in(NOTHING)).then(plain)


def _workers(parts: Parts) -> pl.DataFrame:
    """Social workers by their registration number: a return has no names."""
    rows = (
        parts.raw("sw_episodes", "SW_ID")
        .with_columns(number=_worker())
        .filter(pl.col("number").is_not_null())
    )
    return made(
        "professionals", parts.problems.source, rows.unique("number", keep="first", maintain_order=True),
        prof_professional_id=pl.col("number"),
        prof_social_worker_registration_no=pl.col("number"),
    )  # fmt: skip


def _involvements(parts: Parts) -> pl.DataFrame:
    table, start = "involvements", "invo_involvement_start_date"
    rows = parts.rows("sw_episodes", table)
    number = parts.raw("sw_episodes", "SW_ID").select(invo_professional_id=_worker())
    rows = pl.concat([rows.drop("invo_professional_id"), number], how="horizontal").with_columns(
        invo_professional_role_id=pl.lit(ROLE)
    )
    parts.say(
        rows.filter(pl.col("invo_professional_id").is_null()), "no_worker_id", table,
        "The row does not say who the social worker was (SW_ID).", column="SW_ID",
    )  # fmt: skip
    parts.dated(rows, table, start, "SW_DECOM")
    return keyed(rows.select(*polars_schema(table)), "903-I", "invo_person_id", start, "invo_involvements_id")
