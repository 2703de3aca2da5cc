"""What the command line asks, answered by the same report functions as the screens."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data.errors import DataError
from data.office import access_log as log
from fcl_tui.asked import Asked, Request, choice, chosen, one_of, told
from fcl_tui.export import Answer
from fcl_tui.reports import catalogue
from fcl_tui.reports.frames import collect


def _client_overview(asked: Asked, request: Request) -> Answer:
    from fcl_tui.reports.caseload import held_by
    from fcl_tui.reports.client_overview import client_overview, left_out, on_the_day

    by = choice(request.by, ("item", "child"), "item")
    team, worker = chosen(asked, request)
    person_ids = [request.client] if request.client else None
    scope: dict[str, Any] = {"team": team, "worker": worker, "person_ids": person_ids}
    scan = held_by(asked.scan_open, asked.as_at, team, worker)
    scope["known"] = on_the_day(scan, asked.calendar, asked.as_at, person_ids, once=True)
    rows = client_overview(
        scan,
        asked.calendar,
        asked.as_at,
        by=by,  # type: ignore[arg-type]
        overdue_only=request.overdue,
        **scope,
    )
    if by == "item":
        from fcl_tui.marks_kept import known_marks
        from fcl_tui.reports.marks import RAW, marked

        marks = known_marks(asked.settings, demo=asked.snapshot.manifest.demo).marks
        rows = marked(rows, marks.lazy(), asked.as_at, asked.snapshot.manifest.data_date)
        rows = rows.drop("mark_state", "mark_shown", "mark_saved", *RAW)
    return asked.answer(
        "client-overview",
        "Client Overview",
        rows,
        parameters=told(request, team=team, worker=worker),
        left_out=left_out(scan, asked.calendar, asked.as_at, **scope),
    )


def _leaving_care(asked: Asked, request: Request) -> Answer:
    from fcl_tui.reports.leaving_care import leaving_care, left_out

    team, worker = chosen(asked, request)
    rows = leaving_care(
        asked.scan_open,
        asked.calendar,
        asked.as_at,
        team=team,
        worker=worker,
        person_ids=[request.client] if request.client else None,
        data_date=asked.snapshot.manifest.data_date,
    )
    if request.overdue:
        rows = rows.filter(pl.col("state") == "overdue")
    return asked.answer(
        "leaving-care",
        "Leaving Care Supervision",
        rows,
        parameters=told(request, team=team, worker=worker),
        left_out=left_out(asked.scan_open, asked.as_at),
    )


def _assessments(asked: Asked, request: Request) -> Answer:
    from fcl_tui.reports.assessments import comparison, detail, left_out

    by = choice(request.by, ("team", "worker", "outcome", "month"), "team")
    if request.from_day and request.to_day and request.from_day > request.to_day:
        raise DataError(f"The period ends ({request.to_day}) before it begins ({request.from_day}).")
    period: dict[str, Any] = {"from_day": request.from_day, "to_day": request.to_day}
    teams = collect(comparison(asked.scan_open, asked.calendar, asked.as_at, **period).select("team"))
    team = one_of(request.team, teams["team"].drop_nulls().unique().to_list(), "team with assessments")
    if request.detail:
        rows = detail(
            asked.scan_open,
            asked.calendar,
            asked.as_at,
            **period,
            team=team,
            worker=request.worker,
            person_ids=[request.client] if request.client else None,
        )
    else:
        rows = comparison(
            asked.scan_open,
            asked.calendar,
            asked.as_at,
            by=by,  # type: ignore[arg-type]
            team=team,
            target=asked.settings.assessment_target,
            **period,
        )
    return asked.answer(
        "assessments",
        "Assessments",
        rows,
        parameters=told(request, team=team),
        left_out=left_out(asked.scan_open, asked.calendar, asked.as_at, **period),
    )


def _client_summary(asked: Asked, request: Request) -> Answer:
    from fcl_tui.reports import client_summary as summary
    from fcl_tui.reports.relationships import relationships

    if request.client is None:
        raise DataError("Say which client: --client ID. fcl-tui find NAME gives the number.")
    scan, calendar, as_at, person = asked.scan, asked.calendar, asked.as_at, request.client
    overview = collect(summary.overview(scan, calendar, as_at, person))
    if overview.is_empty():
        raise DataError(
            f"Nobody in this snapshot has the number {person}. fcl-tui find NAME gives the number."
        )
    facts = overview.row(0, named=True) | {"restricted": person in asked.restricted}
    kinds = kinds_of(request.kinds)
    chronology = summary.chronology(
        scan, as_at, person, kinds=kinds, significant_only=not (request.everything or kinds)
    )
    answer = asked.answer(
        "client-summary",
        "Client Summary",
        chronology,
        parameters=told(request, kinds=",".join(kinds) if kinds else None),
        left_out=summary.left_out(scan),
        parts={"overview": facts},
    )
    parts: dict[str, Any] = {
        "overview": facts,
        "chronology": answer.rows,
        "relationships": collect(relationships(scan, as_at, person)),
        "assessments": collect(summary.assessments(scan, calendar, as_at, person)),
        "due": collect(summary.due(scan, calendar, as_at, person)),
    }
    answer.parts.update(parts)
    return answer


def kinds_of(typed: str | None) -> list[str] | None:
    """Kinds of events as typed, "Section 47, legal"; None when none were; DataError when there is no such."""
    from fcl_tui.reports.event_kinds import KINDS

    if typed is None:
        return None
    kinds = [one.strip().casefold().replace(" ", "_").replace("-", "_") for one in typed.split(",")]
    kinds = [one for one in kinds if one]
    for kind in kinds or [""]:
        if kind not in KINDS:
            raise DataError(f"--kinds takes some of {', '.join(KINDS)}, not {kind!r}.")
    return kinds


def _due_items(asked: Asked, request: Request) -> Answer:
    from fcl_tui.reports.due_list import due_list, left_out

    which: dict[str, Any] = {"history": request.history, "person_id": request.client}
    return asked.answer(
        "due-items",
        "Due items",
        due_list(asked.scan, asked.calendar, asked.as_at, **which),
        parameters=told(request),
        left_out=left_out(asked.scan, asked.calendar, asked.as_at, **which),
    )


def _planner(asked: Asked, request: Request) -> Answer:
    from fcl_tui import leave as list_of_leave
    from fcl_tui.reports import planner
    from fcl_tui.reports.caseload import held_by

    leave = list_of_leave.read(asked.settings.home / list_of_leave.FILE)
    team, worker = chosen(asked, request)
    scope: dict[str, Any] = {"team": team, "worker": worker}
    scan, calendar, as_at = asked.scan_open, asked.calendar, asked.as_at
    items = collect(planner.planned(held_by(scan, as_at, **scope), calendar, as_at, leave, **scope)).lazy()
    if request.detail or request.shared:
        sealed = asked.restricted.person_ids if request.shared else []
        rows = planner.in_calendar(items).filter(~pl.col("person_id").is_in(sealed))
    else:
        rows = planner.days(items, calendar, as_at, leave, worker=worker)
    return asked.answer(
        "planner",
        "Planner",
        rows,
        parameters=told(request, **scope),
        left_out=planner.left_out(items, leave, scan, calendar, as_at, **scope),
    )


def _data_quality(asked: Asked, request: Request) -> Answer:
    from fcl_tui.quality_answers import data_quality

    return data_quality(asked, request)


def _work(asked: Asked, request: Request) -> Answer:
    from fcl_tui.work_answers import work

    return work(asked, request)


REPORTS: dict[str, Callable[[Asked, Request], Answer]] = {
    "client-summary": _client_summary,
    "client-overview": _client_overview,
    "leaving-care": _leaving_care,
    "assessments": _assessments,
    "due-items": _due_items,
    "planner": _planner,
    "data-quality": _data_quality,
    "my-day": _work,
    "work-changes": _work,
    "chasing": _work,
}


def answer(home: Path, request: Request) -> Answer:
    """Answer one report.

    Raises:
        DataError: no such report, it is not built yet, or the request names nobody.
    """
    asked_for = REPORTS.get(request.report)
    if asked_for is None:
        planned = [entry.key for entry in catalogue.REPORTS if not entry.built]
        known = ", ".join(REPORTS)
        if request.report in planned:
            raise DataError(f"{request.report} is planned and not built yet. There are: {known}.")
        raise DataError(f"There is no report {request.report!r}. There are: {known}.")
    asked = Asked(home, request.as_at)
    asked.door.require(request.report)
    if request.view is not None:
        from fcl_tui.views_kept import narrowed

        request = narrowed(asked, request)
    if request.client is not None:
        if request.break_glass is not None and request.report == "client-summary":
            asked.door.break_glass(request.client, request.break_glass)
        asked.door.admit(request.client)
    return asked_for(asked, request)


def found(home: Path, text: str, as_at: date | None) -> Answer:
    """People by name, number or date of birth."""
    from fcl_tui.access.finding import found as found_by

    asked = Asked(home, as_at)
    asked.door.require("find")
    rows = found_by(asked.door, asked.scan_open, text, asked.as_at, limit=None)
    return asked.answer("find", "Find a client", rows, parameters={"text": text})


def reasons(home: Path, client: str, item: str, as_at: date | None) -> list[str]:
    """The reasoning behind one due date of a client, named by its rule if it is open, or by the item's id."""
    from fcl_tui.reports.client_summary import due
    from fcl_tui.timescales.why import why

    asked = Asked(home, as_at)
    asked.door.require("due-items")
    asked.door.admit(client)
    asked.door.record(log.PRINTED, report="why", person_id=client, detail=item)
    items = collect(due(asked.scan, asked.calendar, asked.as_at, client))
    wanted = items.filter((pl.col("item_id") == item) | (pl.col("rule") == item))
    if wanted.is_empty():  # one of the past, from due-items --history
        past = asked.scan("due_items").filter(pl.col("person_id") == client, pl.col("item_id") == item)
        wanted = collect(past.select("item_id"))
    if wanted.is_empty():
        open_now = ", ".join(items["rule"].unique(maintain_order=True).to_list()) or "nothing"
        raise DataError(f"Client {client} has no open item {item!r} on that day. Open there: {open_now}.")
    lines: list[str] = []
    several = len(asked.snapshot.manifest.sources) > 1
    for item_id in wanted["item_id"].to_list():
        reasoning = why(asked.scan, asked.calendar, asked.as_at, item_id, several_sources=several)
        lines += [*reasoning.lines, ""]
    return lines[:-1]
