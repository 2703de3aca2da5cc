"""What the command line asks about the office's work: My day, what changed, how the chasing stands."""

from typing import Any

from data.errors import DataError
from fcl_tui.asked import Asked, Request, choice, chosen, told
from fcl_tui.export import Answer
from fcl_tui.marks_kept import known_marks, office_of
from fcl_tui.reports.client_overview import client_overview
from fcl_tui.reports.frames import collect
from fcl_tui.reports.marks import RAW, marked

HIDDEN = ("mark_state", "mark_shown", "mark_saved", *RAW)


def work(asked: Asked, request: Request) -> Answer:
    """One of the three, by its key."""
    answers = {"my-day": _my_day, "work-changes": _work_changes, "chasing": _chasing}
    return answers[request.report](asked, request)


def _marked(asked: Asked) -> Any:
    """Every team's items with their marks, collected."""
    manifest = asked.snapshot.manifest
    marks = known_marks(asked.settings, demo=manifest.demo).marks.lazy()
    items = client_overview(asked.scan_open, asked.calendar, asked.as_at)
    return collect(marked(items, marks, asked.as_at, manifest.data_date))


def _my_day(asked: Asked, request: Request) -> Answer:
    """Reading alone: a list on the command line is not a look."""
    import sys

    from data.office.looks import last_look
    from fcl_tui.last_look import since
    from fcl_tui.reports import my_day
    from fcl_tui.reports.caseload import in_scope

    team, worker = chosen(asked, request)
    settings, manifest = asked.settings, asked.snapshot.manifest
    try:
        look = last_look(office_of(settings, demo=manifest.demo), settings.who, asked.as_at)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        look = None
    then = since(asked.snapshot, look, asked.as_at)
    earlier = collect(my_day.stood(then.scan, asked.calendar, then.day)).lazy()
    items = _marked(asked).lazy()
    person_ids = [request.client] if request.client else None
    scoped = in_scope(items, team, worker, person_ids)
    rows = my_day.my_day(scoped, earlier, then.day, asked.as_at, settings.who)
    first = ("group", "why")
    return asked.answer(
        "my-day",
        "My day",
        rows.select(*first, *(name for name in rows.collect_schema().names() if name not in first)).drop(
            *HIDDEN, "group_shown"
        ),
        parameters=told(request, team=team, worker=worker, new=then.words),
        left_out=my_day.left_out(asked.scan, items, scoped, earlier, asked.as_at, settings.who),
    )


def _work_changes(asked: Asked, request: Request) -> Answer:
    from data.before import snapshot_before
    from fcl_tui.reports import work_changes as changes

    before = snapshot_before(asked.snapshot)
    if before is None:
        raise DataError(
            "There is no earlier snapshot of the same kinds of source to compare with. "
            "The next load makes one."
        )
    team, worker = chosen(asked, request)
    days = before.manifest.data_date, asked.snapshot.manifest.data_date
    rows = changes.work_changes(before.scan, asked.scan, asked.calendar, *days, team=team, worker=worker)
    return asked.answer(
        "work-changes",
        "What changed",
        rows.drop("change_shown", "row_key"),
        parameters=told(
            request,
            team=team,
            worker=worker,
            compared=f"data of {days[0]:%d/%m/%Y} and of {days[1]:%d/%m/%Y}",
        ),
        left_out=changes.left_out(before.scan, asked.scan),
    )


def _chasing(asked: Asked, request: Request) -> Answer:
    from fcl_tui.reports import chasing
    from fcl_tui.reports.caseload import clients_at
    from fcl_tui.reports.client_overview import left_out

    by = choice(request.by, ("worker", "team"), "worker")
    team, worker = chosen(asked, request)
    items = _marked(asked).lazy()
    if request.detail:
        names = {"team": team, "worker": worker}
        of = {name: value for name, value in names.items() if value is not None}
        rows = chasing.behind(items, asked.as_at, **of).drop(*HIDDEN, "stand_shown")
    else:
        rows = chasing.chasing(items, clients_at(asked.scan_open, asked.as_at), asked.as_at, by=by, team=team)  # type: ignore[arg-type]
        rows = rows.drop("row_key")
        if worker is not None and by == "worker":
            import polars as pl

            rows = rows.filter(pl.col("worker") == worker)
    return asked.answer(
        "chasing",
        "Chasing",
        rows,
        parameters=told(request, team=team, worker=worker),
        left_out=left_out(asked.scan_open, asked.calendar, asked.as_at, team=team, worker=worker),
    )
