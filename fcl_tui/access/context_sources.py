"""Where a report's context comes from: marks, leave, earlier snapshots, the last visit, the log."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import DataError

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan
    from data.office.looks import Look
    from data.office.office import Office
    from data.snapshots.reader import Snapshot
    from fcl_tui.access.gate import Door
    from fcl_tui.config.settings import Settings
    from fcl_tui.definitions.days.calendar import Calendar
    from fcl_tui.reports.context import Earlier


def figures(settings: "Settings") -> dict[str, Any]:
    """The targets and limits that reports know by name."""
    return {
        "authority": settings.authority,
        "neighbour_average": settings.neighbour_average,
        "targets": settings.targets,
        "highlights": settings.highlights,
        "assessment_target": settings.assessment_target,
        "caseload_limit": settings.caseload_limit,
        "caseload_comparator": settings.caseload_comparator,
        "caseload_points": settings.caseload_points,
        "carer_supervision_weeks": settings.carer_supervision_weeks,
        "supervision_weeks": settings.supervision_weeks,
        "supervision_weeks_newly_qualified": settings.supervision_weeks_newly_qualified,
        "newly_qualified": settings.newly_qualified,
        "discussed_days": settings.discussed_days,
        "discussed_weeks": settings.discussed_weeks,
        "missing_often": settings.missing_often,
        "missing_often_days": settings.missing_often_days,
        "visit_target": settings.visit_target,
        "review_target": settings.review_target,
        "cp_visit_internal": settings.cp_visit_internal,
        "cin_visit_internal": settings.cin_visit_internal,
        "chase_days": settings.chase_days,
        "fewest_cases": settings.fewest_cases,
        "board_polarity": settings.board_polarity,
        "board_run": settings.board_run,
        "board_screen": settings.board_screen,
    }


def chased_until(
    marks: "pl.LazyFrame", calendar: "Calendar", settings: "Mapping[str, Any]"
) -> "pl.LazyFrame":
    """The marks, each chase with the day to chase again."""
    from fcl_tui.definitions.marks import CHASE_DAYS, with_follow_up

    return with_follow_up(marks, calendar, settings.get("chase_days", CHASE_DAYS))


def chase_again(calendar: "Calendar", settings: "Mapping[str, Any]", today: date) -> date:
    """The day to chase again what is chased today."""
    import polars as pl

    from fcl_tui.definitions.marks import CHASE_DAYS

    days = settings.get("chase_days", CHASE_DAYS)
    again: date = pl.select(calendar.add_working_days(pl.lit(today), days)).item()
    return again


def colleagues(scan: "Scan", marks: "pl.DataFrame", office: "Office | None") -> list[str]:
    """Who can be named in a mark: accounts that may come in or have marked, then workers; each once."""
    from data.frames import collect
    from fcl_tui.access.readers import access_list

    roster = None
    if office is not None:
        try:
            roster = access_list.read(office.home)
        except DataError:  # a damaged list is told at the door; a name can be typed
            roster = None
    listed = [one.user for one in roster.people] if roster is not None else []
    workers = collect(scan("allocations").select("worker").unique().drop_nulls().sort("worker"))
    return list(dict.fromkeys([*listed, *marks["made_by"].drop_nulls().unique().sort(), *workers["worker"]]))


def marks_told(settings: "Settings", *, demo: bool) -> "pl.LazyFrame":
    """All marks; what is wrong with the office database goes to standard error, and the report goes on."""
    from fcl_tui.access.office import known_marks

    return known_marks(settings, demo=demo).marks.lazy()


def leave(home: Path) -> "pl.DataFrame":
    """The authority's list of leave."""
    from fcl_tui.config import leave as listed

    return listed.read(home / listed.FILE)


def month_figures(snapshot: "Snapshot") -> "pl.LazyFrame | None":
    """The prepared sums of all children: for a reader who sees all of them as they are, and no other.

    None too where the snapshot was made before there were any.
    """
    from fcl_tui.access.seen.visible import view_of
    from fcl_tui.prepared.figures import NAME

    view = view_of(snapshot)
    if view is not None and not view.whole:
        return None
    return snapshot.scan(NAME) if snapshot.holds(NAME) else None


def previous(snapshot: "Snapshot") -> "Earlier | None":
    """The snapshot before, of the same kinds of source."""
    from data.snapshots.history import snapshot_before
    from fcl_tui.reports.context import Earlier

    before = snapshot_before(snapshot)
    return None if before is None else Earlier(before.scan, before.manifest.data_date)


def compared_with(snapshot: "Snapshot", look: "Look | None", as_at: Any) -> "Earlier":
    """What My day compares with, given when the reader last looked."""
    from fcl_tui.access.last_visit import since
    from fcl_tui.reports.context import Earlier

    then = since(snapshot, look, as_at)
    return Earlier(then.scan, then.day, then.words, first=look is None)


def last_visit(settings: "Settings", snapshot: "Snapshot", as_at: Any) -> "Earlier":
    """The same, with the office database asked when that was; where it does not say, on standard error."""
    from data.office.looks import last_look
    from fcl_tui.access.office import office_of

    try:
        look = last_look(office_of(settings, demo=snapshot.manifest.demo), settings.who, as_at)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        look = None
    return compared_with(snapshot, look, as_at)


def newest_looks(door: "Door") -> "tuple[pl.DataFrame, pl.DataFrame]":
    """The newest rows of the access log, and what is not listed.

    Raises:
        DataError: no log is kept, or it cannot be read.
    """
    from fcl_tui.access.audit import newest

    if door.log is None:
        raise DataError("No access log is kept here.")
    return newest(door.log)


def sees_all(door: "Door") -> bool:
    """Whether the reader's figures are those of the whole authority."""
    return door.reader is None or door.reader.scope.everyone
