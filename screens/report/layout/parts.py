"""The reports that share a screen: which of them is shown, what is asked of each, and its last answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.question.query import Query
from fcl_tui.reports.question.saved import state_of, values_of
from screens.report.layout.sections import in_sections, section_bar, section_on

if TYPE_CHECKING:
    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Report

SHARED = ("team", "worker")
"""Parameters that all parts of a screen have in common"""


class Parts:
    """A report and those beside it, each with a question and a place of its own.

    A report in sections is one part: its views lie along the bar instead.
    """

    def __init__(self, first: Report, allows: Callable[[str], bool]) -> None:
        """`allows` says which reports are this reader's."""
        from fcl_tui.reports.catalogue import load

        beside = [load(key) for key in first.beside if allows(key)]
        self.first = first
        self.reports = {one.key: one for one in (first, *beside)}
        self.shown = first.key
        self.queries = {key: Query(key, one.first.key) for key, one in self.reports.items()}
        self.results: dict[str, Result] = {}

    @property
    def report(self) -> Report:
        """The report on the screen."""
        return self.reports[self.shown]

    @property
    def query(self) -> Query:
        """What is asked of it."""
        return self.queries[self.shown]

    @property
    def result(self) -> Result | None:
        """Its last answer."""
        return self.results.get(self.shown)

    @property
    def several(self) -> bool:
        """Whether other reports share the screen."""
        return len(self.reports) > 1

    @property
    def sections(self) -> bool:
        """Whether the parts are views of the one report."""
        return in_sections(self.first)

    @property
    def has_bar(self) -> bool:
        """Whether there is anything to go on to."""
        return self.several or self.sections

    def keep(self, query: Query) -> None:
        """The question to the part on the screen; team and worker are those of all parts."""
        self.queries[self.shown] = query
        for key, other in self.queries.items():
            if key != self.shown:
                self.queries[key] = other.changed(**{name: query.values.get(name) for name in SHARED})

    def go_on(self, way: int) -> None:
        """Show the next part, the one before, or the first with 0."""
        if self.sections:
            self.keep(section_on(self.report, self.query, way))
            return
        keys = list(self.reports)
        self.shown = keys[(keys.index(self.shown) + way) % len(keys)] if way else keys[0]

    def bar(self) -> tuple[list[tuple[str, int | None]], int]:
        """The names of the parts, the count of the one that is shown, and which that is."""
        from fcl_tui.reports.catalogue import report as entry_of

        count = self.result.held.height if self.result is not None else None
        if self.sections:
            return section_bar(self.report, self.query, count)
        names = [
            (
                one.first.title if one is self.first else entry_of(key).title,
                count if key == self.shown else None,
            )
            for key, one in self.reports.items()
        ]
        return names, list(self.reports).index(self.shown)

    def get_state(self) -> dict[str, Any] | None:
        """What is asked, as a saved view keeps it; neither a drill nor one child has a view."""
        if self.query.drill is not None or self.report.of_one_child:
            return None
        told = state_of(self.report, self.query)
        if self.several:
            told["section"] = self.shown
        return told

    def set_state(self, told: Any) -> Any:
        """Take up what `get_state` told, as far as it fits, and give the marks that it names, if any."""
        section = told.get("section") if isinstance(told, Mapping) else None
        for key, one in self.reports.items():
            if section in (key, one.first.key):  # earlier versions called it by its view
                self.shown = key
        values = values_of(self.report, {"view": told} if told else {})
        which, detail = values.pop("marks", None), values.pop("detail", False)
        view = values.pop("by", self.report.first.key)
        if detail:
            view = next(one.key for one in self.report.views if one.behind)
        self.keep(Query(self.shown, view).changed(**values))
        return which
