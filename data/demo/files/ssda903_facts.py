"""The files of an SSDA903 return from the SSD tables, as they stood on one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from data.demo.annex_a.facts import CHILD as PERSON
from data.demo.annex_a.facts import Facts
from data.demo.lives.rare import FEWEST, helped_without_misuse, typed_ahead
from data.sources.ssda903.layout import BORN, CHILD, SEX, names

_WORKER = ("cw", "allocated worker", "allocated case worker", "case worker", "social worker")


def return_of(tables: Mapping[str, pl.DataFrame], as_at: date) -> dict[str, pl.DataFrame]:
    """Every file but that of deprivation of liberty orders, which the standard does not hold.

    The contract's columns, as text, dates as day/month/year; sorted by child.
    """
    facts = Facts(tables, as_at)
    episodes = _episodes(facts)
    cared = episodes.select(PERSON).unique()
    leavers = _leavers(facts)
    files = {
        "header": _header(facts, pl.concat([cared, leavers.select(PERSON)]).unique()),
        "episodes": episodes,
        "reviews": _reviews(facts),
        "missing": _missing(facts),
        "uasc": _asylum(facts),
        "oc2": _year(facts, episodes, as_at),
        "oc3": leavers,
        "ad1": _adopted(facts),
        "placed_for_adoption": _decisions(facts),
        "previous_permanence": _previous(facts),
        "sw_episodes": _workers(facts),
    }
    if tables["person"].height >= FEWEST:
        files |= {"oc2": helped_without_misuse(files["oc2"]), "reviews": typed_ahead(files["reviews"])}
    return {
        kind: _file(facts, kind, frame if kind == "header" else frame.join(cared, on=PERSON, how="semi"))
        if kind != "oc3"
        else _file(facts, kind, frame)
        for kind, frame in files.items()
    }


def _file(facts: Facts, kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The contract's columns of a file as text, the child's own from the person table."""
    people = facts.table("person", "pers_person_id").unique(PERSON, keep="first", maintain_order=True)
    own = people.select(PERSON, pl.col("pers_dob").alias(BORN), pl.col("pers_sex").alias(SEX))
    rows = rows.join(own, on=PERSON, how="left", maintain_order="left").with_columns(
        pl.col(PERSON).alias(CHILD)
    )
    columns = [name for name in names(kind) if name != "UASC"]
    dates = [name for name in columns if rows.schema[name].is_temporal()]
    shown = rows.with_columns(pl.col(name).dt.strftime("%d/%m/%Y") for name in dates)
    return shown.select(pl.col(columns).cast(pl.String)).sort(columns, nulls_last=True)


def _header(facts: Facts, children: pl.DataFrame) -> pl.DataFrame:
    people = facts.table("person", "pers_person_id").join(children, on=PERSON, how="semi")
    born = (
        facts.table("mother", "moth_person_id").group_by(PERSON).agg(MC_DOB=pl.col("moth_childs_dob").min())
    )
    rows = people.unique(PERSON, keep="first", maintain_order=True).join(born, on=PERSON, how="left")
    return rows.select(
        PERSON,
        "MC_DOB",
        ETHNIC="pers_ethnicity",
        UPN=pl.coalesce("pers_upn", "pers_upn_unknown"),
        MOTHER=_flag(pl.col("pers_is_mother") == "Y"),
    )


def _flag(condition: pl.Expr) -> pl.Expr:
    return pl.when(condition.fill_null(False)).then(pl.lit("1")).otherwise(pl.lit("0"))


