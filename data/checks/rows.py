"""What a row says that cannot be right by itself, or beside its child's date of birth: one pass a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from data.dataclass import dataclass
from data.issues.model import Severity, frame
from data.issues.rows import issues_of
from data.schema.tables import fields, person_of

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

_UNBORN_TOO = (
    "contacts", "cin_episodes", "cin_assessments", "cin_plans", "cin_visits", "s47_enquiry",
    "initial_cp_conference", "cp_plans", "cp_visits", "cp_reviews", "legal_status", "cla_care_plan",
    "permanence", "pre_proceedings",
)  # fmt: skip
"""Tables about a child who may be unborn; not those about a family, such as early help."""

_PREGNANCY = "-43w"
"""How long before a birth an unborn child may be known of: a pregnancy of 42 weeks and one week more."""

_MEETINGS = {
    "initial_cp_conference": "icpc_icpc_date",
    "cp_reviews": "cppr_cp_review_date",
    "cla_reviews": "clar_cla_review_date",
}
"""When conferences and reviews were held."""

_FRIDAY = 5


@dataclass(frozen=True)
class _Doubt:
    """One thing that may be wrong with a row."""

    rule: str
    severity: Severity
    guilty: pl.Expr
    reason: str
    column: str | None = None
    value: pl.Expr | None = None


def row_checks(table: str, rows: pl.LazyFrame, people: pl.DataFrame, data_date: date) -> pl.DataFrame:
    """The issues of one table's rows.

    Args:
        people: pers_person_id (unique), pers_dob of everyone in `person`.
        data_date: the day of the data; what happened cannot lie after it.
    """
    person = person_of(table)
    dates = [field.name for field in fields(table) if field.kind in ("date", "datetime")]
    named = [person] if person else []
    wanted = rows.select("source", "source_row", *named, *(pl.col(name).cast(pl.Date) for name in dates))
    if person:
        births = people.lazy().select(pl.col("pers_person_id").alias(person), _born="pers_dob", _known=True)
        wanted = wanted.join(births, on=person, how="left")
    doubts = [*_child(table, person), *_dates(table, dates, person, data_date)]
    if not doubts:
        return frame()
    found = wanted.filter(pl.any_horizontal(doubt.guilty for doubt in doubts)).collect(engine="streaming")
    return pl.concat(
        [frame()]
        + [
            issues_of(
                found.filter(doubt.guilty), table, doubt.rule, doubt.severity, effect="kept",
                reason=doubt.reason, column=doubt.column, value=doubt.value,
            )
            for doubt in doubts
            if len(found)
        ]
    )  # fmt: skip


def _child(table: str, person: str | None) -> Iterator[_Doubt]:
    """Rows of a child who is not in `person`, or of no child at all."""
    if person is None or table == "person":
        return
    number = pl.col(person)
    yield _Doubt(
        "orphan",
        "warning",
        number.is_not_null() & pl.col("_known").is_null(),
        "The child is not in the table person, so is shown by number only; add the person in the source.",
        person,
        number,
    )
    yield _Doubt(
        "no_child",
        "error",
        number.is_null(),
        "The row does not say which child it is about, so it is in no child's report; add the number.",
        person,
    )


def _dates(table: str, dates: list[str], person: str | None, data_date: date) -> Iterator[_Doubt]:
    if table in SPELLS:
        start, end = SPELLS[table]
        yield _Doubt(
            "end_before_start",
            "error",
            pl.col(end) < pl.col(start),
            "It ends before it starts; correct one of the two dates in the source.",
            end,
            pl.concat_str(pl.col(start), pl.lit(" to "), pl.col(end)),
        )
    for name in dates:
        if not any(word in name.partition("_")[2] for word in _MAY_LIE_AHEAD):
            yield _Doubt(
                "future_date",
                "warning",
                pl.col(name) > data_date,
                f"The date is after {data_date:%d/%m/%Y}, the day of the data; correct it in the source.",
                name,
                pl.col(name),
            )
    born_by_then = ["pers_death_date"] if table == "person" else dates if table in _BORN_BY_THEN else []
    for name in born_by_then if person else []:
        yield _Doubt(
            "before_birth",
            "error",
            pl.col(name) < pl.col("_born"),
            "The date is before the child was born; correct it or the date of birth.",
            name,
            pl.col(name),
        )
    for name in dates if table in _UNBORN_TOO and person else ():
        yield _Doubt(
            "before_pregnancy",
            "error",
            pl.col(name) < pl.col("_born").dt.offset_by(_PREGNANCY),
            "The date is more than a pregnancy before the child was born; correct it or the date of birth.",
            name,
            pl.col(name),
        )
    if table in _MEETINGS:
        held = _MEETINGS[table]
        yield _Doubt(
            "weekend_meeting",
            "warning",
            pl.col(held).dt.weekday() > _FRIDAY,
            "A conference or review is recorded on a weekend; check the date it was held.",
            held,
            pl.concat_str(pl.col(held), pl.lit(" "), pl.col(held).dt.strftime("%A")),
        )
