"""OC2: what was answered about a child's health for a whole year. None of the answers has a date, so none is
given one: the rows say that something was, in the year of return their number names."""

from collections.abc import Iterator

import polars as pl

from data.schema.codes import code_expr
from data.schema.convert import NOTHING
from data.schema.tables import polars_schema
from data.sources.ssda903.parts import Parts, made, stated

CHECKS = {"HEALTH": "HEALTH_ASSESSMENT", "DENTAL": "TEETH_CHECK", "SURVEILLANCE": "HEALTH_CHECK"}
"""Kind of health check and the question about it."""


def health(parts: Parts) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield health checks, immunisations, questionnaires, convictions and substance misuse of each year."""
    yield "cla_health", _checks(parts)
    yield "cla_immunisations", _immunisations(parts)
    yield "sdq_scores", _questionnaires(parts)
    yield "cla_convictions", _convictions(parts)
    yield "cla_substance_misuse", _misuse(parts)
    _offered(parts)


def _number(prefix: str, person: str) -> pl.Expr:
    """A row's number: the child and the year of return."""
    return pl.format("{}-{}-{}", pl.lit(prefix), person, pl.col("year").cast(pl.String).fill_null("undated"))


def _answered(parts: Parts, question: str, table: str) -> pl.DataFrame:
    """source_row, child, year of those for whom the answer is yes; what is no answer is told."""
    rows = parts.raw("oc2", question).with_columns(answer=code_expr(pl.col(question), "yes_no_unknown"))
    strange = rows.filter(pl.col("answer").is_null(), ~pl.col(question).is_in(NOTHING))
    parts.problems.rows(
        strange, "unknown_code", "warning", "The answer is neither yes (1) nor no (0); it was left blank.",
        effect="value left blank", column=question, value=pl.col(question), person="child", table=table,
    )  # fmt: skip
    yes = rows.filter((pl.col("answer") == "Y").fill_null(False))
    return yes.unique(["child", "year"], keep="first", maintain_order=True)


def _checks(parts: Parts) -> pl.DataFrame:
    table, source = "cla_health", parts.problems.source
    return pl.concat(
        made(
            table, source, _answered(parts, question, table),
            clah_health_check_id=_number(f"903-H-{kind}", "child"),
            clah_person_id=pl.col("child"),
            clah_health_check_type=pl.lit(kind),
            clah_health_check_status=pl.lit("Completed"),
        )
        for kind, question in CHECKS.items()
    )  # fmt: skip


def _immunisations(parts: Parts) -> pl.DataFrame:
    """The answer of the latest year that has one: the standard has one row per child."""
    table, person = "cla_immunisations", "clai_person_id"
    rows = stated(parts.rows("oc2", table), ["clai_immunisations_status"])
    earlier = rows.filter(~pl.col(person).is_first_distinct())
    parts.say(
        earlier, "superseded", table, "A later year's return has another answer; that one is used.",
        severity="note", effect="value left blank", column="IMMUNISATIONS",
    )  # fmt: skip
    return rows.unique(person, keep="first", maintain_order=True)


def _questionnaires(parts: Parts) -> pl.DataFrame:
    table = "sdq_scores"
    rows = pl.concat([parts.rows("oc2", table), parts.raw("oc2").select("year")], how="horizontal")
    score = pl.col("csdq_sdq_score")
    parts.say(
        rows.filter(~score.is_between(0, 40)), "out_of_range", table,
        "A score is a whole number from 0 to 40; it was left blank.",
        effect="value left blank", column="SDQ_SCORE", value=score,
    )  # fmt: skip
    rows = rows.with_columns(csdq_sdq_score=pl.when(score.is_between(0, 40)).then(score))
    rows = stated(rows, ["csdq_sdq_score", "csdq_sdq_reason"])
    numbered = rows.with_columns(csdq_table_id=_number("903-Q", "csdq_person_id"))
    return _told_apart(numbered, "csdq_table_id").select(*polars_schema(table))


def _convictions(parts: Parts) -> pl.DataFrame:
    table = "cla_convictions"
    return made(
        table, parts.problems.source, _answered(parts, "CONVICTED", table),
        clac_cla_conviction_id=_number("903-O", "child"), clac_person_id=pl.col("child"),
    )  # fmt: skip


def _misuse(parts: Parts) -> pl.DataFrame:
    """A row where there was substance misuse; that help was received says nothing without it."""
    table = "cla_substance_misuse"
    _answered(parts, "SUBSTANCE_MISUSE", table)  # tells the answers that are none
    yes = code_expr(pl.col("SUBSTANCE_MISUSE"), "yes_no_unknown").eq_missing("Y")
    answers = parts.raw("oc2", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED")
    rows = pl.concat(
        [parts.rows("oc2", table), answers.select("year", "INTERVENTION_RECEIVED", misused=yes)],
        how="horizontal",
    )
    helped = pl.col("clas_intervention_received") == "Y"
    parts.say(
        rows.filter(~pl.col("misused"), helped), "help_without_misuse", table,
        "Help with substance misuse was received (INTERVENTION_RECEIVED is 1) and SUBSTANCE_MISUSE is not 1, "
        "so no substance misuse was recorded. Correct one of the two answers in the return.",
        effect="value left blank", column="INTERVENTION_RECEIVED", value=pl.col("INTERVENTION_RECEIVED"),
    )  # fmt: skip
    rows = rows.filter("misused")
    numbered = rows.with_columns(clas_substance_misuse_id=_number("903-S", "clas_person_id"))
    return _told_apart(numbered, "clas_substance_misuse_id").select(*polars_schema(table))


def _told_apart(rows: pl.DataFrame, number: str) -> pl.DataFrame:
    """Rows of one child and year, told apart by "-2", "-3" in the order of what they say."""
    said = [name for name in rows.columns if name not in ("source_row", number)]
    ordered = rows.sort([*said, "source_row"], nulls_last=True)
    count = pl.int_range(1, pl.len() + 1).over(number)
    return ordered.with_columns(
        pl.when(count == 1).then(number).otherwise(pl.format("{}-{}", number, count)).alias(number)
    )


def _offered(parts: Parts) -> None:
    """Say once that the standard cannot hold the answers to INTERVENTION_OFFERED."""
    column = "INTERVENTION_OFFERED"
    if parts.raw("oc2", column).filter(~pl.col(column).is_in(NOTHING)).height:
        place = parts.raw("oc2")["source_row"][0].partition("/")[0]
        reason = "The standard dataset has no field for this column, so its values are in no report."
        parts.problems.one("no_ssd_home", place, "note", reason, effect="value left blank", column=column)
