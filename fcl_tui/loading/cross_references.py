"""Children whose rows another child's rows lead to: where numbers are shared, or a link leads astray.

The reports look some rows up by a number alone. Where only some children's rows are at hand, those of the
children they lead to have to be there too; what they say of their own child is worked out with that child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.schema.tables import person_of

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan

LINKS = (
    ("cp_visits", "cppv_cp_plan_id", "cp_plans", "cppl_cp_plan_id"),
    ("cp_reviews", "cppr_cp_plan_id", "cp_plans", "cppl_cp_plan_id"),
    ("cla_reviews", "clar_cla_id", "cla_episodes", "clae_cla_id"),
    ("cin_assessments", "cina_referral_id", "cin_episodes", "cine_referral_id"),
)
"""What looks a row up by its number alone: table and link, the table it leads to and the number there."""

SHARED = (("s47_enquiry", "s47e_s47_enquiry_id"), ("cla_episodes", "clae_cla_id"))
"""Numbers by which rows without a child find theirs, unless several children have the number."""

LOOKED_UP = (
    "cp_plans", "initial_cp_conference", "cin_episodes", "s47_enquiry", "cla_episodes", "legal_status",
)  # fmt: skip
"""Tables that decide what is found there."""


def crossings(scan: Scan) -> pl.DataFrame:
    """Which children's rows lead to which other children: _child, _other (String), each pair once."""
    import polars as pl

    def named(table: str, number: str, child: str) -> pl.LazyFrame:
        return scan(table).select(pl.col(number).alias("_key"), pl.col(str(person_of(table))).alias(child))

    pairs = [
        named(table, link, "_child").join(named(parent, key, "_other"), on="_key")
        for table, link, parent, key in LINKS
    ]
    for table, key in SHARED:
        children = named(table, key, "_child").drop_nulls().unique()
        several = children.group_by("_key").len().filter(pl.col("len") > 1)
        children = children.join(several, on="_key", how="semi").collect(engine="streaming").lazy()
        pairs.append(children.join(children.rename({"_child": "_other"}), on="_key"))
    both = [each.filter(pl.col("_child") != pl.col("_other")).select("_child", "_other") for each in pairs]
    return pl.concat(both).unique().collect(engine="streaming")


def rows_of_others(scan: Scan, table: str, pairs: pl.DataFrame) -> pl.LazyFrame:
    """Rows of the other children of some `crossings`, each with the child it counts for in `_child`."""
    import polars as pl

    person = str(person_of(table))
    others = scan(table).filter(pl.col(person).is_in(pairs["_other"].unique().implode()))
    return others.join(pairs.lazy(), left_on=person, right_on="_other", maintain_order="left_right")
