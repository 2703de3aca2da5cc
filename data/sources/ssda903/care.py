"""Periods of care and what happens in them: placements, legal statuses, reviews, missing episodes."""

from collections.abc import Iterator

import polars as pl

from data.schema.tables import polars_schema
from data.sources.annex_a.parts import keyed
from data.sources.ssda903.episodes import FAR, ended
from data.sources.ssda903.parts import Parts

HOME = "Home before care"
"""The kind of the one address that a return holds: where the child came from."""

_START = "clae_cla_episode_start_date"


def care(parts: Parts, found: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the tables made of episodes (`found`, as `episodes` gives them), reviews and missing episodes."""
    yield "cla_episodes", _episodes(found)
    yield "cla_placement", _placements(parts, found)
    yield "legal_status", _legal(found)
    yield "address", _home(parts)
    yield "cla_reviews", _reviews(parts, found)
    yield "missing", _missing(parts)


def _episodes(found: pl.DataFrame) -> pl.DataFrame:
    rows = found.with_columns(
        clae_cla_id="period", clae_entered_care_date="care_from", clae_cla_placement_id="placement"
    ).select(*polars_schema("cla_episodes"))
    return keyed(rows, "903-E", "clae_person_id", _START, "clae_cla_episode_id")


def _placements(parts: Parts, found: pl.DataFrame) -> pl.DataFrame:
    """One row per placement: what its last episode says, since a code may change while the child stays."""
    table = "cla_placement"
    dated = found.filter(pl.col("placement").is_not_null())
    kind = pl.col("clap_cla_placement_type")
    changed = (kind != kind.shift().over("placement")).fill_null(False)
    parts.say(
        dated.with_columns(clap_person_id="clae_person_id").filter(changed), "placement_code_changed", table,
        "The code changes while the child did not move (RNE L); the placement has its latest code.",
        severity="note", column="PLACE", value=kind,
    )  # fmt: skip
    names = [name for name in polars_schema(table) if name.startswith("clap_")]
    postcode = pl.col("clap_cla_placement_postcode").str.to_uppercase()
    dated = dated.with_columns(clap_cla_placement_postcode=postcode)
    return dated.group_by("placement", maintain_order=True).agg(
        *(pl.col(name).last() for name in names if name not in _MADE),
        clap_person_id=pl.col("clae_person_id").first(),
        clap_cla_id=pl.col("period").first(),
        clap_cla_placement_start_date=pl.col("placement_from").first(),
        clap_cla_placement_end_date=ended(),
        source=pl.col("source").first(),
        source_row=pl.col("source_row").first(),
    ).rename({"placement": "clap_cla_placement_id"}).select(*polars_schema(table))  # fmt: skip


_MADE = (
    "clap_person_id",
    "clap_cla_id",
    "clap_cla_placement_id",
    "clap_cla_placement_start_date",
    "clap_cla_placement_end_date",
)


def _legal(found: pl.DataFrame) -> pl.DataFrame:
    table = "legal_status"
    rows = found.filter(pl.col("status").is_not_null(), pl.col("lega_legal_status").is_not_null())
    return rows.group_by("status", maintain_order=True).agg(
        lega_person_id=pl.col("clae_person_id").first(),
        lega_legal_status=pl.col("lega_legal_status").first(),
        lega_legal_status_start_date=pl.col("status_from").first(),
        lega_legal_status_end_date=ended(),
        source=pl.col("source").first(),
        source_row=pl.col("source_row").first(),
    ).rename({"status": "lega_legal_status_id"}).select(*polars_schema(table))  # fmt: skip


def _home(parts: Parts) -> pl.DataFrame:
    """Where a child lived before the latest episode that says so; without dates, which a return has not."""
    table = "address"
    rows = parts.rows("episodes", table)
    began = parts.rows("episodes", "cla_episodes", {_START: "DECOM"})[_START]
    parts.problems.frames.pop()  # the same column, typed and told before
    postcode = pl.col("addr_address_postcode").str.to_uppercase()
    rows = rows.with_columns(began=began, addr_address_type=pl.lit(HOME), addr_address_postcode=postcode)
    rows = rows.filter(postcode.is_not_null())
    rows = rows.sort("addr_person_id", "began", postcode, descending=[False, True, False], nulls_last=True)
    latest = rows.unique("addr_person_id", keep="first", maintain_order=True).drop("began")
    return keyed(latest, "903-A", "addr_person_id", None, "addr_table_id")


def _reviews(parts: Parts, found: pl.DataFrame) -> pl.DataFrame:
    """Reviews, each in the period of care that holds its day."""
    table, person, day = "cla_reviews", "clar_cla_person_id", "clar_cla_review_date"
    rows = parts.rows("reviews", table)
    parts.dated(rows, table, day, "REVIEW")
    rows = rows.drop("clar_cla_id").join(
        in_periods(rows, found, person, day).rename({"period": "clar_cla_id"}),
        on="source_row", how="left", maintain_order="left",
    )  # fmt: skip
    if parts.has("episodes"):
        outside = rows.filter(pl.col("clar_cla_id").is_null(), pl.col(day).is_not_null())
        parts.say(
            outside, "outside_care", table,
            "No period of care of the child holds this day, so the review is in none.",
            column="REVIEW", value=pl.col(day),
        )  # fmt: skip
    return keyed(rows.select(*polars_schema(table)), "903-R", person, day, "clar_cla_review_id")


def in_periods(rows: pl.DataFrame, found: pl.DataFrame, person: str, day: str) -> pl.DataFrame:
    """source_row and period (String) of rows whose day falls in a period of care, the latest of several."""
    spells = found.filter(pl.col("period").is_not_null()).unique("period", keep="first", maintain_order=True)
    return (
        rows.select("source_row", person, day)
        .join(spells.select(pl.col("clae_person_id").alias(person), "period", "first", "last"), on=person)
        .filter(pl.col(day) >= pl.col("first"), pl.col(day) <= pl.coalesce("last", FAR))
        .sort("source_row", "first")
        .unique("source_row", keep="last", maintain_order=True)
        .select("source_row", "period")
    )


def _missing(parts: Parts) -> pl.DataFrame:
    table, start = "missing", "miss_missing_episode_start_date"
    rows = parts.rows("missing", table)
    parts.dated(rows, table, start, "MIS_START")
    return keyed(rows, "903-X", "miss_person_id", start, "miss_table_id")
