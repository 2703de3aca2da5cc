"""What in a leaving care record needs talking about, and how pressing it is.

The scores only put a supervision list in order; they are not a measure of risk. Each concern that holds adds
its points.
"""

from functools import reduce
from operator import add

import polars as pl

from fcl_tui.reports.coverage import Coverage
from fcl_tui.reports.wording import blank_to_null

_OUT_OF_SERVICE = pl.col("touch").is_in(["NREQ", "RHOM"]).fill_null(value=False)


def _is(column: str, *codes: str) -> pl.Expr:
    return pl.col(column).is_in(codes)


def _listed(coverage: Coverage) -> list[tuple[str, int, pl.Expr]]:
    """Words, points and condition; a blank counts only where the source could have held the answer."""
    contact_known = coverage.has("care_leavers", "clea_care_leaver_latest_contact")
    plan_known = coverage.has("care_leavers", "clea_pathway_plan_review_date")
    adviser_known = coverage.has("involvements") or coverage.has(
        "care_leavers", "clea_care_leaver_personal_advisor"
    )
    never_seen = pl.lit(contact_known) & pl.col("latest_contact").is_null() & ~_OUT_OF_SERVICE
    no_plan = pl.lit(plan_known) & pl.col("pathway_plan_date").is_null() & ~_OUT_OF_SERVICE
    return [
        ("no fixed abode", 6, _is("home", "S")),
        ("not in touch", 5, _is("touch", "NO")),
        ("in custody", 5, _is("home", "X")),
        ("emergency accommodation", 5, _is("home", "V")),
        ("bed and breakfast", 5, _is("home", "W")),
        ("contact overdue", 4, pl.col("contact_state") == "overdue"),
        ("no contact recorded", 4, never_seen),
        ("accommodation unsuitable", 4, _is("suitable", "2")),
        ("residence not known", 3, _is("home", "R")),
        ("pathway plan overdue", 3, pl.col("pathway_state") == "overdue"),
        ("no pathway plan recorded", 3, no_plan & pl.col("pathway_state").is_null()),
        ("no personal adviser", 3, pl.lit(adviser_known) & pl.col("personal_adviser").is_null()),
        ("refuses contact", 2, _is("touch", "REFU")),
        ("not in education, training or work", 2, _is("doing", "G5")),
        ("not in education, training or work: illness or disability", 1, _is("doing", "G4")),
        ("not in education, training or work: pregnancy or parenting", 1, _is("doing", "G6")),
    ]


def score(coverage: Coverage) -> pl.Expr:
    """The sum of the points (Int64); 0 when nothing needs talking about."""
    points = [pl.when(held).then(points).otherwise(0).cast(pl.Int64) for _, points, held in _listed(coverage)]
    return reduce(add, points)


def concerns(coverage: Coverage) -> pl.Expr:
    """What needs talking about, in words, most points first; null when nothing does."""
    words = [pl.when(held).then(pl.lit(text)) for text, _, held in _listed(coverage)]
    return blank_to_null(pl.concat_str(words, separator=", ", ignore_nulls=True))
