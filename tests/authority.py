"""A tiny authority for the tests: a few children in SSD tables, written to any database."""

from datetime import datetime

import sqlalchemy as sa

from data.schema.tables import PREFIX, metadata

DAY = datetime

ROWS = {
    "person": [
        {
            "pers_person_id": "1",
            "pers_forename": "[red]Zo\u00eb",
            "pers_surname": "O\u2019Brien[/]",
            "pers_sex": "F",
            "pers_dob": DAY(2012, 2, 29),
        },
        {
            "pers_person_id": "2",
            "pers_forename": "Jos\u00e9\x1b[2J",
            "pers_surname": "Null",
            "pers_sex": "1",
            "pers_dob": DAY(2016, 5, 1),
        },
        {
            "pers_person_id": "3",
            "pers_forename": None,
            "pers_surname": "Unborn",
            "pers_expected_dob": DAY(2025, 12, 1),
        },
    ],
    "cin_episodes": [
        {
            "cine_referral_id": "R1",
            "cine_person_id": "1",
            "cine_referral_date": DAY(2024, 1, 2),
            "cine_cin_primary_need_code": "N1",
            "cine_referral_nfa": "N",
        },
        {
            "cine_referral_id": "R2",
            "cine_person_id": "2",
            "cine_referral_date": DAY(2024, 3, 4),
            "cine_close_date": DAY(2024, 9, 9),
            "cine_referral_nfa": "N",
        },
    ],
    "cp_plans": [
        {
            "cppl_cp_plan_id": "P1",
            "cppl_referral_id": "R1",
            "cppl_person_id": "1",
            "cppl_cp_plan_start_date": DAY(2024, 2, 1),
            "cppl_cp_plan_initial_category": "Neglect",
        },
    ],
    "cp_visits": [
        {
            "cppv_cp_visit_id": "V1",
            "cppv_cp_plan_id": "P1",
            "cppv_person_id": "1",
            "cppv_cp_visit_date": DAY(2024, 2, 9),
        },
        {
            "cppv_cp_visit_id": "V2",
            "cppv_cp_plan_id": "P1",
            "cppv_person_id": None,
            "cppv_cp_visit_date": DAY(2024, 2, 19),
        },
    ],
    "cla_episodes": [
        {
            "clae_cla_episode_id": "E1",
            "clae_person_id": "2",
            "clae_cla_id": "C1",
            "clae_cla_episode_start_date": DAY(2024, 9, 9),
        },
    ],
    "cla_placement": [
        {
            "clap_cla_placement_id": "L1",
            "clap_cla_id": "C1",
            "clap_person_id": None,
            "clap_cla_placement_start_date": DAY(2024, 9, 9),
            "clap_cla_placement_type": "U6",
        },
    ],
    "missing": [
        {
            "miss_table_id": "M1",
            "miss_person_id": "2",
            "miss_missing_episode_start_date": DAY(2025, 1, 2, 23, 30),
            "miss_missing_episode_type": "Missing",
        },
    ],
    "professionals": [
        {
            "prof_professional_id": "W1",
            "prof_professional_name": "Sam Worker",
            "prof_full_time_equivalency": 0.6,
        },
    ],
    "involvements": [
        {
            "invo_involvements_id": "I1",
            "invo_professional_id": "W1",
            "invo_person_id": "1",
            "invo_involvement_start_date": DAY(2024, 1, 3),
            "invo_professional_role_id": "allocated worker",
        },
    ],
}


def write(url, rows=ROWS, schema=None):
    """Make every table of the standard, as deployed, and put the rows in."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    tables = metadata(schema)
    with engine.begin() as connection:
        if schema is not None:
            connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        tables.create_all(connection)
        for table, content in rows.items():
            target = tables.tables[f"{schema}.{PREFIX}{table}" if schema else PREFIX + table]
            for row in content:
                connection.execute(target.insert(), row)
    engine.dispose()
    return url


def run(url, *statements):
    """Carry out some SQL, to make a database less regular."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
