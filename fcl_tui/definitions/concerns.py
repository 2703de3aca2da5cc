"""What in a leaving care record needs talking about, and how pressing it is.

The scores only put a supervision list in order; they are not a measure of risk. Each concern that holds adds
its points.
"""

import re
from functools import reduce
from operator import add

import polars as pl

from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.wording.labels import NOT_THEN, blank_to_null

_OUT_OF_SERVICE = pl.col("touch").is_in(["NREQ", "RHOM"]).fill_null(value=False)


def _is(column: str, *codes: str) -> pl.Expr:
    return pl.col(column).is_in(codes)


def _listed(coverage: Coverage) -> list[tuple[str, int, pl.Expr]]:
    """Words, points and condition; a blank counts only where the source could have held the answer.

    Where only a later date is held nobody can say that nothing was recorded: it is said, without points.
    """
    contact_known = coverage.has("care_leavers", "clea_care_leaver_latest_contact")
    plan_known = coverage.has("care_leavers", "clea_pathway_plan_review_date")
    adviser_known = coverage.has("involvements") or coverage.has(
        "care_leavers", "clea_care_leaver_personal_advisor"
    )
    contact_later, plan_later = pl.col("contact_later"), pl.col("plan_later")
    unseen = pl.lit(contact_known) & pl.col("latest_contact").is_null() & ~_OUT_OF_SERVICE
    unplanned = pl.lit(plan_known) & pl.col("pathway_plan_date").is_null() & ~_OUT_OF_SERVICE
    no_plan = unplanned & pl.col("pathway_state").is_null()
    return [
        ("no fixed abode", 6, _is("home", "S")),
        ("not in touch", 5, _is("touch", "NO")),
        ("in custody", 5, _is("home", "X")),
        ("emergency accommodation", 5, _is("home", "V")),
        ("bed and breakfast", 5, _is("home", "W")),
        ("contact overdue", 4, pl.col("contact_state") == "overdue"),
        ("no contact recorded", 4, unseen & ~contact_later),
        ("accommodation unsuitable", 4, _is("suitable", "2")),
        ("residence not known", 3, _is("home", "R")),
        ("pathway plan overdue", 3, pl.col("pathway_state") == "overdue"),
        ("no pathway plan recorded", 3, no_plan & ~plan_later),
        ("no personal adviser", 3, pl.lit(adviser_known) & pl.col("personal_adviser").is_null()),
        ("refuses contact", 2, _is("touch", "REFU")),
        ("not in education, training or work", 2, _is("doing", "G5")),
        ("not in education, training or work: illness or disability", 1, _is("doing", "G4")),
        ("not in education, training or work: pregnancy or parenting", 1, _is("doing", "G6")),
        (f"contact {NOT_THEN}", 0, unseen & contact_later),
        (f"pathway plan {NOT_THEN}", 0, unplanned & plan_later),
    ]


def score(coverage: Coverage) -> pl.Expr:
    """The sum of the points (Int64); 0 when nothing needs talking about."""
    points = [pl.when(held).then(points).otherwise(0).cast(pl.Int64) for _, points, held in _listed(coverage)]
    return reduce(add, points)


def concerns(coverage: Coverage) -> pl.Expr:
    """What needs talking about, in words, most points first; null when nothing does."""
    words = [pl.when(held).then(pl.lit(text)) for text, _, held in _listed(coverage)]
    return blank_to_null(pl.concat_str(words, separator=", ", ignore_nulls=True))


def one_by_one(words: str) -> list[str]:
    """The concerns that `concerns` joined, each for itself: one of them has a comma of its own."""
    return [one for one in re.split(r", (?!training or work)", words) if one]
