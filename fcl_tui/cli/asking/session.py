"""One question on the command line: the reader, the snapshot, the day, and how an answer is put together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from data.frames import Scan, collect
from data.office import access_log as log
from data.snapshots.reader import Snapshot
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.cli.asking.views import with_saved_view
from fcl_tui.config.settings import Settings, read
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.reports import catalogue
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.context import BoardRows, Context, Earlier, Highlights, Supervised
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.question.resolve import resolve
from fcl_tui.reports.question.words import plain_words
from fcl_tui.reports.run import charted, in_words, run

if TYPE_CHECKING:
    from fcl_tui.definitions.figures.comparators import Comparators
    from fcl_tui.reports.context import Audited
    from fcl_tui.reports.spec import Document, Report

OUTSIDE_FIGURES = "outside your remit, so in no row and no figure here"


class CommandSession:
    """The snapshot as the reader may see it, on a day."""

    def __init__(self, home: Path, as_at: date | None) -> None:
        self.settings: Settings = read(home)
        self.door = at_the_door(home, self.settings)
        self.snapshot: Snapshot = self.door.snapshot()
        self.as_at = as_at or date.today()
        self.scan: Scan = self.snapshot.scan
        self.restricted = self.door.restricted
        self.board_memory: dict[str, pl.DataFrame] = {}

    @cached_property
    def calendar(self) -> Calendar:
        """The snapshot's working days."""
        return Calendar.of(collect(self.scan("holidays")))

    def scan_open(self, name: str) -> pl.LazyFrame:
        """A frame for what is open on the as-at day, with as few rows as have it all."""
        return self.snapshot.scan_open(name, self.as_at)

    def context(self) -> Context:
        """What a report may know: read from the home when it asks."""
        from fcl_tui.access import context_sources as sources

        read = self.snapshot.for_answer()
        return Context(
            scan=read.scan,
            scan_open=lambda name: read.scan_open(name, self.as_at),
            calendar=self.calendar,
            as_at=self.as_at,
            data_date=self.snapshot.manifest.data_date,
            user=self.settings.who,
            settings=sources.figures(self.settings),
            restricted=self.restricted,
            whole=sources.sees_all(self.door),
            marks=self._marks,
            leave=lambda: sources.leave(self.settings.home),
            carers=self._carers,
            supervisions=self._supervisions,
            audits=self._audits,
            board=self._board,
            highlights=self._highlights,
            comparators=lambda: self._comparators,
            population=lambda: {} if self._comparators is None else self._comparators.population,
            month_figures=lambda: sources.month_figures(self.snapshot),
            previous=lambda: sources.previous(self.snapshot),
            last_visit=self._last_visit,
            log=lambda: sources.newest_looks(self.door),
        )

    def _marks(self) -> pl.LazyFrame:
        from fcl_tui.access import context_sources as sources

        marks = sources.marks_told(self.settings, demo=self.snapshot.manifest.demo)
        return sources.chased_until(marks, self.calendar, sources.figures(self.settings))

    def _carers(self) -> pl.DataFrame | None:
        from fcl_tui.access.carers import carers

        return carers(self.settings.home, self.door, self.scan, demo=self.snapshot.manifest.demo)

    def _supervisions(self) -> Supervised | None:
        from fcl_tui.access.supervision import supervisions

        return supervisions(self.door, self.scan, demo=self.snapshot.manifest.demo)

    def _audits(self) -> "Audited | None":
        from fcl_tui.access.quality.rows import audited

        return audited(self.door, self.scan, self.as_at, demo=self.snapshot.manifest.demo)

    def _board(self) -> BoardRows | None:
        from fcl_tui.access.board.rows import board_rows

        demo = self.snapshot.manifest.demo
        return board_rows(self.door, self.snapshot.id, demo=demo, memory=self.board_memory)

    def _highlights(self) -> "Highlights | None":
        from fcl_tui.access.board.highlights import highlights
        from fcl_tui.access.office import office_of

        return highlights(self.door, office_of(self.settings, demo=self.snapshot.manifest.demo))

    @cached_property
    def _comparators(self) -> "Comparators | None":
        from fcl_tui.access import context_sources as sources
        from fcl_tui.access.board.comparators import comparators
        from fcl_tui.access.office import office_of

        demo = self.snapshot.manifest.demo
        return comparators(office_of(self.settings, demo=demo), sources.figures(self.settings), demo=demo)

    def _last_visit(self) -> Earlier:
        """Reading alone: a list on the command line is not a visit."""
        from fcl_tui.access import context_sources as sources

        return sources.last_visit(self.settings, self.snapshot, self.as_at)

    def answer(
        self,
        report: str,
        title: str,
        rows: pl.LazyFrame,
        *,
        parameters: dict[str, str] | None = None,
        left_out: pl.LazyFrame | None = None,
        **more: Any,
    ) -> Answer:
        """Collect the rows, say beside them what must be said, and write down that it was asked."""
        answer = Answer(
            report=report,
            title=title,
            as_at=self.as_at,
            snapshot_id=self.snapshot.id,
            data_date=self.snapshot.manifest.data_date,
            rows=collect(rows),
            parameters=parameters or {},
            left_out=[] if left_out is None else collect(left_out).to_dicts(),
            who=self.settings.who,
            exported=datetime.now(),
            authority=self.settings.authority_name or "",
            marking=self.settings.protective_marking or "",
            **more,
        )
        if self.door.remit:
            answer.parameters["remit"] = self.door.remit
            if answer.asked is not None:
                answer = replace(answer, asked=(*answer.asked, f"remit: {self.door.remit}"))
        if self.door.counts_outside:
            answer.left_out.append(
                {"reason": OUTSIDE_FIGURES, "count": self.door.counts_outside, "what": "children"}
            )
        self.written_down(answer)
        return answer

    def written_down(self, answer: Answer) -> None:
        """Nothing is handed over that is not in the access log."""
        report, client = answer.report, answer.parameters.get("client")
        if report == "find":
            from fcl_tui.access.seen.search import BY_NAME, asked_for

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


