"""One row per person: everyone whose number appears anywhere in the data, named or not."""

import polars as pl

from data.frames import Scan
from data.schema.fields import Field, names_of
from data.text import fold
from fcl_tui.definitions.wording.labels import blank_to_null, full_name

FIELDS = (
    Field("person_id", "String", "person", "the child's number"),
    Field("name", "String", "hidden", '"Surname, Forename"; null when neither is known'),
    Field("forename", "String", "hidden", "as the source has it, null when blank"),
    Field("surname", "String", "hidden", "as the source has it, null when blank"),
    Field("date_of_birth", "Date", "hidden", "null when not known"),
    Field("expected_date_of_birth", "Date", "hidden", "of an unborn child"),
    Field("date_of_death", "Date", "hidden", "null while alive, as far as is known"),
    Field("sex", "String", "hidden", "code"),
    Field("gender", "String", "hidden", "code"),
    Field("ethnicity", "String", "hidden", "code"),
    Field("upn", "String", "hidden", "unique pupil number"),
    Field(
        "find_key",
        "String",
        "hidden",
        "folded forename, surname and number; hyphenated names also as one word",
    ),
    Field("source", "String", "kept", "the source that the row came from; null for a number without a row"),
    Field("source_row", "String", "key", "the row of the source; null for a number without a row"),
)
"""The prepared frame `people`: one row per person."""

PERSON_FIELDS: tuple[tuple[str, str], ...] = (
    ("person", "pers_person_id"),
    ("family", "fami_person_id"),
    ("address", "addr_person_id"),
    ("disability", "disa_person_id"),
    ("immigration_status", "immi_person_id"),
    ("mother", "moth_person_id"),
    ("mother", "moth_childs_person_id"),
    ("legal_status", "lega_person_id"),
    ("contacts", "cont_person_id"),
    ("early_help_episodes", "earl_person_id"),
    ("cin_episodes", "cine_person_id"),
    ("cin_assessments", "cina_person_id"),
    ("cin_plans", "cinp_person_id"),
    ("cin_visits", "cinv_person_id"),
    ("s47_enquiry", "s47e_person_id"),
    ("initial_cp_conference", "icpc_person_id"),
    ("cp_plans", "cppl_person_id"),
    ("cp_visits", "cppv_person_id"),
    ("cp_reviews", "cppr_person_id"),
    ("cla_episodes", "clae_person_id"),
    ("cla_convictions", "clac_person_id"),
    ("cla_health", "clah_person_id"),
    ("cla_immunisations", "clai_person_id"),
    ("cla_substance_misuse", "clas_person_id"),
    ("cla_placement", "clap_person_id"),
    ("cla_reviews", "clar_cla_person_id"),
    ("cla_previous_permanence", "lapp_person_id"),
    ("cla_care_plan", "lacp_person_id"),
    ("cla_visits", "clav_person_id"),
    ("sdq_scores", "csdq_person_id"),
    ("missing", "miss_person_id"),
    ("care_leavers", "clea_person_id"),
    ("permanence", "perm_person_id"),
    ("involvements", "invo_person_id"),
    ("linked_identifiers", "link_person_id"),
    ("send", "send_person_id"),
    ("pre_proceedings", "prep_person_id"),
    ("voice_of_child", "voch_person_id"),
)
"""Every field that holds a child's number."""


def _everyone(scan: Scan) -> pl.LazyFrame:
    ids = [scan(table).select(pl.col(field).alias("person_id")) for table, field in PERSON_FIELDS]
    return pl.concat(ids).filter(pl.col("person_id").is_not_null()).unique()


def people(scan: Scan) -> pl.LazyFrame:
    """Everyone, also those whose number stands in some table without a row of their own.

    Returns:
        one row per person_id (unique, sorted), in the columns of `FIELDS`.
    """
    forename, surname = pl.col("forename"), pl.col("surname")
    known = (
        scan("person")
        .filter(pl.col("pers_person_id").is_not_null())
        .unique(subset="pers_person_id", keep="first", maintain_order=True)
        .select(
            pl.col("pers_person_id").alias("person_id"),
            blank_to_null(pl.col("pers_forename")).alias("forename"),
            blank_to_null(pl.col("pers_surname")).alias("surname"),
            pl.col("pers_dob").alias("date_of_birth"),
            pl.col("pers_expected_dob").alias("expected_date_of_birth"),
            pl.col("pers_death_date").alias("date_of_death"),
            pl.col("pers_sex").alias("sex"),
            pl.col("pers_gender").alias("gender"),
            pl.col("pers_ethnicity").alias("ethnicity"),
            pl.col("pers_upn").alias("upn"),
            "source",
            "source_row",
        )
    )
    as_one_word = [
        pl.when(part.str.contains(r"[\s\-‐‑–'’]")).then(fold(part).str.replace_all(" ", ""))
        for part in (forename, surname)
    ]
    return (
        _everyone(scan)
        .join(known, on="person_id", how="left")
        .with_columns(
            name=full_name(forename, surname),
            find_key=pl.concat_str(
                fold(forename),
                fold(surname),
                fold(pl.col("person_id")),
                *as_one_word,
                separator=" ",
                ignore_nulls=True,
            ),
        )
        .select(names_of(FIELDS))
        .sort("person_id")
    )
