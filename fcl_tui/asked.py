"""What is asked on the command line: the question, its scope, and how an answer is put together."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.office import access_log as log
from data.snapshot import Snapshot
from fcl_tui.access.entering import at_the_door
from fcl_tui.export import Answer
from fcl_tui.reports.frames import Scan, collect
from fcl_tui.settings import Settings, read
from fcl_tui.timescales.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Request:
    """One report as asked for on the command line."""

    report: str
    client: str | None = None
    team: str | None = None
    worker: str | None = None
    as_at: date | None = None
    from_day: date | None = None
    to_day: date | None = None
    by: str | None = None
    detail: bool = False
    history: bool = False
    overdue: bool = False
    everything: bool = False
    kinds: str | None = None
    """Kinds of events, separated by commas"""
    shared: bool = False
    """It leaves for another program: rows, not figures, and nothing of restricted records."""
    view: str | None = None
    """The name of a saved view to narrow by"""
    break_glass: str | None = None
    """Why a manager opens a restricted record"""


OUTSIDE_FIGURES = "outside your remit, so in no row and no figure here"


class Asked:
    """One question: the snapshot, the day, the calendar, and how an answer is put together."""

    def __init__(self, home: Path, as_at: date | None) -> None:
        self.settings: Settings = read(home)
        self.door = at_the_door(home, self.settings)
        self.snapshot: Snapshot = self.door.snapshot()
        self.as_at = as_at or date.today()
        self.scan: Scan = self.snapshot.scan
        self.calendar = Calendar.of(collect(self.scan("holidays")))
        self.restricted = self.door.restricted

    def scan_open(self, name: str) -> pl.LazyFrame:
        """A frame for what is open on the as-at day, with as few rows as have it all."""
        return self.snapshot.scan_open(name, self.as_at)

    def answer(
        self,
        report: str,
        title: str,
        rows: pl.LazyFrame,
        *,
        parameters: dict[str, str] | None = None,
        left_out: pl.LazyFrame | None = None,
        parts: dict[str, Any] | None = None,
    ) -> Answer:
        """Collect the rows, say beside them what must be said, and write down that it was asked."""
        answer = self._answer(report, title, rows, parameters or {}, left_out, parts or {})
        self._told_of_remit(answer)
        self.written_down(answer)
        return answer

    def _told_of_remit(self, answer: Answer) -> None:
        if self.door.remit:
            answer.parameters["remit"] = self.door.remit
        if self.door.counts_outside:
            answer.left_out.append(
                {"reason": OUTSIDE_FIGURES, "count": self.door.counts_outside, "what": "children"}
            )

    def written_down(self, answer: Answer) -> None:
        """Nothing is handed over that is not in the access log."""
        report, client = answer.report, answer.parameters.get("client")
        if report == "find":
            from fcl_tui.access.finding import BY_NAME, asked_for

            number = asked_for(self.door, answer.parameters["text"], answer.rows)
            said = BY_NAME if number is None else answer.parameters["text"]
            told = f"{said}; {answer.rows.height} found"
            self.door.record(log.SEARCHED, report=report, person_id=number, detail=told)
            return
        narrowed = ", ".join(
            f"{name} {value}" for name, value in answer.parameters.items() if name != "client"
        )
        told = f"{narrowed}; {answer.rows.height} rows".removeprefix("; ")
        self.door.record(log.PRINTED, report=report, person_id=client, detail=told)

    def _answer(
        self,
        report: str,
        title: str,
        rows: pl.LazyFrame,
        parameters: dict[str, str],
        left_out: pl.LazyFrame | None,
        parts: dict[str, Any],
    ) -> Answer:
        return Answer(
            report=report,
            title=title,
            as_at=self.as_at,
            snapshot_id=self.snapshot.id,
            data_date=self.snapshot.manifest.data_date,
            rows=collect(rows),
            parameters=parameters,
            left_out=[] if left_out is None else collect(left_out).to_dicts(),
            parts=parts,
            who=self.settings.who,
            exported=datetime.now(),
        )


def one_of(name: str | None, known: "Iterable[str]", what: str) -> str | None:
    """The spelling of the snapshot for what was typed, whatever its case; or say which are near."""
    if name is None:
        return None
    names = list(known)
    for one in names:
        if one.casefold() == name.strip().casefold():
            return one
    near = [one for one in names if name.strip().casefold() in one.casefold()]
    if len(near) == 1:
        return near[0]
    listed = ", ".join(sorted(near or names)[:12])
    raise DataError(
        f"There is no {what} {name!r} on that day. {'Did you mean' if near else 'There are'}: {listed}."
    )


def chosen(asked: Asked, request: Request) -> tuple[str | None, str | None]:
    """The team and worker asked for, as the snapshot spells them."""
    from fcl_tui.reports.choices import teams, workers

    team = worker = None
    if request.team is not None:
        team = one_of(request.team, collect(teams(asked.scan_open, asked.as_at))["team"].to_list(), "team")
    if request.worker is not None:
        held = collect(workers(asked.scan_open, asked.as_at, team))["worker"].to_list()
        worker = one_of(request.worker, held, "worker")
    return team, worker


def told(request: Request, **chosen: str | None) -> dict[str, str]:
    """What was asked for, in words; `chosen` are spellings of the snapshot."""
    given = asdict(request) | chosen
    skipped = {"report", "as_at", "break_glass"}
    return {
        name: value.isoformat()
        if isinstance(value, date | datetime)
        else str(value).lower()
        if value is True
        else str(value)
        for name, value in given.items()
        if name not in skipped and value not in (None, False)
    }


def choice(value: str | None, allowed: tuple[str, ...], default: str) -> str:
    """What --by says, or the default; DataError when it is none of those allowed."""
    if value is None:
        return default
    if value not in allowed:
        raise DataError(f"--by takes one of {', '.join(allowed)} here, not {value!r}.")
    return value
