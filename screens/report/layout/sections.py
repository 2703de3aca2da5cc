"""The parts of a report of one child: which is shown, and whom they are of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from widgets.cells.plain import plain

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Report
    from screens.session import Session

SECTION_KEYS = (
    Binding("tab", "section(1)", "Next part", id="section.next", tooltip="The next part"),
    Binding("shift+tab", "section(-1)", "Part before", show=False, id="section.previous"),
)


def in_sections(report: Report) -> bool:
    """Whether its views are parts along a bar, rather than chosen from a menu."""
    return report.switch == "sections"


def section_on(report: Report, query: Query, way: int) -> Query:
    """The same question for the next part, the one before, or the first with 0."""
    keys = [view.key for view in report.switchable]
    return replace(query, view=keys[(keys.index(query.view) + way) % len(keys)] if way else keys[0])


def section_bar(report: Report, query: Query, count: int | None) -> tuple[list[tuple[str, int | None]], int]:
    """The names of the parts, the count of the one that is shown, and which that is."""
    views = report.switchable
    names = [(view.title, count if view.key == query.view else None) for view in views]
    return names, [view.key for view in views].index(query.view)


def child_line(result: Result, session: Session) -> str:
    """Who a report of one child is of, names masked where the reader asked for privacy."""
    from fcl_tui.definitions.wording.labels import STATUS_NAMES
    from fcl_tui.definitions.wording.privacy import masked

    frame: pl.DataFrame = result.beside["overview"]
    facts: dict[str, Any] = (masked(frame) if session.masked else frame).row(0, named=True)
    sealed = facts["person_id"] in session.restricted
    told = [
        "!! RESTRICTED RECORD" if sealed else "",
        str(facts["name"] or "Name not in this source"),
        f"id {facts['person_id']}",
        f"aged {facts['age']}" if facts["age"] is not None else "",
        STATUS_NAMES.get(str(facts["status"]), str(facts["status"])),
        f"worker {facts['worker']}" if facts["worker"] is not None else "no worker",
        f"team {facts['team']}" if facts["team"] is not None else "",
    ]
    return plain("   ".join(one for one in told if one))
