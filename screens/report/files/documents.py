"""The files a declared report can become: the list as shown, and the documents of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.spec import Breakdown
from screens.messages import Listed
from screens.report.files.exports import Exports, FileKind, want_file
from widgets.cells.plain import plain

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Document, Report
    from screens.report.host import ReportHost


def file_kinds(
    host: ReportHost,
    report: Report,
    asked: Callable[[], tuple[Report, Query]],
    context: Callable[[], Context],
    exports: Callable[[], Exports],
) -> dict[str, Any]:
    """The kinds of file besides the list, or in place of it where one of them has its letter."""
    own = {document.key: _kind(host, document, asked, context, exports) for document in report.documents}
    if PUBLISHED not in own and any(isinstance(view, Breakdown) for view in report.views):
        words = "Excel, as for publication: small numbers as c"
        own[PUBLISHED] = FileKind(PUBLISHED, words, lambda: _for_publication(host, asked, context))
    usual = {
        "x": FileKind("x", "Excel, as on the screen", lambda: exports().write_list("xlsx")),
        "c": FileKind("c", "CSV, as on the screen", lambda: exports().write_list("csv")),
        "a": FileKind(
            "a", "Excel, every column of this list", lambda: exports().write_list("xlsx", every_column=True)
        ),
    }
    if not {"x", "c"} & set(own):
        return {"documents": tuple(own.values())}
    shown = replace(usual["x"], key="s")
    return {"lists": (*own.values(), shown)}


def _kind(
    host: ReportHost,
    document: Document,
    asked: Callable[[], tuple[Report, Query]],
    context: Callable[[], Context],
    exports: Callable[[], Exports],
) -> FileKind:
    def asked_first() -> None:
        count = host.table.row_count if document.alike is None else _alike(host, document).height
        if document.asks_above is None or count <= document.asks_above:
            write()
            return
        from screens.dialogs.mark import Confirm

        question = f"{count:,} {document.rows_are} will be written."
        host.ask(Confirm(question), lambda yes: write() if yes else host.say("Nothing was written."))

    def write() -> None:
        if document.alike is not None:
            _of_those_alike(host, document, exports().as_listed(whole_rows=True))
            return
        report, query = asked()
        if document.view is None:
            behind = report.view(query.view).behind  # a list of those behind a figure, and no page
            build = "" if behind else document.build
            exports().write_list(document.format, whole_rows=not behind, build=build)
            return
        if document.of_row is not None and (value := host.table.cursor_row().get(document.of_row)):
            query = query.changed(**{document.of_row: str(value)})
        if query.view == document.view and not document.with_parts:
            _as_listed(host, report, query, document, exports())
            return
        host.say("Writing the list ...")
        host.in_thread(lambda: _of_view(host, report, query, document, context), group="documents")

    return FileKind(document.key, document.label, asked_first)


def _for_publication(
    host: ReportHost, asked: Callable[[], tuple[Report, Query]], context: Callable[[], Context]
) -> None:
    """Write what is asked with small numbers hidden, as the command line does with --publish."""
    report, query = asked()
    host.say("Writing the list ...")
    host.in_thread(lambda: _published(host, report, query, context), group="documents")


def _published(host: ReportHost, report: Report, query: Query, context: Callable[[], Context]) -> None:
    """Answer again, hide, and ask for the file; runs in a thread."""
    from data.errors import DataError
    from fcl_tui.export.cells import columns_of
    from fcl_tui.reports.publishing.publish import published
    from fcl_tui.reports.question.words import shown_words
    from fcl_tui.reports.run import run

    told = context()
    try:
        result = published(told, query, run(report, told, query))
    except DataError as error:
        host.from_thread(host.say, str(error))
        return
    shown = columns_of(result.rows, result.columns)
    listed = Listed(
        result.rows.select([column.key for column in shown]),
        shown,
        shown_words(report, query) | {"publish": "true"},
        result.left_out.to_dicts(),
    )
    host.from_thread(want_file, host, listed, "xlsx")


def _as_listed(host: ReportHost, report: Report, query: Query, document: Document, exports: Exports) -> None:
    """The document's own view is on the screen: its rows as they are listed there, filtered and sorted."""
    listed = exports.as_listed(whole_rows=True)
    if listed is not None:
        from fcl_tui.reports.named import function

        view, rows = report.view(query.view), listed.rows
        discreet = getattr(view, "discreet", None)
        if listed.masked and discreet:  # privacy may have been asked for a moment ago
            rows = function(discreet)(rows)
        rows = rows.drop(view.hidden, strict=False)
        _want(host, replace(listed, rows=rows, build=document.build), document)


