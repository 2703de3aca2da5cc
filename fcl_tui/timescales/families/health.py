"""Health of looked-after children: assessments, dental checks, questionnaires, immunisations."""

import polars as pl

from fcl_tui.definitions.days.calendar import age_on, birthday
from fcl_tui.timescales.cycles import attached, cycles, row_of
from fcl_tui.timescales.families.care import no_beginning, periods
from fcl_tui.timescales.inputs import Ground, clock

YOUNG = 5
FROM_AGE = 4


def _checked(on: Ground, kind: str, then: str) -> pl.LazyFrame:
    checks = (
        on.scan("cla_health")
        .filter(pl.col("clah_health_check_type") == kind, pl.col("clah_health_check_status") == "Completed")
        .select(
            person_id="clah_person_id",
            match_id=pl.lit(None, pl.String),
            date="clah_health_check_date",
            row=row_of("cla_health", "clah_health_check_id"),
        )
    )
    spells = periods(on)
    done = attached(spells.with_columns(match_id=pl.lit(None, pl.String)), checks, start_day_counts=True)
    latest = "check" if on.latest_only("cla_health") else None
    return cycles(spells, done, then=then, latest_only=latest).with_columns(unknown=no_beginning())


def health(on: Ground) -> pl.LazyFrame:
    """The initial health assessment of each period of care, and the reviews after it.

    The age on the day of the last assessment picks the interval; without a date of birth the shorter one.
    """
    first = pl.col("cycle") == 1
    young = age_on(pl.col("dob"), pl.col("started")).fill_null(0) < YOUNG
    return clock(
        _checked(on, "HEALTH", "last health assessment")
        .join(on.births(), on="person_id", how="left")
        .with_columns(
            rule=pl.when(first).then(pl.lit("health_initial")).otherwise(pl.lit("health_review")),
            step=pl.when(first)
            .then(pl.lit("first"))
            .when(young)
            .then(pl.lit("under_five"))
            .otherwise(pl.lit("later")),
        )
    )


def dental(on: Ground) -> pl.LazyFrame:
    """Dental checks of looked-after children."""
    return clock(
        _checked(on, "DENTAL", "last dental check").with_columns(
            rule=pl.lit("dental_check"), step=_first_then_later()
        )
    )


def sdq(on: Ground) -> pl.LazyFrame:
    """Strengths and difficulties questionnaires, from the fourth birthday or entering care if later."""
    four = birthday(pl.col("dob"), FROM_AGE)
    waits = four > pl.col("started")
    last_age = on.rules["sdq"].limit_age or 0
    spells = (
        periods(on)
        .join(on.births(), on="person_id", how="left")
        .with_columns(
            started=pl.when(waits).then(four).otherwise("started"),
            started_by=pl.when(waits).then(pl.lit("fourth birthday")).otherwise("started_by"),
            row=pl.concat_str("row", pl.when(waits).then("birth_row"), separator="; ", ignore_nulls=True),
            begin_known=pl.col("begin_known") | waits.fill_null(False),
            match_id=pl.lit(None, pl.String),
        )
        .filter(
            pl.col("ended").is_null() | (pl.col("ended") > pl.col("started")),
            pl.col("dob").is_null() | (pl.col("started") < birthday(pl.col("dob"), last_age)),
        )
    )
    answers = (
        on.scan("sdq_scores")
        .filter(pl.col("csdq_sdq_score").is_not_null() | pl.col("csdq_sdq_reason").is_null())
        .select(
            person_id="csdq_person_id",
            match_id=pl.lit(None, pl.String),
            date="csdq_sdq_completed_date",
            row=row_of("sdq_scores", "csdq_table_id"),
        )
    )
    done = attached(spells, answers, start_day_counts=True)
    latest = "questionnaire" if on.latest_only("sdq_scores") else None
    return clock(
        cycles(spells, done, then="last questionnaire", latest_only=latest).with_columns(
            rule=pl.lit("sdq"), step=_first_then_later(), unknown=no_beginning()
        )
    )


def immunisations(on: Ground) -> pl.LazyFrame:
    """Whether immunisations are up to date, for each child's latest period of care.

    Up to date: ask again after the interval, and no more than that (`soft`). Not up to date: overdue from
    the day after that was recorded. No answer: no due date.
    """
    answers = (
        on.scan("cla_immunisations")
        .select(
            person_id="clai_person_id",
            status="clai_immunisations_status",
            recorded="clai_immunisations_status_date",
            answer_row=row_of("cla_immunisations", "clai_person_id"),
        )
        .sort("person_id", "recorded", nulls_last=False)
        .unique("person_id", keep="last", maintain_order=True)
    )
    status = pl.col("status").fill_null("U")
    latest = periods(on).sort("started").unique("person_id", keep="last", maintain_order=True)
    answered = status.is_in(["Y", "N"])
    return clock(
        latest.join(answers, on="person_id", how="left").with_columns(
            rule=pl.lit("immunisations"),
            cycle=pl.lit(1),
            step=pl.when(status == "N").then(pl.lit("not_up_to_date")).otherwise(pl.lit("later")),
            started=pl.when(answered).then(pl.coalesce("recorded", "started")).otherwise("started"),
            started_by=pl.when(answered & pl.col("recorded").is_not_null())
            .then(
                pl.when(status == "Y")
                .then(pl.lit("immunisations recorded as up to date"))
                .otherwise(pl.lit("immunisations recorded as not up to date"))
            )
            .otherwise("started_by"),
            soft=status == "Y",
            waived=pl.lit(True),
            unknown=pl.when(~answered)
            .then(pl.lit("whether immunisations are up to date is not in the source"))
            .when(pl.col("recorded").is_null())
            .then(pl.lit("the day the immunisation status was recorded is not in the source")),
            source_rows=pl.concat_str("row", "answer_row", separator="; ", ignore_nulls=True),
        )
    )


def _first_then_later() -> pl.Expr:
    return pl.when(pl.col("cycle") == 1).then(pl.lit("first")).otherwise(pl.lit("later"))
