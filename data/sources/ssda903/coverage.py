"""What a return can and cannot tell, table by table."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import timedelta
from importlib.resources import files

import polars as pl

from data.schema.tables import PREFIX, fields, key_of, names, person_of
from data.sources.base import coverage_schema
from data.sources.ssda903.episodes import SHORT_BREAKS
from data.sources.ssda903.layout import TITLES, kinds
from data.sources.ssda903.parts import FIELDS, Parts

_MADE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "person": {"header": ("pers_upn", "pers_upn_unknown")},
    "linked_identifiers": {"header": ("link_identifier_type", "link_identifier_value")},
    "address": {"episodes": ("addr_address_type",)},
    "immigration_status": {"uasc": ("immi_immigration_status",)},
    "cla_episodes": {
        "episodes": ("clae_cla_id", "clae_cla_placement_id", "clae_entered_care_date"),
    },
    "cla_placement": {
        "episodes": ("clap_cla_id", "clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    },
    "legal_status": {"episodes": ("lega_legal_status_start_date", "lega_legal_status_end_date")},
    "cla_reviews": {"episodes": ("clar_cla_id",)},
    "cla_health": {"oc2": ("clah_health_check_type", "clah_health_check_status")},
    "cla_convictions": {"oc2": ()},
    "cla_substance_misuse": {"oc2": ()},
    "care_leavers": {"oc3": ("clea_care_leaver_accommodation", "clea_care_leaver_accom_suitable")},
    "permanence": {
        "ad1": ("perm_permanence_order_date", "perm_permanence_order_type"),
        "episodes": ("perm_cla_id",),
    },
    "professionals": {"sw_episodes": ("prof_social_worker_registration_no",)},
    "involvements": {"sw_episodes": ("invo_professional_id", "invo_professional_role_id")},
}
"""Table and file: fields that no column holds alone but the reader fills."""

_ONLY_ADOPTED = frozenset({"perm_matched_date"})
"""Fields that a return has for some of a table's rows alone: nothing may be made of their absence."""

_KEY_DATES = ("DECOM", "DEC", "RNE")
"""Columns without which episodes are not told in full."""

_NOTES: Mapping[str, str] = {
    "person": "No names: a return holds none.",
    "address": "The postcode where the child lived before care, without dates; not the present one.",
    "immigration_status": "Unaccompanied asylum-seeking children only, with the day that ended.",
    "mother": "Whether a young person is a mother, and her child's date of birth; her child has no number.",
    "legal_status": "Of looked-after children only.",
    "cla_episodes": "Every episode of the years loaded; of care that began before them, not when.",
    "cla_convictions": "Whether there was one in the year; neither when nor for what.",
    "cla_health": "Whether there was one in the year, without a date: nothing due can be made from it.",
    "cla_immunisations": "Whether they were up to date in the year, without the day that was recorded.",
    "cla_substance_misuse": "Whether there was any in the year; neither when nor which substance.",
    "cla_placement": "Every placement of the years loaded, without its distance from home.",
    "cla_reviews": "Reviews held, without the day they were due; cancelled ones are not returned.",
    "cla_previous_permanence": "As the return has it.",
    "sdq_scores": "The year's score or why there is none, without a date: nothing due can be made from it.",
    "missing": "Missing episodes by day, without return interviews.",
    "care_leavers": (
        "Young people around their 17th to 21st birthdays: contact, activity and accommodation once a year; "
        "neither eligibility, adviser, pathway plan nor latest contact."
    ),
    "permanence": "Adoption only: the decision; of adopted children the match and the adopters too.",
    "professionals": "Registration numbers of social workers, without names.",
    "involvements": "Social workers of looked-after children from 2023/24, without teams.",
    "linked_identifiers": "Unique pupil numbers only.",
}
_YEAR_ONLY = (
    "A return of one year has the reviews of that year only, so which number a review was is not known."
)


def sources_of(table: str) -> tuple[str, ...]:
    """The files of a return that feed a table."""
    told = {kind for kind, target in FIELDS if target == table}
    if table == "cla_reviews":
        return ("reviews",)
    if table == "permanence":
        return ("ad1", "placed_for_adoption")
    told |= set(_MADE.get(table, ()))
    return tuple(kind for kind in kinds() if kind in told)


def coverage(parts: Parts, found: pl.DataFrame, reviews: pl.DataFrame) -> pl.DataFrame:
    """The `coverage` frame for the files and columns of this return, all 47 tables."""
    text = files("data").joinpath("contracts/coverage.csv").read_text(encoding="utf-8")
    promised = {
        row["table"].removeprefix(PREFIX): row["ssda903"] for row in csv.DictReader(text.splitlines())
    }
    unnumbered = not reviews_are_whole(found, reviews)
    rows = []
    for table in names():
        sources = sources_of(table)
        if table == "person":
            sources = kinds()
        absent = [kind for kind in sources if not parts.has(kind)]
        there = promised.get(table, "none") != "none" and len(absent) < len(sources)
        said = promised.get(table, "none") if there else "none"
        if said == "full" and table != "cla_previous_permanence":
            said = "full" if all(parts.has("episodes", column) for column in _KEY_DATES) else "partial"
        carried = _carried(table, parts) if there else {key_of(table)}
        rows.append(
            {
                "table": table,
                "coverage": said,
                "latest_only": there and table == "cla_reviews" and unnumbered,
                "missing_columns": ",".join(f.name for f in fields(table) if f.name not in carried),
                "note": _note(table, absent, unnumbered=unnumbered),
            }
        )
    return pl.DataFrame(rows, schema=coverage_schema())


def _note(table: str, absent: list[str], *, unnumbered: bool) -> str:
    note = _NOTES.get(table, "An SSDA903 return does not hold this.")
    if table == "cla_reviews" and unnumbered:
        note = f"{note} {_YEAR_ONLY}"
    missing = [TITLES[kind] for kind in absent if table != "person" or kind == "header"]
    if missing:
        are = "is" if len(missing) == 1 else "are"
        note = f"The file {' and '.join(missing)} {are} not in this return. {note}"
    return note


def _carried(table: str, parts: Parts) -> set[str]:
    carried = {key_of(table), person_of(table) or ""}
    for (kind, target), mapped in FIELDS.items():
        if target == table:
            carried |= {field for field, column in mapped.items() if parts.has(kind, column)}
    for kind, made in _MADE.get(table, {}).items():
        if parts.has(kind):
            carried |= set(made)
    if table == "person" and not parts.has("header", "UPN"):
        carried -= {"pers_upn", "pers_upn_unknown"}
    return carried - _ONLY_ADOPTED


def reviews_are_whole(found: pl.DataFrame, reviews: pl.DataFrame) -> bool:
    """Whether the reviews reach back to the beginning of every period of care that has not long ended.

    If not, the first review that is there need not be the first that was held.
    """
    day, spare = pl.col("clar_cla_review_date"), timedelta(days=60)
    first_held = reviews.select(day.min()).item()
    periods = found.filter(
        pl.col("period").is_not_null(), ~pl.col("lega_legal_status").is_in(SHORT_BREAKS).fill_null(False)
    ).unique("period")
    if first_held is None:
        return False
    lasting = periods.filter(pl.col("last").is_null() | (pl.col("last") >= first_held))
    reached = pl.col("care_from").is_not_null() & (pl.col("care_from") >= first_held - spare)
    return bool(lasting.select(reached.all()).item())
