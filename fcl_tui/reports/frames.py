"""How a report asks for frames, and the one place where they are collected."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

if TYPE_CHECKING:
    from polars._typing import EngineType

Scan: TypeAlias = Callable[[str], pl.LazyFrame]
"""Gives a frame by name: an SSD table (`cp_plans`) or a prepared frame (`due_items`)."""


_engine: "list[Callable[[], EngineType]]" = [lambda: "auto"]


def use_engine(engine: "Callable[[], EngineType]") -> None:
    """Say what carries out the reports of this process; asked when the first report is collected."""
    _engine[0] = cache(engine)


def collect(frame: pl.LazyFrame) -> pl.DataFrame:
    """Carry out a report. Every report is collected here and nowhere else."""
    return frame.collect(engine=_engine[0]())
