"""Writing what is on a screen to a file in the session's own export folder."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.export import Answer, content, save
from fcl_tui.faults import tell
from fcl_tui.ssh.exports import told_where

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.catalogue import Report
    from screens.session import Session


def write_beside(
    session: "Session", report: "Report", rows: "pl.DataFrame", parameters: dict[str, str]
) -> str:
    """Write rows as an Excel workbook; the result is the sentence that says where, or why not."""
    answer = Answer(
        report=report.key,
        title=report.title,
        tier=report.tier_name,
        as_at=session.as_at,
        snapshot_id=session.snapshot.id,
        data_date=session.data_date,
        parameters=parameters,
        rows=rows,
    )
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    name = re.sub(r"[^a-z0-9-]", "", report.key)
    path = session.exports / f"{name}-{stamp}.xlsx"
    try:
        session.exports.mkdir(mode=0o700, parents=True, exist_ok=True)
        save(content(answer, "xlsx"), path)
    except DataError as error:
        return str(error)
    except OSError as error:
        return tell(error)
    return f"{rows.height:,} rows written{told_where(path)}"
