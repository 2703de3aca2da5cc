"""Which of the demo's records are sealed, and why: what an authority keeps in its own list."""

from collections.abc import Mapping

import polars as pl

from data.demo.dice import Dice

_REASONS = (
    "adoption",
    "adoption",
    "child of a member of staff",
    "high profile",
    "child of a member of staff",
    "adoption",
    "high profile",
)


def restricted(tables: Mapping[str, pl.DataFrame], seed: int) -> pl.DataFrame:
    """Seven people whose records few may see: person_id, reason (String)."""
    adopted = (
        tables["permanence"]
        .filter(pl.col("perm_permanence_order_type") == "Adoption")
        .select(person_id="perm_person_id", adopted=pl.lit(value=True))
    )
    open_cases = (
        tables["cin_episodes"]
        .filter(pl.col("cine_close_date").is_null())
        .select(person_id="cine_person_id", adopted=pl.lit(value=False))
    )
    known = tables["person"].select(person_id="pers_person_id").with_row_index("row")
    dice = Dice(seed)
    drawn = (
        known.join(
            pl.concat([adopted, open_cases]).unique("person_id", keep="first", maintain_order=True),
            on="person_id",
        )
        .sort(dice.share("sealed", "row"), "person_id")
        .with_columns(nth=pl.int_range(pl.len()).over("adopted"))
    )
    wanted = pl.DataFrame({"reason": _REASONS}).with_columns(adopted=pl.col("reason") == "adoption")
    wanted = wanted.with_columns(nth=pl.int_range(pl.len()).over("adopted"))
    return wanted.join(drawn, on=["adopted", "nth"], maintain_order="left").select("person_id", "reason")
