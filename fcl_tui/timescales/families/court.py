"""Court and adoption: pre-proceedings, care proceedings, and the steps to an adoptive family."""

import polars as pl

from fcl_tui.timescales.cycles import row_of
from fcl_tui.timescales.families.care import FAR, all_periods, legal_statuses, periods
from fcl_tui.timescales.families.front_door import once, with_closing
from fcl_tui.timescales.inputs import Ground

INTERIM = "C1"
FINAL = ("C2", "E1")


def preproceedings(on: Ground) -> pl.LazyFrame:
    """Pre-proceedings, from the letter (else the decision) to stepping down, issue, or closing the case."""
    begun = pl.coalesce("prep_pre_pro_letter_date", "prep_pre_pro_decision_date")
    families = (
        on.scan("pre_proceedings")
        .filter(begun.is_not_null())
        .select(
            person_id="prep_person_id",
            spell=pl.coalesce("prep_table_id", pl.lit("pre-proceedings")),
            started=begun,
            done_date="prep_agree_stepdown_issue_date",
            ended_by=pl.lit("the case was closed"),
            started_by=pl.when(pl.col("prep_pre_pro_letter_date").is_not_null())
            .then(pl.lit("letter before proceedings"))
            .otherwise(pl.lit("decision")),
            row=row_of("pre_proceedings", "prep_table_id"),
        )
    )
    return once(with_closing(families, on).with_columns(ended="closed"), "preproceedings_16w")


def care_proceedings(on: Ground) -> pl.LazyFrame:
    """Care proceedings, by stand-ins: from the first interim care order to the order that ends them.

    Interim orders that follow one another without a gap are one set of proceedings. One left open ends
    with the period of care.
    """
    legal = legal_statuses(on)
    gap = pl.col("legal_from") > pl.coalesce("legal_to", FAR).shift().cum_max().over(
        "person_id"
    ) + pl.duration(days=1)
    interim = (
        legal.filter(pl.col("legal") == INTERIM)
        .with_columns(run=gap.fill_null(False).cum_sum().over("person_id"))
        .group_by("person_id", "run", maintain_order=True)
        .agg(
            started=pl.col("legal_from").first(),
            over=pl.col("legal_to").last(),
            row=pl.col("legal_row").first(),
        )
    )
    final = (
        interim.select("person_id", "run", "started")
        .join(legal.filter(pl.col("legal").is_in(FINAL)), on="person_id")
        .filter(pl.col("legal_from") >= pl.col("started"))
        .sort("legal_from", "legal_row")
        .group_by("person_id", "run", maintain_order=True)
        .agg(order=pl.col("legal_from").first(), order_row=pl.col("legal_row").first())
    )
    care = all_periods(on).select("person_id", entered="started", left="ended")
    begun = interim.join(final, on=["person_id", "run"], how="left").sort("started")
    within = begun.join_asof(
        care.sort("entered", "left", nulls_last=True),
        left_on="started",
        right_on="entered",
        by="person_id",
        strategy="backward",
        check_sortedness=False,
        coalesce=False,
    )
    return once(
        within.with_columns(
            spell=pl.lit("from ") + pl.col("started").cast(pl.String),
            done_date=pl.min_horizontal("over", "order"),
            ended=pl.when(pl.col("left") >= pl.col("started")).then("left"),
            ended_by=pl.lit("the child stopped being looked after"),
            started_by=pl.lit("first interim care order, used instead of the day of issue"),
            assumed=pl.lit(
                "the day of issue is not in the source: the interim order, which comes later, is used instead"
            ),
            row=pl.concat_str("row", "order_row", separator="; ", ignore_nulls=True),
        ),
        "care_proceedings_26w",
    )


def adoption(on: Ground) -> pl.LazyFrame:
    """Entering care to moving in, and placement order to match. A reversed decision ends both.

    Nobody knew on the day a child entered care that the plan would be adoption: the first is known from the
    day of the decision, or where that is not recorded from the first step that shows it.
    """
    plans = on.scan("permanence").select(
        person_id="perm_person_id",
        spell=pl.coalesce("perm_table_id", pl.lit("adoption")),
        cla_id="perm_cla_id",
        decided=pl.coalesce(
            "perm_adm_decision_date",
            "perm_ffa_cp_decision_date",
            "perm_placement_order_date",
            "perm_matched_date",
            "perm_placed_for_adoption_date",
        ),
        known_from=pl.coalesce(
            "perm_adm_decision_date",
            pl.min_horizontal(
                "perm_ffa_cp_decision_date",
                "perm_placement_order_date",
                "perm_matched_date",
                "perm_placed_for_adoption_date",
            ),
        ),
        ordered="perm_placement_order_date",
        matched="perm_matched_date",
        moved_in=pl.min_horizontal(
            "perm_placed_for_adoption_date",
            "perm_placed_ffa_cp_date",
            pl.when(pl.col("perm_adopted_by_carer_flag") == "Y").then("perm_placed_foster_carer_date"),
        ),
        reversed="perm_decision_reversed_date",
        row=row_of("permanence", "perm_table_id"),
    )
    care = periods(on).select("person_id", cla_id="match_id", entered="started", left="ended", care_row="row")
    told = care.filter(pl.col("cla_id").is_not_null(), pl.struct("person_id", "cla_id").is_unique())
    by_id = plans.join(told, on=["person_id", "cla_id"], how="left")
    found = pl.col("entered").is_not_null()
    loose = (
        by_id.filter(~found)
        .drop("entered", "left", "care_row")
        .sort("decided")
        .join_asof(
            care.drop("cla_id").sort("entered", "left", "care_row", nulls_last=True),
            left_on="decided",
            right_on="entered",
            by="person_id",
            strategy="backward",
            check_sortedness=False,
            coalesce=False,
        )
    )
    all_plans = pl.concat([by_id.filter(found), loose], how="diagonal_relaxed").with_columns(
        ended=pl.min_horizontal("reversed", "left"),
        waived=pl.lit(True),
        ended_by=pl.when(pl.col("reversed") <= pl.coalesce("left", FAR))
        .then(pl.lit("the decision was reversed"))
        .otherwise(pl.lit("the child stopped being looked after")),
    )
    frames = []
    if on.runs("adoption_entry_to_placed"):
        placed = all_plans.filter(pl.col("decided").is_not_null()).with_columns(
            started="entered",
            known_from=pl.when(pl.col("known_from") > pl.col("entered")).then("known_from"),
            done_date="moved_in",
            started_by=pl.lit("became looked after"),
            row=pl.concat_str("care_row", "row", separator="; ", ignore_nulls=True),
        )
        frames.append(once(placed, "adoption_entry_to_placed"))
    if on.runs("adoption_order_to_match"):
        matched = all_plans.with_columns(
            started="ordered",
            known_from=pl.lit(None, pl.Date),
            done_date=pl.max_horizontal("matched", pl.when(pl.col("matched").is_not_null()).then("ordered")),
            started_by=pl.lit("placement order"),
        )
        frames.append(once(matched, "adoption_order_to_match"))
    return pl.concat(frames)
