"""Supervisions of staff as a reader may see and enter them: of their own workers, with children they see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office import supervisions as kept
from fcl_tui.access.office import office_of
from fcl_tui.config import supervision as listed
from fcl_tui.config.csv_list import faulty
from fcl_tui.reports.context import Supervised

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.frames import Scan
    from data.office.supervisions import Supervision
    from fcl_tui.access.gate import Door

REPORT = "staff-supervision"
NO_CHILD = "is no child you can see in this data. Correct the number, or take it out."
NO_WORKER = (
    "is no worker of yours in this data. Write the name or number as the case system has it, or leave the "
    "row to their own manager."
)
TWO_WORKERS = "is the name of two workers in this data. Write the number of the one you mean."


def supervisions(door: Door, scan: Scan, *, demo: bool) -> Supervised | None:
    """The supervisions of the home's office that the reader may see.

    Shown are those of the workers whom the reader's teams, or the reader's list, hold cases of, and those the
    reader held. Children whom the reader may not see are left out; one whose record is restricted has the
    token of the reader's frames. The demo authority's own list counts before what was entered.

    Returns:
        None where none was entered.

    Raises:
        DataError: the office database cannot be read now, or the list of the demo is damaged.
    """
    entered = kept.read(office_of(door.settings, demo=demo))
    if demo and (door.home / listed.DEMO_FILE).exists():
        own = listed.read(door.home / listed.DEMO_FILE)
        own = own.with_columns(
            supervision_id=pl.format("demo {}", "line"), worker=_called(scan, own["worker"])
        )
        entered = kept.as_last_entered(pl.concat([own.select(*kept.schema()), entered]))
    if entered.is_empty():
        return None
    everyone, teams, workers = _remit(door, scan)
    if not everyone:
        mine = collect(_held(scan, teams, workers).select("worker").unique())["worker"]
        who = pl.lit(door.reader.user if door.reader is not None else door.settings.who)
        by_me = pl.col("supervisor").str.to_lowercase() == who.str.to_lowercase()
        entered = entered.filter(pl.col("worker").is_in(mine.implode()) | by_me)
    rows = _children_shown(door, scan, entered).lazy()
    return Supervised(rows, everyone, teams, workers)


def _called(scan: Scan, worker: pl.Series) -> pl.Series:
    """Workers by the names that the data has for their numbers; others as they are."""
    known = collect(scan("allocations").select("worker_id", "worker").drop_nulls().unique("worker_id"))
    return worker.replace(known["worker_id"], known["worker"])


def _children_shown(door: Door, scan: Scan, entered: pl.DataFrame) -> pl.DataFrame:
    numbers = entered["children"].explode().drop_nulls().unique()
    tokens = {number: door.shown(number) for number in numbers}
    there = collect(scan("people").select("person_id"))["person_id"].drop_nulls()
    told = (
        entered.select("supervision_id", "children")
        .explode("children")
        .with_columns(pl.col("children").replace(tokens))
        .filter(pl.col("children").is_in(there.implode()))
        .group_by("supervision_id")
        .agg(pl.col("children").sort())
    )
    shown = entered.drop("children").join(told, on="supervision_id", how="left", maintain_order="left")
    return shown.with_columns(pl.col("children").fill_null([])).drop("supervision_id")


def _remit(door: Door, scan: Scan) -> tuple[bool, frozenset[str], frozenset[str]]:
    """Whether all workers are the reader's, else the names of the teams and workers that are."""
    if door.reader is None or door.reader.scope.everyone:
        return True, frozenset(), frozenset()
    scope = door.reader.scope
    held = collect(scan("allocations").select("team_id", "team", "worker_id", "worker").unique())
    teams = held.filter(pl.col("team").is_in(scope.teams) | pl.col("team_id").is_in(scope.teams))
    workers = held.filter(pl.col("worker").is_in(scope.workers) | pl.col("worker_id").is_in(scope.workers))
    return (
        False,
        frozenset(teams["team"].drop_nulls().to_list()),
        frozenset(workers["worker"].drop_nulls().to_list()),
    )


def _held(scan: Scan, teams: frozenset[str], workers: frozenset[str]) -> pl.LazyFrame:
    return scan("allocations").filter(
        pl.col("team").is_in(list(teams)) | pl.col("worker").is_in(list(workers))
    )


