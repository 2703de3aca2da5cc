"""What a children in need census can and cannot tell, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from data.schema.tables import fields, key_of, names, person_of
from data.sources.base import coverage_schema
from data.sources.cin_census.layout import expected, groups

_MADE: Mapping[str, tuple[str, ...]] = {
    "linked_identifiers": ("link_identifier_type", "link_identifier_value"),
    "cin_episodes": ("cine_referral_source_desc",),
    "cin_assessments": ("cina_referral_id",),
    "assessment_factors": ("cinf_assessment_id", "cinf_assessment_factors_json"),
    "cin_plans": ("cinp_referral_id",),
    "s47_enquiry": ("s47e_referral_id",),
    "initial_cp_conference": (
        "icpc_s47_enquiry_id", "icpc_cp_plan_id", "icpc_referral_id", "icpc_icpc_transfer_in",
        "icpc_icpc_date",
    ),
    "cp_plans": ("cppl_referral_id", "cppl_icpc_id"),
    "cp_reviews": ("cppr_cp_plan_id",),
}  # fmt: skip
"""Fields that no element holds alone but the reader fills."""

_NOTES: Mapping[str, str] = {
    "person": "Children in need in the census year. No names: the census holds none.",
    "disability": "A child without a code here may or may not have a disability.",
    "cin_episodes": "Referrals open in the census year, without teams and workers.",
    "cin_assessments": (
        "Assessments of the census year: dates only. Earlier ones of an older referral are not there."
    ),
    "assessment_factors": "Of the assessments of the census year.",
    "cin_plans": "Plans of the census year.",
    "s47_enquiry": "Enquiries of the census year, without the day they ended.",
    "initial_cp_conference": (
        "The day held and the day it was due, without the outcome. A conference under no section 47 enquiry "
        "is taken as one for a child who moved in."
    ),
    "cp_plans": "Plans of the census year.",
    "cp_reviews": "The days reviews were held, without the day each was due.",
    "linked_identifiers": "Pupil numbers only.",
    "pre_proceedings": "Dates only; codes of the outcome as they came.",
}

_MAY_BE_ABSENT: Mapping[str, str] = {
    "disability": "Disability",
    "assessment_factors": "AssessmentFactors",
    "cin_plans": "CINPlanDates",
    "pre_proceedings": "PreProceedingsandFGDM",
}
"""Tables whose elements not every year's or system's file has: without one, nothing is known of them."""

_BEFORE = timedelta(days=270)
"""A plan that began so long before the census year has had a review before it."""


class Seen:
    """What a file has in it, to judge what it leaves out."""

    def __init__(self) -> None:
        self.elements: set[str] = set()
        self._plan: date | None = None
        self._review: date | None = None

    def see(self, elements: set[str], made: Mapping[str, pl.DataFrame]) -> None:
        """Note some children's elements and tables."""
        self.elements |= elements
        plans = made["cp_plans"]["cppl_cp_plan_start_date"].drop_nulls().to_list()
        reviews = made["cp_reviews"]["cppr_cp_review_date"].drop_nulls().to_list()
        self._plan = min([*plans, *([self._plan] if self._plan else [])], default=None)
        self._review = min([*reviews, *([self._review] if self._review else [])], default=None)

    def only_this_years_reviews(self, day: date | None) -> bool:
        """Whether old plans have no review before the census year: the file leaves those out."""
        if day is None or self._plan is None:
            return False
        began = date(day.year if (day.month, day.day) > (3, 31) else day.year - 1, 4, 1)
        return self._plan < began - _BEFORE and (self._review is None or self._review >= began)


def coverage(seen: Seen, day: date | None) -> pl.DataFrame:
    """The `coverage` frame of a census, all 47 tables.

    Args:
        seen: what the file has in it.
        day: its reference date.
    """
    this_year = seen.only_this_years_reviews(day)
    rows = []
    for table in names():
        said, note = expected(table), _NOTES.get(table, "The census does not hold this.")
        element = _MAY_BE_ABSENT.get(table)
        if element is not None and element not in seen.elements:
            said, note = "none", f"This file has no {element}."
        carried = _carried(table, seen.elements) if said != "none" else {key_of(table)}
        if table == "cp_reviews" and this_year:
            note += " This file has those of the census year only, though plans are older."
        rows.append(
            {
                "table": table,
                "coverage": said,
                "latest_only": table == "cp_reviews" and this_year,
                "missing_columns": ",".join(f.name for f in fields(table) if f.name not in carried),
                "note": note,
            }
        )
    return pl.DataFrame(rows, schema=coverage_schema())


def _carried(table: str, elements: set[str]) -> set[str]:
    filled = {name for group in groups().values() for name in group.fields(table)}
    carried = {key_of(table), person_of(table) or "", *_MADE.get(table, ()), *filled}
    return carried if "GenderCurrent" in elements else carried - {"pers_gender"}


def elements_of(frames: Mapping[str, pl.DataFrame]) -> set[str]:
    """Names of the groups of which there are any, and of the child's elements that hold something."""
    children = frames["Child"]
    groups_here = {name for name, frame in frames.items() if frame.height}
    return groups_here | {name for name in children.columns if children[name].count()}
