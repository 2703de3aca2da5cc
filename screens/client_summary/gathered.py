"""What the Client Summary shows of one child, asked for in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from fcl_tui.reports.individual.client_summary import REPORT

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

SECTIONS = {view.key: view for view in REPORT.views}


@dataclass(frozen=True)
class Found:
    """The frames of one child."""

    overview: dict[str, Any]
    frames: dict[str, pl.DataFrame]
    not_known: str
    left_out: pl.DataFrame


def gathered(context: Context, query: Query) -> Found:
    """Run the report, and say what cannot be known of such a child."""
    from fcl_tui.records.child.labels import not_known_of
    from fcl_tui.reports.run import run

    result = run(REPORT, context, query)
    facts = result.beside["overview"].row(0, named=True)
    frames = {name: result.beside[name] for name in SECTIONS}
    return Found(facts, frames, not_known_of(context.scan, str(facts["status"])), result.left_out)
