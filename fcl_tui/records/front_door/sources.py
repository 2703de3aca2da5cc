"""Who made a contact or a referral, in the groups of the children in need census."""

import polars as pl

from data.schema.codes import code_expr, label_expr
from fcl_tui.definitions.wording.bands import NOT_RECORDED

GROUPS = {
    "1A": "Individual", "1B": "Individual", "1C": "Individual", "1D": "Individual",
    "2A": "School", "2B": "Education service",
    "3A": "Health", "3B": "Health", "3C": "Health", "3D": "Health", "3E": "Health", "3F": "Health",
    "4": "Housing",
    "5A": "Local authority", "5B": "Local authority", "5C": "Local authority", "5D": "Local authority",
    "6": "Police", "7": "Other legal agency", "8": "Other", "9": "Anonymous", "10": "Unknown",
}  # fmt: skip
"""Source: Department for Education, children in need census, source of referral."""


def source_columns(code: str, words: str, code_list: str) -> dict[str, pl.Expr]:
    """source (String: the group) and source_detail (String: the code and its meaning, else what is written).

    Where a system gives words alone, the code that they stand for; words that stand for none are a source of
    their own, in the group "Other words". Never null.
    """
    known = pl.coalesce(
        pl.when(pl.col(code).is_in(list(GROUPS))).then(code), code_expr(pl.col(words), code_list)
    )
    written = pl.coalesce(pl.col(code), pl.col(words)).str.strip_chars()
    told = pl.when(written != "").then(written)
    named = pl.concat_str(known, label_expr(known, code_list), separator=" ")
    group = known.replace_strict(GROUPS, default=None, return_dtype=pl.String)
    other = pl.when(told.is_not_null()).then(pl.lit("Other words")).otherwise(pl.lit(NOT_RECORDED))
    return {
        "source": pl.coalesce(group, other),
        "source_detail": pl.coalesce(named, told, pl.lit(NOT_RECORDED)),
    }
