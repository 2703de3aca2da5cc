"""Client Summary: one child in depth. What happened, who matters, what was assessed, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.marking import HIDDEN
from fcl_tui.reports.parameters.shared import CLIENT, EVERYTHING, KINDS
from fcl_tui.reports.spec import Document, Listing, Parts, Report, Row
from widgets.cells.column import DAYS_IN_FILES, Column

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

CHRONOLOGY = (
    Column("date", "Date", 10, kind="date", frozen=True),
    Column("event_shown", "Event", 36),
    Column("worker", "Worker", 18, priority=3),
    Column("kind_name", "Kind", 14, priority=5),
    Column("days_since", "Gap", 5, kind="number", priority=4),
    Column("told", "Detail", 24, priority=1, stretch=True),
)
RELATIONSHIPS = (
    Column("name", "Name", 24, frozen=True),
    Column("as_who", "Who that is", 30, stretch=True),
    Column("start", "From", 10, kind="date", priority=1),
    Column("team", "Team", 18, priority=2),
    Column("age", "Age", 3, kind="number", priority=3),
    Column("status", "Status", 16, priority=4),
    Column("relation", "Relation", 13, priority=5),
    Column("end", "Until", 10, kind="date", priority=6),
    Column("detail", "Detail", 20, priority=7),
)
ASSESSMENTS = (
    Column("start_date", "Started", 10, kind="date", frozen=True),
    Column("authorised_date", "Authorised", 10, kind="date"),
    Column("working_days", "Days", 5, kind="number"),
    Column("open_days", "So far", 6, kind="number", priority=2),
    Column("due_date", "Due", 10, kind="date", priority=3),
    Column("outcome", "Outcome", 22, priority=1),
    Column("worker", "Worker", 18, priority=4),
    Column("factors", "Factors", 22, priority=2),
)
DUE = (
    Column("state", "State", 14, kind="state", frozen=True),
    Column("days_shown", "Days", 11, align="right", sort_by="days", in_files=DAYS_IN_FILES),
    Column("item", "Due item", 23),
    Column("due_date", "Due", 10, kind="date"),
    Column("mark_shown", "Mark", 14, priority=1, if_any=True),
    Column("last_date", "Last done", 10, kind="date", priority=2),
    Column("reason", "Reason", 24, priority=3),
)
WHO = "Say which client: --client ID. fcl-tui find NAME gives the number."


def kinds_of(typed: str | None) -> list[str] | None:
    """Kinds of events as typed, "Section 47, legal"; None when none were.

    Raises:
        DataError: there is no such kind.
    """
    from data.errors import DataError
    from fcl_tui.definitions.event_kinds import KINDS as KNOWN

    if typed is None:
        return None
    kinds = [one.strip().casefold().replace(" ", "_").replace("-", "_") for one in typed.split(",")]
    kinds = [one for one in kinds if one]
    for kind in kinds or [""]:
        if kind not in KNOWN:
            raise DataError(f"--kinds takes some of {', '.join(KNOWN)}, not {kind!r}.")
    return kinds


def check(query: Query) -> None:
    """DataError when no client is named, or a kind of event that there is none of."""
    from data.errors import DataError

    if query.text("client") is None:
        raise DataError(WHO)
    kinds_of(query.text("kinds"))


def _parts(context: Context, query: Query) -> Parts:
    """Every part of one child's summary; the rows are those of the section asked for."""
    from data.errors import DataError
    from data.frames import collect, only_once
    from fcl_tui.definitions.marks import marked
    from fcl_tui.records.child import summary
    from fcl_tui.records.child.labels import keyed
    from fcl_tui.records.child.plain_words import by_standing, in_plain_words
    from fcl_tui.records.child.relationships import kin, relationships

    calendar, as_at = context.calendar, context.as_at
    person = query.text("client")
    if person is None:
        raise DataError(WHO)
    family = collect(kin(context.scan, person))["person_id"].drop_nulls().to_list()
    scan = only_once(context.scan, [person, *family])
    overview = collect(summary.overview(scan, calendar, as_at, person))
    if overview.is_empty():
        raise DataError("No child in this snapshot has that number. fcl-tui find NAME gives the number.")
    kinds = kinds_of(query.text("kinds"))
    everything = query.flag("everything")
    frames: dict[str, pl.LazyFrame] = {
        "chronology": summary.chronology(
            scan, as_at, person, kinds=kinds, significant_only=not (everything or kinds)
        ),
        "relationships": relationships(scan, as_at, person),
        "assessments": summary.assessments(scan, calendar, as_at, person),
        "due": summary.due(scan, calendar, as_at, person),
    }
    frames["due"] = marked(frames["due"], context.marks(), as_at, context.data_date)
    frames["chronology"] = in_plain_words(frames["chronology"])
    frames["relationships"] = by_standing(frames["relationships"])
    parts = {name: collect(keyed(frame)).lazy() for name, frame in frames.items()}
    return Parts(parts[query.view], summary.left_out(scan), {"overview": overview.lazy(), **parts})


def _section(key: str, title: str, columns: tuple[Column, ...], row: Row, row_key: str) -> Listing:
    return Listing(
        key=key,
        title=title,
        build=_parts,
        columns=columns,
        row=row,
        row_key=row_key,
        opens="person_id" if row is Row.CHILD else None,
        empty="No events; press e for everything." if key == "chronology" else "None in this source.",
        marks=key == "due",
        hidden=("event_key", "kind_name", "row_key", "event_shown", "told", "as_who", *HIDDEN),
    )


REPORT = Report(
    key="client-summary",
    parameters=(CLIENT, EVERYTHING, KINDS),
    views=(
        _section("chronology", "Chronology", CHRONOLOGY, Row.RECORD, "event_key"),
        _section("relationships", "Key relationships", RELATIONSHIPS, Row.CHILD, "row_key"),
        _section("assessments", "Assessments", ASSESSMENTS, Row.RECORD, "row_key"),
        _section("due", "What is due", DUE, Row.ITEM, "item_id"),
    ),
    switch="sections",
    documents=(
        Document(
            key="w",
            label="Word, chronology for court: significant events",
            format="docx",
            build="fcl_tui.export.court:court_chronology",
        ),
    ),
    explains=("marks", "timescales"),
    check=check,
    of_one_child=True,
)