def _episodes(facts: Facts) -> pl.DataFrame:
    start, end = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    rows = facts.table("cla_episodes", "clae_person_id", start, end)
    homes = facts.table(
        "cla_placement", "clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_end_date"
    ).unique("clap_cla_placement_id", keep="first", maintain_order=True)
    legal = facts.table("legal_status", "lega_person_id", "lega_legal_status_start_date")
    lived = facts.table("address", "addr_person_id", "addr_address_start_date").filter(
        pl.col("addr_address_type") == "Home"
    )
    rows = (
        rows.join(
            homes.drop(PERSON, "source", "source_row"),
            left_on="clae_cla_placement_id", right_on="clap_cla_placement_id", how="left",
        )
        .sort(start)
        .join_asof(
            legal.select(PERSON, "lega_legal_status", on="lega_legal_status_start_date").sort("on"),
            left_on=start, right_on="on", by=PERSON, strategy="backward", check_sortedness=False,
        )
        .join_asof(
            lived.select(PERSON, "addr_address_postcode", since="addr_address_start_date").sort("since"),
            left_on="clae_entered_care_date", right_on="since", by=PERSON, strategy="backward",
            check_sortedness=False,
        )
    )  # fmt: skip
    over = pl.col(end).is_not_null()
    moved = over & (pl.col(end) == pl.col("clap_cla_placement_end_date"))
    return rows.select(
        PERSON,
        DECOM=start,
        RNE="clae_cla_episode_start_reason",
        LS="lega_legal_status",
        CIN="clae_cla_primary_need_code",
        PLACE="clap_cla_placement_type",
        PLACE_PROVIDER="clap_cla_placement_provider",
        DEC=end,
        REC=pl.when(over).then("clae_cla_episode_ceased_reason"),
        REASON_PLACE_CHANGE=pl.when(moved.fill_null(False)).then("clap_cla_placement_change_reason"),
        HOME_POST="addr_address_postcode",
        PL_POST="clap_cla_placement_postcode",
        URN="clap_cla_placement_urn",
    )


def _reviews(facts: Facts) -> pl.DataFrame:
    rows = facts.table("cla_reviews", "clar_cla_person_id", "clar_cla_review_date")
    held = rows.filter((pl.col("clar_cla_review_cancelled") != "Y").fill_null(True))
    return held.select(PERSON, REVIEW="clar_cla_review_date", REVIEW_CODE="clar_cla_review_participation")


def _missing(facts: Facts) -> pl.DataFrame:
    start, end = "miss_missing_episode_start_date", "miss_missing_episode_end_date"
    rows = facts.table("missing", "miss_person_id", start, end)
    return rows.select(PERSON, MISSING="miss_missing_episode_type", MIS_START=start, MIS_END=end)


def _asylum(facts: Facts) -> pl.DataFrame:
    rows = facts.table("immigration_status", "immi_person_id", "immi_immigration_status_start_date")
    alone = rows.filter(pl.col("immi_immigration_status") == "UASC")
    return alone.unique(PERSON, keep="first", maintain_order=True).select(
        PERSON, DUC="immi_immigration_status_end_date"
    )