def _alike(host: ReportHost, document: Document, rows: pl.DataFrame | None = None) -> pl.DataFrame:
    """The rows listed that are alike the one under the cursor in the document's column."""
    column = document.alike[0] if document.alike is not None else ""
    rows = host.table.shown_frame() if rows is None else rows
    assert rows is not None
    return rows.filter(rows[column].eq_missing(host.table.cursor_row().get(column)))


def _of_those_alike(host: ReportHost, document: Document, listed: Listed | None) -> None:
    """Ask for the file of those rows alone; what they have in common is said in its heading."""
    if listed is None or listed.rows.is_empty() or document.alike is None:
        return
    column, called = document.alike
    rows = _alike(host, document, listed.rows)
    parameters = {**listed.parameters, called: plain(rows[column][0])}
    _want(host, replace(listed, rows=rows, parameters=parameters, build=document.build), document)


def _want(host: ReportHost, listed: Listed, document: Document) -> None:
    """Ask for the file; more than a sheet can hold is said, not cut."""
    if listed.rows.height > MOST:
        host.say(f"{listed.rows.height:,} rows do not fit on one sheet; choose a team first")
    else:
        want_file(host, listed, document.format)


def _of_view(
    host: ReportHost, report: Report, query: Query, document: Document, context: Callable[[], Context]
) -> None:
    """Run the document's own view with the same values; runs in a thread."""
    from data.errors import DataError
    from fcl_tui.definitions.wording.privacy import masked
    from fcl_tui.reports.named import function
    from fcl_tui.reports.question.words import shown_words
    from fcl_tui.reports.run import run

    view = report.view(document.view or query.view)
    try:
        result = run(report, context(), replace(query, view=view.key, drill=None))
    except DataError as error:
        host.from_thread(host.say, str(error))
        return
    rows, hidden = result.given, host.session.masked
    parts = _parts(result, host) if report.of_one_child else _beside(result, document)
    if hidden:
        discreet = getattr(view, "discreet", None)
        rows = masked(function(discreet)(result.rows).select(rows.columns) if discreet else rows)
    listed = Listed(
        rows,
        parameters=shown_words(report, query) | dict(result.words),
        left_out=result.left_out.to_dicts(),
        parts=parts,
        masked=hidden,
        build=document.build,
    )
    host.from_thread(_want, host, listed, document)


def drawn(result: Result | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The picture beside a list with what it is drawn of and held against; empty: there is none."""
    from fcl_tui.reports.run import charted

    return {} if result is None else charted(result, settings)


def _beside(result: Result, document: Document) -> dict[str, Any]:
    """What a document is made of beside the rows, where it is; the rows whole are called lines."""
    return {"lines": result.rows, **result.beside} if document.with_parts else {}


def _parts(result: Result, host: ReportHost) -> dict[str, Any]:
    """The parts of a report of one child as a document holds them, masked where the screen is."""
    from fcl_tui.definitions.wording.privacy import masked

    told: dict[str, Any] = {
        name: masked(frame) if host.session.masked else frame for name, frame in result.beside.items()
    }
    facts = told["overview"].row(0, named=True)
    told["overview"] = facts | {"restricted": facts["person_id"] in host.session.restricted}
    return told


PUBLISHED = "p"
"""The letter of the list as it is published"""
MOST = 1_000_000
"""Rows that one sheet of a workbook holds"""
