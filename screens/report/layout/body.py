"""The body of a declared report: the headline, a list for each part, and what stands beside and below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher

from fcl_tui.reports.named import function
from screens.report.layout.sections import child_line
from widgets.cells.held import LONG
from widgets.section_bar import SectionBar
from widgets.table.report_table import ReportTable
from widgets.text.phrases import PhraseLines

if TYPE_CHECKING:
    from fcl_tui.reports.run import Result
    from screens.report.screen import DeclaredScreen


def composed(screen: DeclaredScreen) -> ComposeResult:
    """The widgets, in their order."""
    parts = screen.parts
    if parts.has_bar:
        yield SectionBar(id="sections")
    yield PhraseLines(id="totals")
    with Horizontal(id="middle"):
        if parts.several:
            with ContentSwitcher(initial=table_of(parts.shown)):
                for key, one in parts.reports.items():
                    yield ReportTable(empty=one.first.empty, id=table_of(key))
        else:
            yield ReportTable(empty=screen.shown_view.empty, id=table_of(parts.shown))
        yield from screen.beside.compose_pane(parts.first)
    yield from screen.beside.compose_below(parts.first)


def table_of(part: str) -> str:
    """The id of the list of a part."""
    return f"table-{part}"


def turned(screen: DeclaredScreen) -> None:
    """The list of the part that is shown now is on top."""
    for switcher in screen.query(ContentSwitcher):
        switcher.current = table_of(screen.parts.shown)


def bar(screen: DeclaredScreen) -> None:
    """The names of the parts, and the count of the one that is shown."""
    for one in screen.query(SectionBar):
        one.show(*screen.parts.bar())


def answered(screen: DeclaredScreen, found: Result) -> None:
    """Rows into the table, the headline above, the rest beside."""
    view, rows = found.view, screen.frequency.narrowed(found.rows)
    discreet = getattr(view, "discreet", None)
    if screen.session.masked and discreet:
        rows = function(str(discreet))(rows)
    long = [one for one in (found.held, *found.beside.held.values()) if one.height > LONG]
    screen.list_rows(
        rows, found.columns, view.row_key, group_by=view.group_by, table=screen.table, beside=long
    )
    said = found.headline
    if found.report.of_one_child:
        said = f"{child_line(found, screen.session)}\n{said}"
    headline(screen, said)
    screen.tell_left_out(found.left_out)
    screen.beside.show(found)
    bar(screen)


def headline(screen: DeclaredScreen, said: str, *, whole: bool = False) -> None:
    """The lines over the list; none without words. `whole`: why there is no list, to the last word."""
    lines = screen.query_one(PhraseLines)
    lines.display = bool(said)
    lines.say(said, whole=whole)
