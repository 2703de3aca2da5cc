"""How a report asks for frames, and the one place where they are collected."""

from collections.abc import Callable
from typing import TypeAlias

import polars as pl

Scan: TypeAlias = Callable[[str], pl.LazyFrame]
"""Gives a frame by name: an SSD table (`cp_plans`) or a prepared frame (`due_items`)."""


def collect(frame: pl.LazyFrame) -> pl.DataFrame:
    """Carry out a report. Every report is collected here and nowhere else."""
    return frame.collect()
