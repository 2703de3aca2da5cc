"""Which source and row each row behind a due date came from.

A database's row needs no more than its name: that is where it stands. A row made from a file does, and every
row does where there are several sources.
"""

from collections.abc import Iterator

import polars as pl

from data.frames import Scan, collect

KEYS = {
    "address": "addr_table_id",
    "care_leavers": "clea_table_id",
    "cin_assessments": "cina_assessment_id",
    "cin_episodes": "cine_referral_id",
    "cin_plans": "cinp_cin_plan_id",
    "cin_visits": "cinv_cin_visit_id",
    "cla_episodes": "clae_cla_episode_id",
    "cla_health": "clah_health_check_id",
    "cla_immunisations": "clai_person_id",
    "cla_placement": "clap_cla_placement_id",
    "cla_reviews": "clar_cla_review_id",
    "cla_visits": "clav_cla_visit_id",
    "cp_plans": "cppl_cp_plan_id",
    "cp_reviews": "cppr_cp_review_id",
    "cp_visits": "cppv_cp_visit_id",
    "initial_cp_conference": "icpc_icpc_id",
    "legal_status": "lega_legal_status_id",
    "missing": "miss_table_id",
    "permanence": "perm_table_id",
    "person": "pers_person_id",
    "pre_proceedings": "prep_table_id",
    "s47_enquiry": "s47e_s47_enquiry_id",
    "sdq_scores": "csdq_table_id",
}
"""The field that numbers the rows of each table a rule is based on."""

DEPLOYED = "ssd_"
"""How a database's tables are called before the standard's name."""


def origins(scan: Scan, source_rows: str | None, *, several_sources: bool) -> Iterator[str]:
    """One sentence per source row saying which file and line it came from, where its name does not.

    Args:
        source_rows: a due item's, "cp_plans/P1; cp_visits/V2".
        several_sources: tell it of every row.
    """
    for name in (source_rows or "").split("; "):
        table, _, key = name.partition("/")
        if table not in KEYS:
            continue
        found = scan(table).filter(pl.col(KEYS[table]) == key).select("source", "source_row").unique()
        for source, row in collect(found.sort("source", "source_row")).iter_rows():
            if row is not None and (
                several_sources or row.lower() not in (name.lower(), DEPLOYED + name.lower())
            ):
                yield f"{name} is from {source}, {row}."
