"""The layouts in which the demo authority can be written into a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from data.errors import DataError

if TYPE_CHECKING:
    import polars as pl

_Writer: TypeAlias = "Callable[[Mapping[str, pl.DataFrame], Path, date], Sequence[Path]]"


def _annex_a(tables: Mapping[str, pl.DataFrame], folder: Path, as_at: date) -> Sequence[Path]:
    from data.demo.annex_a import write_annex_a

    return [write_annex_a(tables, folder, as_at)]


def _ssda903(tables: Mapping[str, pl.DataFrame], folder: Path, as_at: date) -> Sequence[Path]:
    from data.demo.files.ssda903 import write_ssda903

    return write_ssda903(tables, folder, as_at)


def _ssda903_xml(tables: Mapping[str, pl.DataFrame], folder: Path, as_at: date) -> Sequence[Path]:
    from data.demo.files.ssda903 import write_ssda903_xml

    return [write_ssda903_xml(tables, folder, as_at)]


def _cin_census(tables: Mapping[str, pl.DataFrame], folder: Path, as_at: date) -> Sequence[Path]:
    from data.demo.files.cin_census import write_cin_census

    return [write_cin_census(tables, folder, as_at)]


def _csv(tables: Mapping[str, pl.DataFrame], folder: Path, _as_at: date) -> Sequence[Path]:
    from data.demo.files.extracts import write_extracts

    return write_extracts(tables, folder, "csv")


def _parquet(tables: Mapping[str, pl.DataFrame], folder: Path, _as_at: date) -> Sequence[Path]:
    from data.demo.files.extracts import write_extracts

    return write_extracts(tables, folder, "parquet")


ANNEX_A = "annex-a"
LAYOUTS: Mapping[str, _Writer] = {
    ANNEX_A: _annex_a,
    "ssda903": _ssda903,
    "ssda903-xml": _ssda903_xml,
    "cin-census": _cin_census,
    "ssd-csv": _csv,
    "ssd-parquet": _parquet,
}


def write_layout(
    tables: Mapping[str, pl.DataFrame], folder: Path, layout: str, as_at: date
) -> Sequence[Path]:
    """Write the demo authority's tables in one of `LAYOUTS`; returns the files written.

    Raises:
        DataError: no such layout; the folder cannot be written, or holds files that are not a demo's.
    """
    if layout not in LAYOUTS:
        raise DataError(f"There is no layout {layout!r}. There are: {', '.join(LAYOUTS)}.")
    return LAYOUTS[layout](tables, folder, as_at)
