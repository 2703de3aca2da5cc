"""Help: the keys of the screen it was asked from, then the report's guidance."""

from collections.abc import Iterator
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from widgets.markdown_lines import markdown_lines
from widgets.text_pane import Line
from widgets.text_window import Reader

MOTION = (
    ("arrows, hjkl", "Move"),
    ("page up, page down", "A page"),
    ("home, end", "First and last row"),
    ("s", "Sort: choose a column, again to reverse"),
    ("ctrl+p", "Everything by its name"),
)
MARKING = ("client-overview", "client-summary", "my-day", "leaving-care")
"""Pages of reports in which items can be marked or notes on a child written."""


def _keys(screen: Screen[Any]) -> Iterator[Line]:
    seen: set[str] = set()
    for key, active in screen.active_bindings.items():
        binding: Binding = active.binding
        wanted = binding.id and not binding.id.startswith(("table.", "pane.", "home."))
        if not wanted or binding.action in seen or not binding.description:
            continue
        seen.add(binding.action)
        shown = screen.app.get_key_display(binding) or key
        yield Line(binding.tooltip or binding.description, lead=f"  {shown:<20}")
    for shown, words in MOTION:
        yield Line(words, lead=f"  {shown:<20}")


def help_for(screen: Screen[Any], report: str | None) -> Reader:
    """A reader with the screen's keys, the guidance of its report (or in general), and that on due dates."""
    from fcl_tui.reports import catalogue

    page, title = "general", "Help"
    if report is not None:
        entry = catalogue.report(report)
        page, title = entry.guidance or "general", f"Help: {entry.title}"
    lines: list[Line | str] = [Line("Keys on this screen", "heading"), *_keys(screen), ""]
    pages = [page, *(["marks"] if page in MARKING else [])]
    pages += ["exports", "saved-views"] if report is not None else []
    pages += [] if page in ("assessments", "data-quality") else ["timescales"]
    pages += ["access"]
    for one in dict.fromkeys(pages):
        lines += [*markdown_lines(catalogue.guidance(one)), ""]
    return Reader(title, lines)
