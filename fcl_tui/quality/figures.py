"""Figures of audits beyond those of one group: quarters, standards, and two gradings of the same cases."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

import polars as pl

from fcl_tui.quality.agreement import Agreement, agreement, table_of
from fcl_tui.quality.current import live, standing
from fcl_tui.quality.grades import BETTER, GOOD, GRADES, NOT_COUNTED

Z = 1.959963984540054
SHOWN = 8
"""Quarters that a trend has"""
GRADE_COLUMNS = {4: "outstanding", 3: "good", 2: "requires_improvement", 1: "inadequate"}


def share_and_interval(numerator: pl.Expr, denominator: pl.Expr) -> list[pl.Expr]:
    """A share in per cent and its 95% interval after Wilson, as percent, low, high; null without a case."""
    n = pl.when(denominator > 0).then(denominator)
    share = numerator / n
    below = 1 + Z * Z / n
    middle = share + Z * Z / (2 * n)
    half = Z * (share * (1 - share) / n + Z * Z / (4 * n * n)).sqrt()
    return [
        (100 * share).alias("percent"),
        (100 * ((middle - half) / below).clip(0, 1)).alias("low"),
        (100 * ((middle + half) / below).clip(0, 1)).alias("high"),
    ]


def quarters(cases: pl.LazyFrame) -> pl.LazyFrame:
    """Grades by quarter, of quarterly rounds, the newest first.

    Returns:
        period, drawn, audited, moderated, outstanding, good, requires_improvement, inadequate, good_or_better
        (Int64), percent, low, high (of good or better), moved_up, moved_down, better, counted (part B), at
        most SHOWN rows.
    """
    grade = pl.col("grade")
    is_counted = grade.is_not_null() & ~pl.col("outcome").is_in(list(NOT_COUNTED))
    rows = (
        live(cases)
        .filter(pl.col("kind") == "quarterly")
        .group_by("period")
        .agg(
            drawn=pl.len().cast(pl.Int64),
            audited=pl.col("submitted_at").is_not_null().sum().cast(pl.Int64),
            moderated=grade.is_not_null().sum().cast(pl.Int64),
            **{name: (grade == value).sum().cast(pl.Int64) for value, name in GRADE_COLUMNS.items()},
            good_or_better=(grade >= GOOD).sum().cast(pl.Int64),
            moved_up=(pl.col("moved") > 0).sum().cast(pl.Int64),
            moved_down=(pl.col("moved") < 0).sum().cast(pl.Int64),
            better=(is_counted & pl.col("outcome").is_in(list(BETTER))).sum().cast(pl.Int64),
            counted=is_counted.sum().cast(pl.Int64),
        )
        .sort("period", descending=True)
        .head(SHOWN)
    )
    return rows.with_columns(share_and_interval(pl.col("good_or_better"), pl.col("moderated")))


def standards(cases: pl.LazyFrame, ratings: pl.LazyFrame, names: Mapping[str, str]) -> pl.LazyFrame:
    """How each standard was graded in moderated audits, the strongest first.

    Returns:
        standard_key, standard (its name), graded, outstanding, good, requires_improvement, inadequate,
        not_applicable, good_or_better (Int64), percent, low, high.
    """
    value = pl.col("value")
    rows = (
        ratings.join(standing(cases).select("case_id"), on="case_id", how="semi")
        .group_by("standard_key")
        .agg(
            graded=value.is_not_null().sum().cast(pl.Int64),
            **{name: (value == grade).sum().cast(pl.Int64) for grade, name in GRADE_COLUMNS.items()},
            not_applicable=value.is_null().sum().cast(pl.Int64),
            good_or_better=(value >= GOOD).sum().cast(pl.Int64),
        )
        .with_columns(standard=pl.col("standard_key").replace(dict(names)))
        .with_columns(share_and_interval(pl.col("good_or_better"), pl.col("graded")))
    )
    return rows.sort("percent", "graded", "standard_key", descending=[True, True, False], nulls_last=True)


def second_gradings(cases: pl.LazyFrame) -> pl.LazyFrame:
    """Cases graded twice: again for consistency, blind, and as first graded.

    Returns:
        one row per second grading handed in: case_id (of the second), first_case_id, checked_period, pod,
        person_id, name, auditor (of the first), first (the validated grade), own (the first auditor's),
        second (Int64), difference (second minus first).
    """
    second = (
        live(cases)
        .filter(pl.col("checks_case_id").is_not_null(), pl.col("auditor_grade").is_not_null())
        .select("case_id", first_case_id="checks_case_id", second="auditor_grade", part="part")
    )
    first = cases.select(
        "pod", "person_id", "name", "auditor", first_case_id="case_id", checked_period="period",
        first="grade", own="auditor_grade",
    )  # fmt: skip
    return (
        second.join(first, on="first_case_id", how="inner", maintain_order="left")
        .filter(pl.col("first").is_not_null())
        .with_columns(difference=pl.col("second") - pl.col("first"))
    )


def agreement_of(pairs: pl.DataFrame, first: str = "first", second: str = "second") -> Agreement:
    """The figures of two columns of grades; rows without both are not counted."""
    both = pairs.select(first, second).drop_nulls()
    return agreement(table_of(both.rows()))


def four_by_four(pairs: pl.LazyFrame) -> pl.LazyFrame:
    """The table of pairs: validated (words), inadequate, requires_improvement, good, outstanding,
    all; best first.
    """
    grades = pl.LazyFrame({"first": list(GRADES), "validated": list(GRADES.values())})
    counted = pairs.group_by("first").agg(
        **{name: (pl.col("second") == value).sum().cast(pl.Int64) for value, name in GRADE_COLUMNS.items()},
        all=pl.len().cast(pl.Int64),
    )
    grades = grades.join(pairs.select(pl.len().alias("_any")).filter(pl.col("_any") > 0), how="cross").drop(
        "_any"
    )
    told = grades.join(counted.with_columns(pl.col("first").cast(pl.Int64)), on="first", how="left")
    return told.with_columns(pl.col(*GRADE_COLUMNS.values(), "all").fill_null(0)).sort(
        "first", descending=True
    )


def by_pod(pairs: pl.LazyFrame, fewest: int) -> pl.LazyFrame:
    """Direction of second gradings by pod: pod, cases, lower, same, higher, mean_difference.

    Pods of fewer than `fewest` are put together as "Pods with few audits".
    """
    size = pl.len().over("pod")
    named = pairs.with_columns(
        pod=pl.when(size >= fewest).then("pod").otherwise(pl.lit("Pods with few audits"))
    )
    difference = pl.col("difference")
    return (
        named.group_by("pod")
        .agg(
            cases=pl.len().cast(pl.Int64),
            lower=(difference < 0).sum().cast(pl.Int64),
            same=(difference == 0).sum().cast(pl.Int64),
            higher=(difference > 0).sum().cast(pl.Int64),
            mean_difference=difference.mean(),
        )
        .sort("mean_difference", "pod", nulls_last=True)
    )


def agreement_words(told: Agreement) -> list[str]:
    """What is said of it, the table's percentages first, kappa and AC2 last with their limits in words."""
    if not told.cases:
        return ["No case has been graded a second time yet."]
    exact, near = told.exact_percent or 0.0, told.within_one_percent or 0.0
    lines = [
        f"{told.exact} of {told.cases} the same grade ({exact:.1f}%), {told.within_one} within one grade "
        f"({near:.1f}%): {told.verdict}",
        f"second grade lower in {told.second_lower}, higher in {told.second_higher}; across the line of "
        f"Good in {told.across_good}",
    ]
    if told.kappa is None:
        lines.append(f"weighted kappa {told.kappa_words}")
    else:
        ac2 = "" if told.ac2 is None else f"; AC2 {told.ac2:.2f}, which holds there too"
        lines.append(
            f"weighted kappa {told.kappa:.2f} (95% {told.kappa_low:.2f} to {told.kappa_high:.2f}), low where "
            f"nearly all have one grade{ac2}"
        )
    return lines


def half_width(cases: int, share: float = 0.75) -> float:
    """About how many points either way a share of so many cases is sure to, at 95%."""
    return 100 * Z * sqrt(share * (1 - share) / cases) if cases else 0.0


FIGURES = {"figure": pl.String, "value": pl.Float64, "count": pl.Int64, "of": pl.Int64, "low": pl.Float64,
           "high": pl.Float64, "words": pl.String}  # fmt: skip
"""The columns of `agreement_rows`"""


def _tenths(percent: float | None) -> float | None:
    return None if percent is None else round(percent, 1)


def agreement_rows(told: Agreement, whose: str) -> list[tuple[object, ...]]:
    """The figures of an agreement, one row each by FIGURES: percentages first, kappa and AC2 last.

    Args:
        whose: which two gradings, before the name of each figure.
    """
    n = told.cases
    if not n:
        return []
    rows: list[tuple[object, ...]] = [
        (f"{whose}: same grade, %", _tenths(told.exact_percent), told.exact, n, None, None, told.verdict),
        (f"{whose}: within one grade, %", _tenths(told.within_one_percent), told.within_one, n, None, None,
         "two grades apart: look at each case"),
        (f"{whose}: second lower", None, told.second_lower, n, None, None, None),
        (f"{whose}: second higher", None, told.second_higher, n, None, None, None),
        (f"{whose}: across the line of Good", None, told.across_good, n, None, None,
         "one says Good or better, the other not"),
        (f"{whose}: mean difference in grades", told.mean_difference, None, n, None, None,
         "second minus first; below zero: the second is stricter"),
        (f"{whose}: weighted kappa, linear", told.kappa, None, n, told.kappa_low, told.kappa_high,
         told.kappa_words or "corrected for chance; low where nearly all have one grade"),
        (f"{whose}: AC2 (Gwet), linear", told.ac2, None, n, None, None,
         told.kappa_words if told.ac2 is None else "steady where nearly all have one grade"),
    ]  # fmt: skip
    return rows
