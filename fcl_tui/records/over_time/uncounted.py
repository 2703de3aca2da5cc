"""Rows that the figures over time cannot count, each with its reason."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.wording.omissions import said
from fcl_tui.records.not_counted import partly_held

TABLES = {
    "contacts": ("contacts", "cont_person_id", "cont_contact_date"),
    "early_help_episodes": ("early help episodes", "earl_person_id", "earl_episode_start_date"),
    "cin_episodes": ("referrals", "cine_person_id", "cine_referral_date"),
    "cin_assessments": ("assessments", "cina_person_id", "cina_assessment_start_date"),
    "cin_plans": ("child in need plans", "cinp_person_id", "cinp_cin_plan_start_date"),
    "s47_enquiry": ("section 47 enquiries", "s47e_person_id", "s47e_s47_start_date"),
    "initial_cp_conference": ("initial conferences", "icpc_person_id", "icpc_icpc_date"),
    "cp_plans": ("child protection plans", "cppl_person_id", "cppl_cp_plan_start_date"),
    "pre_proceedings": ("letters before proceedings", "prep_person_id", "prep_pre_pro_letter_date"),
}
"""What a table holds, whose number its rows carry, and the date by which they are counted"""
FLAGGED = {
    "cp_plans": ("cppl_cp_plan_ola", "held for another authority"),
    "cin_episodes": ("cine_referral_nfa", "ended in no further action: in no figure of children in need"),
}
"""Rows that figures of children in need and of protection plans leave out on purpose"""
PART = "partial"


def uncounted(
    scan: Scan, tables: tuple[str, ...], first: date, flagged: tuple[str, ...] = ()
) -> pl.LazyFrame:
    """What of these tables is in no figure.

    Args:
        first: the first day that the figures are of: a source that holds only some of the rows, and
            none before a later day, is said to be incomplete.
        flagged: those of the tables whose rows are left out on purpose where they say so (FLAGGED).

    Returns:
        reason, count, what: rows without a child's number, without a date, left out on purpose, and the
        months that the source does not reach back to. Lines of nothing are left out.
    """
    coverage = Coverage.read(scan)
    lines: list[pl.LazyFrame] = []
    for table in tables:
        if table not in TABLES or not coverage.has(table):
            continue
        plural, person, day = TABLES[table]
        rows = scan(table)
        dated = rows.filter(pl.col(person).is_not_null())
        lines += [
            said(rows.filter(pl.col(person).is_null()), "without the number of a child", plural),
            said(dated.filter(pl.col(day).is_null()), "without a date, so in no period", plural),
        ]
        if table in flagged:
            field, reason = FLAGGED[table]
            lines.append(said(dated.filter(pl.col(field) == "Y"), reason, plural))
        if coverage.tables.get(table) == PART:
            held = dated.select(date=pl.col(day)).drop_nulls()
            lines.append(said(dated, f"incomplete: this source holds only some of the {plural}", plural))
            lines.append(partly_held(held, (first, first), plural))
    if not lines:
        return pl.LazyFrame(schema={"reason": pl.String, "count": pl.Int64, "what": pl.String})
    return pl.concat(lines).filter(pl.col("count") > 0)
