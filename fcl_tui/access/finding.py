"""Finding a client where some records are restricted: by name never, by the whole number as "Restricted"."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.reports.caseload import described_at
from fcl_tui.reports.find import COLUMNS, find
from fcl_tui.reports.frames import Scan

if TYPE_CHECKING:
    from fcl_tui.access.door import Door


def found(door: "Door", scan: Scan, text: str, as_at: date, limit: int | None = 50) -> pl.LazyFrame:
    """As `find`; a restricted record that is not open is found by its number alone, typed in full."""
    number = text.strip()
    if not door.sealed(number):
        return find(scan, text, as_at, limit)
    shown = pl.LazyFrame({"person_id": [door.shown(number)]})
    return described_at(scan, as_at, shown).with_columns(found_by=pl.lit("number")).select(COLUMNS)
