"""What stands in place of a key or a number that would say whose row this is."""

from __future__ import annotations

import secrets

import polars as pl

KIN_SIGN = "K-"
ROWS, KIN = secrets.randbits(63), secrets.randbits(63)
"""Seeds of this process: a token tells nothing outside it. Relatives have tokens of their own, so that a
restricted child in a list is not known for the brother of the child whose record is open."""


def hashed(column: str) -> pl.Expr:
    """The key of a row, so that rows of this process that name it still join."""
    return pl.when(pl.col(column).is_not_null()).then(
        pl.concat_str(pl.lit("k"), pl.col(column).hash(ROWS).cast(pl.String))
    )


def kin_token(column: str) -> pl.Expr:
    """The number of a relative who may not be named."""
    return pl.concat_str(pl.lit(KIN_SIGN), pl.col(column).hash(KIN).cast(pl.String))
