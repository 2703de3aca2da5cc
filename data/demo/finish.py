"""Rows into tables: keys as a case system numbers them, the standard's columns and types, provenance."""

import polars as pl

from data.schema.tables import PREFIX, fields, key_of, names, polars_schema

SOURCE = "demo"
CREATED_BY = "fcl-tui demo"


def numbered(frame: pl.DataFrame, key: str, first: int, *order: str) -> pl.DataFrame:
    """Number the rows in the order they would have been recorded in; the key becomes text digits."""
    return frame.sort(*order, nulls_last=True, maintain_order=True).with_columns(
        pl.int_range(first, first + pl.len()).cast(pl.String).alias(key)
    )


def table(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Exactly the columns and types of the SSD table; what the frame does not have is null."""
    schema = polars_schema(name)
    key = key_of(name)
    place = frame.with_columns(
        source=pl.lit(SOURCE), source_row=pl.format("{}{}/{}", pl.lit(PREFIX), pl.lit(name), pl.col(key))
    )
    return place.select(
        *(
            (pl.col(column) if column in place.columns else pl.lit(None)).cast(dtype).alias(column)
            for column, dtype in schema.items()
        )
    )


def complete(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """All 47 tables in the standard's order; the empty ones have the right shape."""
    return {
        name: tables[name] if name in tables else pl.DataFrame(schema=polars_schema(name)) for name in names()
    }


def dates(name: str) -> list[str]:
    """The date and datetime columns of a table."""
    return [field.name for field in fields(name) if field.kind in ("date", "datetime")]
