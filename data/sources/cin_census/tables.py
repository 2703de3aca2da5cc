"""The census's elements as SSD tables."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.schema.codes import code_expr, label_expr
from data.sources.cin_census.chunk import Chunk, undated
from data.sources.cin_census.keys import inside, keyed, plain
from data.sources.cin_census.layout import CHILD, groups

_UPN = r"^(?i:[a-z]\d{12}|[a-z]\d{11}[a-z])$"
_ODD_ID = r"^[A-Za-z0-9]{1,20}$"

IDENTIFIERS = {"UPN": "Unique Pupil Number", "FormerUPN": "Former Unique Pupil Number"}
"""What the standard calls them."""


def tables(chunk: Chunk) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each SSD table's rows of some children, in its own columns."""
    yield "person", _person(chunk)
    yield "linked_identifiers", _identifiers(chunk)
    yield "disability", _disability(chunk)
    yield from _cases(chunk)


def _person(chunk: Chunk) -> pl.DataFrame:
    table, rows = "person", chunk.rows(CHILD)
    both = rows.with_columns(Sex=pl.coalesce("Sex", "GenderCurrent"))
    frame = chunk.typed(table, CHILD, both, groups()[CHILD].fields(table)).with_columns(
        pers_person_id=rows["child"]
    )
    chunk.say(
        frame.filter(~pl.col("pers_person_id").str.contains(_ODD_ID)), table, "odd_child_id", "warning",
        "A child's number is up to 20 letters and digits; it was kept as it came.",
        column="LAchildID", value=pl.col("pers_person_id"),
    )  # fmt: skip
    chunk.say(
        frame.filter(pl.col("pers_dob").is_not_null() & pl.col("pers_expected_dob").is_not_null()), table,
        "born_and_expected", "note", "There is a date of birth, so the expected one is not used.",
        column="ExpectedPersonBirthDate", value=pl.col("pers_expected_dob"),
    )  # fmt: skip
    return plain(table, frame)


def _identifiers(chunk: Chunk) -> pl.DataFrame:
    table, found = "linked_identifiers", []
    for element, kind in IDENTIFIERS.items():
        rows = chunk.rows(CHILD).filter(pl.col(element).is_not_null())
        frame = chunk.typed(table, CHILD, rows, {"link_identifier_value": element})
        frame = frame.filter(pl.col("link_identifier_value").is_not_null()).with_columns(
            link_identifier_type=pl.lit(kind),
            link_table_id=pl.format(
                "CIN-{}-{}-{}", pl.lit(element), "link_person_id", "link_identifier_value"
            ),
        )
        chunk.say(
            frame.filter(~pl.col("link_identifier_value").str.contains(_UPN)), table, "not_a_upn", "warning",
            "A pupil number is a letter and 12 digits, or a letter, 11 digits and a letter; it was kept.",
            column=element, value=pl.col("link_identifier_value"),
        )  # fmt: skip
        found.append(plain(table, frame))
    return pl.concat(found)


def _disability(chunk: Chunk) -> pl.DataFrame:
    table = "disability"
    frame = chunk.typed(table, "Disability", chunk.rows("Disability"), {"disa_disability_code": "Disability"})
    return plain(
        table,
        frame.with_columns(
            disa_table_id=pl.format(
                "CIN-D-{}-{}", "disa_person_id", pl.col("disa_disability_code").fill_null("")
            )
        ),
    )


def _group(chunk: Chunk, name: str, table: str, date: str | None = None) -> pl.DataFrame:
    """A group's rows as a table's; those without `date` are reported."""
    fields = groups()[name].fields(table)
    frame = chunk.typed(table, name, chunk.rows(name), fields)
    if date is not None:
        undated(chunk, frame, table, date, fields[date])
    return frame