def _workers(door: Door, scan: Scan) -> pl.DataFrame:
    """Whose supervision the reader may enter: said (folded name or number), worker (name), number."""
    everyone, teams, workers = _remit(door, scan)
    held = scan("allocations") if everyone else _held(scan, teams, workers)
    known = held.select("worker_id", "worker").drop_nulls("worker")
    if everyone:
        staff = scan("professionals").select(
            worker_id="prof_professional_id",
            worker=pl.coalesce("prof_professional_name", "prof_professional_id"),
        )
        known = pl.concat([known, staff.drop_nulls("worker")])
    by_name = known.select(said="worker", worker="worker", number="worker_id")
    by_number = known.select(said="worker_id", worker="worker", number="worker_id").drop_nulls("said")
    folded = pl.col("said").str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()
    return collect(
        pl.concat([by_name, by_number]).with_columns(said=folded).unique().sort("worker", "number")
    )


def checked(door: Door, scan: Scan, path: Path, rows: pl.DataFrame) -> list[Supervision]:
    """The rows of a list as supervisions, once every worker and child is known.

    Raises:
        DataError: a worker or child is not one the reader may enter, with the row, column and value.
    """
    door.require(REPORT)
    known = _workers(door, scan)
    names = {said: worker for said, worker, _ in known.rows()}
    numbers: dict[str, set[str]] = {}
    for said, _, number in known.rows():
        if number is not None:
            numbers.setdefault(said, set()).add(number)
    children = rows["children"].explode().drop_nulls().unique()
    there = collect(scan("people").filter(pl.col("person_id").is_in(children.implode())).select("person_id"))
    seen = set(door.seen_of(there["person_id"]).to_list())
    made = []
    for row in rows.iter_rows(named=True):
        said = row["worker"].casefold()
        if said not in names:
            raise faulty(path, row["line"], "worker", row["worker"], NO_WORKER)
        if len(numbers.get(said, ())) > 1:
            raise faulty(path, row["line"], "worker", row["worker"], TWO_WORKERS)
        for child in row["children"]:
            if child not in seen:
                raise faulty(path, row["line"], "children", child, NO_CHILD)
        told = {name: row[name] for name in ("supervisor", "day", "kind", "state")}
        made.append(kept.Supervision(worker=names[said], children=tuple(row["children"]), **told))
    once: dict[tuple[object, ...], int] = {}
    for line, one in zip(rows["line"], made, strict=True):
        key = (one.worker, one.day, one.kind)
        if key in once:
            what = f"has a supervision of this day and kind in row {once[key]} already. Keep one."
            raise faulty(path, line, "worker", one.worker, what)
        once[key] = line
    return made


def enter(door: Door, supervisions: Sequence[Supervision], *, demo: bool) -> None:
    """Write it into the access log, then save all of them.

    Raises:
        DataError: the reader may not, or they could not be written down or saved.
    """
    door.require(REPORT)
    if not supervisions:
        raise DataError("There is no supervision in it. Give at least one row.")
    who = door.reader.user if door.reader is not None else door.settings.who
    children = len({child for one in supervisions for child in one.children})
    told = f"supervisions entered: {len(supervisions)}; children discussed: {children}"
    from data.office import access_log as log

    door.record(log.ENTERED, report=REPORT, detail=told)
    kept.save(office_of(door.settings, demo=demo), supervisions, who)


def enter_one(
    door: Door,
    scan: Scan,
    worker: str,
    day: date,
    kind: str,
    state: str,
    children: Sequence[str],
    supervisor: str | None = None,
    *,
    demo: bool,
) -> list[Supervision]:
    """Check and save one supervision; without `supervisor` the reader held it.

    Raises:
        DataError: as `checked` and `enter`; nothing is saved.
    """
    typed = Path("supervision add")
    who = door.reader.user if door.reader is not None else door.settings.who
    cells = {
        "worker": worker, "supervisor": supervisor or who, "date": f"{day:%d/%m/%Y}",
        "kind": kind, "state": state, "children": ";".join(children),
    }  # fmt: skip
    rows = pl.DataFrame([listed.as_row(typed, 1, cells)], schema=listed.SCHEMA)
    made = checked(door, scan, typed, rows)
    enter(door, made, demo=demo)
    return made
