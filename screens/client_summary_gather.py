"""What the Client Summary asks of the reports. Runs in a thread; touches no widget."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from screens.session import Session


@dataclass(frozen=True)
class Found:
    """The frames of one child."""

    overview: dict[str, Any]
    frames: "dict[str, pl.DataFrame]"
    not_known: str
    left_out: "pl.DataFrame"


def gathered(
    session: "Session", person: str, marks: "pl.DataFrame", *, kind: str | None, everything: bool
) -> Found:
    """The frames of one child; of the events those of a kind, or the significant ones, or everything.

    Raises:
        DataError: nobody has that number.
    """
    from data.errors import DataError
    from fcl_tui.reports import client_summary as report
    from fcl_tui.reports.frames import collect
    from fcl_tui.reports.marks import marked
    from fcl_tui.reports.relationships import relationships
    from fcl_tui.reports.summary_labels import keyed, not_known_of

    scan, calendar, as_at = session.snapshot.scan, session.calendar, session.as_at
    overview = collect(report.overview(scan, calendar, as_at, person))
    if overview.is_empty():
        raise DataError("Nobody in this snapshot has that number.")
    events = report.chronology(
        scan,
        as_at,
        person,
        kinds=[kind] if kind else None,
        significant_only=not everything and kind is None,
    )
    frames = {
        "chronology": events,
        "relationships": relationships(scan, as_at, person),
        "assessments": report.assessments(scan, calendar, as_at, person),
        "due": report.due(scan, calendar, as_at, person),
    }
    frames["due"] = marked(frames["due"], marks.lazy(), as_at, session.data_date)
    collected = {name: collect(keyed(frame)) for name, frame in frames.items()}
    return Found(
        overview.row(0, named=True),
        collected,
        not_known_of(scan, str(overview["status"][0])),
        collect(report.left_out(scan)),
    )