def _cases(chunk: Chunk) -> Iterator[tuple[str, pl.DataFrame]]:
    """Referrals and all that stands under them, each with the number of what it stands under."""
    episodes = _group(chunk, "CINdetails", "cin_episodes", "cine_referral_date").with_columns(
        cine_referral_source_desc=label_expr(pl.col("cine_referral_source_code"), "referral_source")
    )
    assessments = _group(chunk, "Assessments", "cin_assessments", "cina_assessment_start_date")
    factors = _factors(chunk)
    plans = _group(chunk, "CINPlanDates", "cin_plans", "cinp_cin_plan_start_date")
    enquiries = _group(chunk, "Section47", "s47_enquiry", "s47e_s47_start_date")
    held, alone = _conferences(chunk, enquiries)
    protection = _group(chunk, "ChildProtectionPlans", "cp_plans", "cppl_cp_plan_start_date")
    reviews = _reviews(chunk)
    proceedings = _group(chunk, "PreProceedingsandFGDM", "pre_proceedings")

    listed = inside([("factors", factors)])
    met = inside([("conference", held.drop("_detail"))])
    reviewed = inside([("review", reviews)])
    within = inside(
        [
            ("assessment", assessments.join(listed, on="_row", how="left")),
            ("plan", plans),
            ("enquiry", enquiries.join(met, on="_row", how="left")),
            ("protection", protection.join(reviewed, on="_row", how="left")),
            ("proceedings", proceedings),
        ]
    )
    episodes = keyed(
        episodes, "CIN-R", "cine_person_id", "cine_referral_date", "cine_referral_id", beside=within
    )
    yield "cin_episodes", plain("cin_episodes", episodes)
    assessments = keyed(
        _under(assessments, episodes, "cina_referral_id"), "CIN-A", "cina_person_id",
        "cina_assessment_start_date", "cina_assessment_id", beside=listed,
    )  # fmt: skip
    yield "cin_assessments", plain("cin_assessments", assessments)
    yield "assessment_factors", _of_assessments(factors, assessments)
    plans = keyed(
        _under(plans, episodes, "cinp_referral_id"), "CIN-P", "cinp_person_id", "cinp_cin_plan_start_date",
        "cinp_cin_plan_id",
    )  # fmt: skip
    yield "cin_plans", plain("cin_plans", plans)
    enquiries = keyed(
        _under(enquiries, episodes, "s47e_referral_id"), "CIN-S", "s47e_person_id", "s47e_s47_start_date",
        "s47e_s47_enquiry_id", beside=met,
    )  # fmt: skip
    yield "s47_enquiry", plain("s47_enquiry", enquiries)
    protection = keyed(
        _under(protection, episodes, "cppl_referral_id"), "CIN-CP", "cppl_person_id",
        "cppl_cp_plan_start_date", "cppl_cp_plan_id", beside=reviewed,
    )  # fmt: skip
    conferences, protection = _linked(held, alone, enquiries, episodes, protection)
    yield "initial_cp_conference", plain("initial_cp_conference", conferences)
    yield "cp_plans", plain("cp_plans", protection)
    numbers = protection.select(
        pl.col("_row").alias("_up"), pl.col("cppl_cp_plan_id").alias("cppr_cp_plan_id")
    )
    reviews = reviews.drop("cppr_cp_plan_id").join(numbers, on="_up", how="left")
    reviews = keyed(reviews, "CIN-CR", "cppr_person_id", "cppr_cp_review_date", "cppr_cp_review_id")
    yield "cp_reviews", plain("cp_reviews", reviews)
    proceedings = keyed(
        proceedings, "CIN-PP", "prep_person_id", "prep_pre_pro_decision_date", "prep_table_id"
    )
    yield "pre_proceedings", plain("pre_proceedings", proceedings)


def _under(rows: pl.DataFrame, episodes: pl.DataFrame, link: str) -> pl.DataFrame:
    """Fill the link to the referral that the rows stand under."""
    numbers = episodes.select(pl.col("_row").alias("_up"), pl.col("cine_referral_id").alias(link))
    return rows.drop(link).join(numbers, on="_up", how="left")


def _factors(chunk: Chunk) -> pl.DataFrame:
    """_up (the assessment) and json: the codes as one JSON list, in the order of their numbers."""
    rows = chunk.rows("AssessmentFactors")
    code = code_expr(pl.col("AssessmentFactors"), "assessment_factors")
    chunk.say(
        rows.filter(code.is_null()), "assessment_factors", "unknown_code", "warning",
        "The value is not in the code list assessment_factors; it was kept as it came.",
        column="AssessmentFactors", value=pl.col("AssessmentFactors"),
    )  # fmt: skip
    as_it_came = (
        pl.col("AssessmentFactors").str.replace_all(r"[\x00-\x1f]+", " ")
        .str.replace_all("\\", "\\\\", literal=True).str.replace_all('"', '\\"', literal=True)
    )  # fmt: skip
    return (
        rows.select(_up="up", code=pl.coalesce(code, as_it_came))
        .unique()
        .sort(
            "_up", pl.col("code").str.extract(r"^(\d+)").cast(pl.Int64, strict=False), "code", nulls_last=True
        )
        .group_by("_up", maintain_order=True)
        .agg(json=pl.format('["{}"]', pl.col("code").str.join('", "')).first())
    )


def _of_assessments(factors: pl.DataFrame, assessments: pl.DataFrame) -> pl.DataFrame:
    table = "assessment_factors"
    rows = factors.join(assessments, left_on="_up", right_on="_row", how="inner").select(
        cinf_table_id=pl.format("{}-F", "cina_assessment_id"),
        cinf_assessment_id="cina_assessment_id",
        cinf_assessment_factors_json="json",
        source="source",
        source_row="source_row",
    )
    return plain(table, rows)