def answer(
    home: Path,
    key: str,
    typed: Mapping[str, Any],
    *,
    as_at: date | None = None,
    view: str | None = None,
    break_glass: str | None = None,
    format_: str = "table",
    publish: bool = False,
) -> Answer:
    """Answer one report.

    Args:
        typed: values by parameter name, and `by` or `detail` for a view of the report.
        view: the name of a saved view to narrow by; what is typed wins.
        break_glass: why a manager opens a restricted record.
        publish: hide small numbers; refused for lists of children.
        format_: a kind of file that the report has a document of its own for may need another view.

    Raises:
        DataError: no such report, or the question cannot be asked of it.
    """
    report = catalogue.load(key)
    session = CommandSession(home, as_at)
    session.door.require(key)
    if view is not None:
        typed = with_saved_view(session, report, view, typed, day_given=as_at is not None)
    client = typed.get("client")
    if client is not None:
        if break_glass is not None and report.of_one_child:
            session.door.break_glass(str(client), break_glass)
        session.door.admit(str(client))
    document = next((one for one in report.documents if one.format == format_), None)
    if document is not None and document.with_parts and "by" in typed:  # a view asked for by name is a list
        document = None
    context = session.context()
    query = resolve(report, typed, context)
    if typed.get("detail") and document is not None and document.view != query.view:
        document = None  # the rows behind the figures are a list
    if document is not None and document.view is not None:
        query = replace(query, view=document.view)
    return answered(session, report, context, query, document, publish=publish)


def answered(
    session: CommandSession,
    report: "Report",
    context: Context,
    query: Query,
    document: "Document | None" = None,
    *,
    publish: bool = False,
) -> Answer:
    """The answer to a question, written down before it is handed over."""
    result = run(report, context, query)
    if publish:
        from fcl_tui.reports.publishing.publish import published

        result = published(context, query, result)
    entry = catalogue.report(report.key)
    parts: dict[str, Any] = {}
    if report.of_one_child:
        parts = {name: frame.drop(result.view.hidden, strict=False) for name, frame in result.beside.items()}
        facts = parts["overview"].row(0, named=True)
        parts["overview"] = facts | {"restricted": facts["person_id"] in session.restricted}
    elif document is not None and document.with_parts:
        parts = {"lines": result.rows, **result.beside}
    rows = result.given
    if document is not None and document.format == "ics":
        sealed = pl.col("person_id").is_in(session.restricted.person_ids)
        rows = rows.filter(~sealed)
    return session.answer(
        report.key,
        entry.title,
        rows.lazy(),
        parameters=in_words(query, report) | dict(result.words) | ({"publish": "true"} if publish else {}),
        left_out=result.left_out.lazy(),
        parts=parts,
        tier=entry.tier_name,
        table=result.columns,
        shown=result.rows,
        asked=_once(
            *plain_words(report, query), *(f"{name}: {value}" for name, value in result.words.items())
        ),
        grouped_by=result.view.group_by,
        top="" if publish else result.headline,
        part_columns={view.key: view.columns for view in report.views if view.key in parts},
        **charted(result, context.settings),
        builds={
            one.format: one.build
            for one in report.documents
            if one.build and one.view in ((query.view,) if result.view.behind else (None, query.view))
        },
    )


def _once(*phrases: str) -> tuple[str, ...]:
    """The phrases without those said before, however they are written."""
    return tuple({one.casefold(): one for one in phrases}.values())
