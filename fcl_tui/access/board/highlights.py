"""Comments and frozen figures of the Monthly Highlights, as a reader may see and make them."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from data.errors import DataError
from data.office import access_log as log
from data.office import highlights as kept
from fcl_tui.access.context_sources import sees_all
from fcl_tui.reports.context import Highlights

if TYPE_CHECKING:
    import polars as pl

    from data.office.office import Office
    from fcl_tui.access.gate import Door

REPORT = "monthly-highlight"


def highlights(door: Door, office: Office | None) -> Highlights | None:
    """What is kept of every month; the frozen figures only for a reader who sees the whole authority.

    What is wrong with the office database goes to standard error, and the report goes on without.
    """
    if office is None or not office.in_use():
        return None
    try:
        comments, frozen = kept.read(office)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return None
    return Highlights(comments, frozen if sees_all(door) else frozen.clear())


def figures_of(rows: pl.DataFrame) -> pl.DataFrame:
    """What is frozen of the page: key, value (null where it is not known), numerator, denominator."""
    return rows.select("key", "numerator", "denominator", value="this_month")


def comment(door: Door, office: Office, month: date, key: str, text: str) -> None:
    """Keep a reader's comment on an indicator of a month, and write down that they made it.

    Raises:
        DataError: the report is not for the reader, the month is frozen, or it could not be saved.
    """
    door.require(REPORT)
    door.record(log.ENTERED, report=REPORT, detail=f"comment on {key}, {month:%B %Y}")
    kept.comment(office, month, key, text, door.settings.who)


def freeze(door: Door, office: Office, month: date, figures: pl.DataFrame, snapshot_id: str) -> None:
    """Keep a month's figures as they are reported, and write down who did.

    Raises:
        DataError: the reader does not see the whole authority, the month is frozen already or not over, or it
            could not be saved.
    """
    door.require(REPORT)
    if not sees_all(door):
        raise DataError(
            "Only a reader who sees the whole authority can freeze its figures: yours are of a part of it."
        )
    door.record(log.ENTERED, report=REPORT, detail=f"froze {month:%B %Y}; {figures.height} indicators")
    kept.freeze(office, month, figures, snapshot_id, door.settings.who)
