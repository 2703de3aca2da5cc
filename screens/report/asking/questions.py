"""What is asked of a report on the screen: another view, another team or period, all of it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.reports.parameters.period import spanned, to_period
from fcl_tui.reports.question.query import Query
from screens.report.asking.period import PeriodPicker
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Parameter, Report, Value, View
    from screens.report.asking.own_team import OwnTeam
    from screens.report.asking.parameters import Parameters
    from screens.report.host import ReportHost
    from screens.report.layout.parts import Parts


class Questions:
    """The question of the part on the screen, and how a reader changes it."""

    def __init__(
        self,
        host: ReportHost,
        parts: Parts,
        parameters: Parameters,
        own_team: OwnTeam,
        asked: Callable[[Query, Query], None],
    ) -> None:
        """`asked` hears the question before and the one in its place, once that is kept."""
        self._host, self._parts, self._own_team, self._asked = host, parts, own_team, asked
        self._parameters, self._period = parameters, PeriodPicker(host)
        self._aside: dict[str, Value] = {}
        """What the view on the screen cannot be narrowed to; the next one that can has it again"""

    @property
    def report(self) -> Report:
        """The report that is asked."""
        return self._parts.report

    @property
    def now(self) -> Query:
        """What is asked of it, its period as days."""
        return spanned(self._parts.query, self._host.session.as_at)

    @property
    def view(self) -> View:
        """The view that is asked for."""
        return self.report.view(self.now.view)

    def ask_for(self, query: Query) -> None:
        """Ask this in place of what is asked."""
        before = self.now
        self._parts.keep(query)
        self._asked(before, query)

    def again(self) -> None:
        """Everything of the report, as it opens."""
        self._aside = {}
        self.ask_for(Query(self._parts.first.key, self._parts.first.first.key))

    def switch(self) -> None:
        """Another view of the same rows: the next one, or one from a menu."""
        report, now = self.report, self.now
        views = {view.key: view for view in report.switchable}
        if report.switch == "toggle" or len(views) == 2:
            keys = list(views)
            self.ask_for(replace(now, view=keys[(keys.index(now.view) + 1) % len(keys)], drill=None))
            return

        def then(key: str | None) -> None:
            if key is not None:
                self.ask_for(self._taken_to(views[key]))

        choices = [Choice(key, view.title) for key, view in views.items()]
        self._host.ask(Menu(report.switch_label, choices, now.view), then)

    def _taken_to(self, view: View) -> Query:
        """The question in another view: without what cannot narrow that, and with it again where it can."""
        query = replace(self._without_figure(), view=view.key, drill=None)
        values, takes = {**self._aside, **query.values}, getattr(view, "takes", None)
        self._aside = {} if takes is None else {name: v for name, v in values.items() if name not in takes}
        return query.changed(**values | dict.fromkeys(self._aside))

    def _without_figure(self) -> Query:
        """The question without what only a figure narrowed it to: no key takes that away again."""
        if not self.view.behind:
            return self.now
        keyless = [one for one in self.report.parameters if one.key is None and one.kind == "text"]
        return self.now.changed(**{one.name: None for one in keyless})

    def choose(self, name: str) -> None:
        """Ask for a parameter."""
        parameter = self.report.parameter(name)
        if parameter is not None and parameter.kind == "period":
            self._period.choose(self.now, lambda query: self.ask_for(to_period(self.report, query)))
        elif parameter is not None:
            self._parameters.choose(parameter, self.now, lambda value: self._chose(parameter, value))

    def _chose(self, parameter: Parameter, value: Value | None) -> None:
        changes: dict[str, Value | None] = dict.fromkeys(parameter.resets)
        query = self.now.changed(**changes | {parameter.name: value})
        after = self.report.views_after.get(parameter.name)
        if after is not None and not self.view.behind and self.now.view in after:
            query = replace(query, view=after[0] if value is not None else after[1])
        if parameter.name == "team":
            self._own_team.chose(value)
        self.ask_for(query)