def _conferences(chunk: Chunk, enquiries: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Conferences of section 47 enquiries (_up is the enquiry), and those that stand under none.

    One under none is a transfer-in conference, unless an enquiry of the same referral has none of its own
    yet and wants one: then it may be that enquiry's, and is left open.
    """
    table, element = "initial_cp_conference", "DateOfInitialCPC"
    rows = chunk.rows("Section47").filter(pl.col(element).is_not_null())
    held = chunk.typed(table, "Section47", rows, groups()["Section47"].fields(table))
    held = held.with_columns(_detail=pl.col("_up"), _up=pl.col("_row"))
    rows = chunk.rows("CINdetails").filter(pl.col(element).is_not_null())
    rows = rows.with_columns(pl.col("source_row").str.replace("CINdetails", element, literal=True))
    chunk.count(element, rows.height)
    alone = chunk.typed(table, element, rows, {"icpc_icpc_date": element})
    alone = alone.with_columns(_detail=pl.col("_row"), _up=pl.lit(None, pl.Int64))
    twice = alone.join(held, on=["_detail", "icpc_icpc_date"], how="semi")
    chunk.hold(
        twice, element, "repeated_row", "note",
        "A section 47 enquiry of the same referral has a conference on this day; that one was read.",
    )  # fmt: skip
    waiting = enquiries.join(held, left_on="_row", right_on="_up", how="anti").filter(
        (pl.col("s47e_s47_nfa") != "Y").fill_null(True)
    )
    alone = alone.join(held, on=["_detail", "icpc_icpc_date"], how="anti").with_columns(
        icpc_icpc_transfer_in=pl.when(~pl.col("_detail").is_in(waiting["_up"].implode())).then(pl.lit("Y"))
    )
    return held, alone


def _linked(
    held: pl.DataFrame,
    alone: pl.DataFrame,
    enquiries: pl.DataFrame,
    episodes: pl.DataFrame,
    protection: pl.DataFrame,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Conferences with their enquiry, referral and plan; plans with their conference.

    A plan that began on the day of a conference of the same child was made there.
    """
    numbers = enquiries.select(
        pl.col("_row").alias("_up"), pl.col("s47e_s47_enquiry_id").alias("icpc_s47_enquiry_id"),
        began="s47e_s47_start_date",
    )  # fmt: skip
    rows = pl.concat([held, alone]).drop("icpc_s47_enquiry_id", "icpc_referral_id", "icpc_cp_plan_id")
    rows = rows.join(numbers, on="_up", how="left")
    referral = episodes.select(
        pl.col("_row").alias("_detail"), pl.col("cine_referral_id").alias("icpc_referral_id")
    )
    rows = rows.join(referral, on="_detail", how="left")
    of_plan = (
        protection.filter(pl.col("cppl_cp_plan_start_date").is_not_null())
        .sort("cppl_cp_plan_id")
        .unique(["_nr", "cppl_cp_plan_start_date"], keep="first", maintain_order=True)
        .select(
            "_nr",
            pl.col("cppl_cp_plan_start_date").alias("icpc_icpc_date"),
            pl.col("cppl_cp_plan_id").alias("icpc_cp_plan_id"),
        )
    )
    rows = rows.join(of_plan, on=["_nr", "icpc_icpc_date"], how="left").drop("_detail")
    began = rows.select("source_row", "began")
    rows = keyed(rows.drop("began"), "CIN-C", "icpc_person_id", "icpc_icpc_date", "icpc_icpc_id")
    made = (
        rows.join(began, on="source_row", how="left")
        .filter(pl.col("icpc_icpc_date").is_not_null())
        .sort("began", "icpc_icpc_id", descending=[True, False], nulls_last=True)
        .unique(["_nr", "icpc_icpc_date"], keep="first", maintain_order=True)
        .select(
            "_nr",
            pl.col("icpc_icpc_date").alias("cppl_cp_plan_start_date"),
            pl.col("icpc_icpc_id").alias("cppl_icpc_id"),
        )
    )
    plans = protection.drop("cppl_icpc_id").join(
        made, on=["_nr", "cppl_cp_plan_start_date"], how="left", maintain_order="left"
    )
    return rows, plans


def _reviews(chunk: Chunk) -> pl.DataFrame:
    """Reviews (_up is the plan); one whose date cannot be read says nothing and is held."""
    element = "CPPreviewDate"
    frame = chunk.typed("cp_reviews", element, chunk.rows(element), {"cppr_cp_review_date": element})
    unread = pl.col("cppr_cp_review_date").is_null()
    chunk.hold(
        frame.filter(unread), element, "missing_date", "error",
        "The review has no date that can be read, so it is not counted; correct it in the source.",
        column=element,
    )  # fmt: skip
    return frame.filter(~unread)