def _year(facts: Facts, episodes: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """OC2: who was looked after for the whole year to the last 31 March, and what was done in it."""
    ends = date(as_at.year if as_at >= date(as_at.year, 3, 31) else as_at.year - 1, 3, 31)
    begins = date(ends.year - 1, 4, 1)
    cared = facts.table("cla_episodes", "clae_person_id").filter(
        pl.col("clae_entered_care_date") <= begins,
        pl.col("clae_cla_episode_start_date") <= ends,
        pl.col("clae_cla_episode_ceased_date").is_null() | (pl.col("clae_cla_episode_ceased_date") > ends),
    )
    children = cared.select(PERSON).unique(maintain_order=True).join(episodes, on=PERSON, how="semi")

    def within(table: str, person: str, day: str) -> pl.DataFrame:
        return facts.table(table, person).filter(pl.col(day).is_between(begins, ends))

    def had(rows: pl.DataFrame) -> pl.Expr:
        return _flag(pl.col(PERSON).is_in(rows[PERSON].implode()))

    checks = within("cla_health", "clah_person_id", "clah_health_check_date").filter(
        pl.col("clah_health_check_status") == "Completed"
    )
    kind = pl.col("clah_health_check_type")
    scores = within("sdq_scores", "csdq_person_id", "csdq_sdq_completed_date")
    latest = scores.sort("csdq_sdq_completed_date").unique(PERSON, keep="last", maintain_order=True)
    safe = facts.table("cla_immunisations", "clai_person_id").filter(
        pl.col("clai_immunisations_status") == "Y"
    )
    misuse = within("cla_substance_misuse", "clas_person_id", "clas_substance_misuse_date")
    helped = misuse.filter(pl.col("clas_intervention_received") == "Y")
    misused = pl.col(PERSON).is_in(misuse[PERSON].implode())
    return children.join(latest, on=PERSON, how="left", maintain_order="left").select(
        PERSON,
        SDQ_SCORE="csdq_sdq_score",
        SDQ_REASON="csdq_sdq_reason",
        CONVICTED=had(within("cla_convictions", "clac_person_id", "clac_cla_conviction_date")),
        HEALTH_CHECK=had(checks.filter(kind == "SURVEILLANCE")),
        IMMUNISATIONS=had(safe),
        TEETH_CHECK=had(checks.filter(kind == "DENTAL")),
        HEALTH_ASSESSMENT=had(checks.filter(kind == "HEALTH")),
        SUBSTANCE_MISUSE=had(misuse),
        INTERVENTION_RECEIVED=pl.when(misused).then(had(helped)),
        INTERVENTION_OFFERED=pl.when(misused & (had(helped) == "0")).then(pl.lit("1")),
    )


def _leavers(facts: Facts) -> pl.DataFrame:
    """OC3: young people of 17 to 21."""
    grown = facts.table("person", "pers_person_id").filter(
        pl.col("pers_dob") <= facts.day.dt.offset_by("-17y"),
        pl.col("pers_dob") > facts.day.dt.offset_by("-22y"),
    )
    rows = facts.table("care_leavers", "clea_person_id").join(grown, on=PERSON, how="semi")
    letter = pl.col("clea_care_leaver_accommodation")
    return rows.select(
        PERSON,
        IN_TOUCH="clea_care_leaver_in_touch",
        ACTIV="clea_care_leaver_activity",
        ACCOM=letter + pl.col("clea_care_leaver_accom_suitable").fill_null(""),
    )


def _adopted(facts: Facts) -> pl.DataFrame:
    rows = facts.table("permanence", "perm_person_id", "perm_permanence_order_date").filter(
        pl.col("perm_permanence_order_type") == "Adoption"
    )
    return rows.select(
        PERSON,
        DATE_INT="perm_adm_decision_date",
        DATE_MATCH="perm_matched_date",
        FOSTER_CARE=_flag(pl.col("perm_adopted_by_carer_flag") == "Y"),
        NB_ADOPTR="perm_number_of_adopters",
        SEX_ADOPTR="perm_adopter_sex",
        LS_ADOPTR="perm_adopter_legal_status",
    )


def _decisions(facts: Facts) -> pl.DataFrame:
    over = "perm_decision_reversed_date"
    rows = facts.table("permanence", "perm_person_id", "perm_adm_decision_date", over)
    return rows.select(
        PERSON,
        DATE_PLACED="perm_adm_decision_date",
        DATE_PLACED_CEASED=over,
        REASON_PLACED_CEASED=pl.when(pl.col(over).is_not_null()).then("perm_decision_reversed_reason"),
    )


def _previous(facts: Facts) -> pl.DataFrame:
    return facts.table("cla_previous_permanence", "lapp_person_id").select(
        PERSON,
        PREV_PERM="lapp_previous_permanence_option",
        LA_PERM="lapp_previous_permanence_la",
        DATE_PERM="lapp_previous_permanence_order_date",
    )


def _workers(facts: Facts) -> pl.DataFrame:
    """Social workers of each child who was ever looked after, by registration number."""
    start, end = "invo_involvement_start_date", "invo_involvement_end_date"
    rows = facts.table("involvements", "invo_person_id", start, end).filter(
        pl.col("invo_professional_role_id").str.to_lowercase().is_in(_WORKER)
    )
    staff = facts.table("professionals", "prof_professional_id").select(
        invo_professional_id="prof_professional_id", SW_ID="prof_social_worker_registration_no"
    )
    known = rows.join(staff, on="invo_professional_id", how="inner").filter(pl.col("SW_ID").is_not_null())
    return known.select(PERSON, "SW_ID", SW_DECOM=start, SW_DEC=end, SW_REASON="invo_worker_change_reason")
