"""What an Annex A workbook can and cannot tell, table by table."""

import csv
from collections.abc import Mapping
from importlib.resources import files

import polars as pl

from data.schema.tables import PREFIX, fields, key_of, names, person_of
from data.sources.annex_a.fields import FIELDS, HEADINGS
from data.sources.annex_a.headers import LISTS, place
from data.sources.annex_a.lists import Lists
from data.sources.annex_a.problems import issue
from data.sources.base import coverage_schema

LATEST_ONLY = frozenset(
    {
        "cp_visits",
        "cp_reviews",
        "cla_reviews",
        "cla_visits",
        "cla_placement",
        "legal_status",
        "cla_health",
        "cin_visits",
    }
)

_EVERY = tuple(LISTS)[:10]
_LISTS: Mapping[str, tuple[int, ...]] = {
    "person": _EVERY,
    "disability": tuple(range(4, 11)),
    "immigration_status": (8, 9),
    "cla_health": (8,),
    "department": (3, 4, 5, 6, 7, 8, 9),
    "professionals": (3, 4, 5, 6, 7, 8, 9),
    "involvements": (3, 6, 7, 8, 9),
}
"""Lists behind the tables that `parts.FIELDS` does not name in full."""

_MADE: Mapping[str, tuple[str, ...]] = {
    "person": ("pers_sex",),
    "disability": ("disa_disability_code",),
    "immigration_status": ("immi_immigration_status",),
    "contacts": ("cont_contact_source_desc",),
    "cin_assessments": ("cina_referral_id",),
    "cin_visits": ("cinv_cin_visit_seen",),
    "initial_cp_conference": ("icpc_s47_enquiry_id", "icpc_cp_plan_id"),
    "cp_plans": ("cppl_icpc_id",),
    "cp_visits": ("cppv_cp_plan_id", "cppv_cp_visit_seen"),
    "cp_reviews": ("cppr_cp_plan_id",),
    "cla_episodes": ("clae_cla_id", "clae_cla_placement_id", "clae_cla_episode_start_date"),
    "cla_placement": ("clap_cla_id", "clap_cla_placement_end_date"),
    "legal_status": ("lega_legal_status_end_date",),
    "cla_reviews": ("clar_cla_id",),
    "cla_visits": ("clav_cla_id",),
    "cla_health": ("clah_health_check_type", "clah_health_check_date", "clah_health_check_status"),
    "permanence": ("perm_cla_id", "perm_permanence_order_type"),
    "department": ("dept_team_name",),
    "professionals": ("prof_professional_name",),
    "involvements": (
        "invo_professional_id",
        "invo_professional_role_id",
        "invo_professional_team",
        "invo_involvement_end_date",
    ),
}
"""Fields that no column holds alone but the reader fills."""

_NOTES: Mapping[str, str] = {
    "person": "No names: Annex A holds none.",
    "disability": "Yes or no only: “no” is recorded, the kind of a disability is not known.",
    "immigration_status": "Unaccompanied asylum-seeking children only, without dates.",
    "contacts": "Six months, without outcome.",
    "early_help_episodes": "Early help assessments of six months, not episodes.",
    "cin_episodes": (
        "Referrals of six months and each child's latest episode; an earlier referral is assumed to have "
        "ended when the next began."
    ),
    "cin_assessments": (
        "Open in six months: earlier assessments of an older referral are not there; the referral is the "
        "child's latest on or before the start."
    ),
    "cin_plans": "Case status only, without dates: no child in need plan can be made from it.",
    "cin_visits": "The day a child with a child in need plan was last seen.",
    "s47_enquiry": "Six months, without the day an enquiry ended.",
    "initial_cp_conference": "Six months, without the day it was due.",
    "cp_plans": "Open, or ended in six months.",
    "cp_visits": "The latest visit of each plan.",
    "cp_reviews": "The latest review of each plan, without the day it was due.",
    "cla_episodes": (
        "One row per period of care, open or ended in six months, without its episodes or why it began."
    ),
    "cla_placement": "The latest placement; assumed to have ended when care ended.",
    "legal_status": "The latest legal status in care; assumed to have ended when care ended.",
    "cla_reviews": "The latest review.",
    "cla_visits": "The latest visit.",
    "cla_care_plan": "The permanence plan, without dates.",
    "cla_health": "The latest health assessment and dental check.",
    "missing": "Counts in twelve months only, without dates: no missing episode can be made from them.",
    "care_leavers": "All who are entitled now.",
    "permanence": "Adoption only, twelve months.",
    "professionals": "Names only: two workers with the same name count as one.",
    "department": "Team names only.",
    "involvements": "The present worker and team and the personal adviser, not since when, nor those before.",
}

NOT_CARRIED: Mapping[int, tuple[str, ...]] = {
    7: ("Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",),
    8: (
        "Placement Location",
        "LA of Placement",
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
    ),
    10: ("Family identifier",),
}
"""Columns that say something which no SSD row can hold."""


def not_carried(lists: Lists) -> list[pl.DataFrame]:
    """One note for each column that has values but no place in the standard."""
    return [
        issue(
            "no_ssd_home", place(list_no), "note", "value left blank",
            "The Standard Safeguarding Dataset has no field for this column (or none without dates), so its "
            "values are in no report.",
            column=heading,
        )
        for list_no, headings in NOT_CARRIED.items()
        for heading in headings
        if lists.has(list_no, heading)
        and lists.rows[list_no].frame[heading].str.len_chars().fill_null(0).gt(0).any()
    ]  # fmt: skip


def _carried(table: str, lists: Lists) -> set[str]:
    carried = {key_of(table), person_of(table) or "", *_MADE.get(table, ())}
    for list_no, tables in FIELDS.items():
        for field, heading in tables.get(table, {}).items():
            if lists.has(list_no, HEADINGS.get(heading, heading)):
                carried.add(field)
    return carried


def _listed(numbers: list[int]) -> str:
    """List 3 is / Lists 3, 5 and 6 are."""
    if len(numbers) == 1:
        return f"{place(numbers[0])} is"
    return f"Lists {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} are"


def coverage(lists: Lists) -> pl.DataFrame:
    """The `coverage` frame for the lists and columns of this workbook, all 47 tables."""
    text = files("data").joinpath("contracts/coverage.csv").read_text(encoding="utf-8")
    promised = {
        row["table"].removeprefix(PREFIX): row["annex_a"] for row in csv.DictReader(text.splitlines())
    }
    rows = []
    for table in names():
        sources = _LISTS.get(table) or tuple(n for n, tables in FIELDS.items() if table in tables)
        absent = [n for n in sources if n not in lists.rows]
        note = _NOTES.get(table, "Annex A does not hold this.")
        partial = promised.get(table) == "partial" and len(absent) < len(sources)
        if absent and len(sources) < len(_EVERY):
            note = f"{_listed(absent)} not in this workbook. {note}"
        carried = _carried(table, lists) if partial else {key_of(table)}
        rows.append(
            {
                "table": table,
                "coverage": "partial" if partial else "none",
                "latest_only": table in LATEST_ONLY,
                "missing_columns": ",".join(f.name for f in fields(table) if f.name not in carried),
                "note": note,
            }
        )
    return pl.DataFrame(rows, schema=coverage_schema())
