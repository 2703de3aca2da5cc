"""The team that the reader works with: lists open on it, and the key for teams changes it.

Strategic reports are of the whole service: they open on all teams, and a team looked at there is no wish to
work with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.reports.catalogue import report as entry_of
from fcl_tui.reports.framework import STRATEGIC

if TYPE_CHECKING:
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Report
    from screens.report.host import ReportHost
    from screens.report.layout.parts import Parts

LOG = logging.getLogger("fcl_tui")


class OwnTeam:
    """What one screen has of it. `opens`: it has yet to be opened on the team."""

    def __init__(self, host: ReportHost, report: Report, *, asked: bool) -> None:
        """`asked`: the report is opened as it is, by nothing that says what of it is wanted."""
        self._host = host
        self._of_service = entry_of(report.key).tier == STRATEGIC.number
        self.opens = asked and not self._of_service and report.parameter("team") is not None

    def awaited(self, then: Callable[[], None]) -> bool:
        """Whether the team has to be read first; `then` is called when it is known."""
        session = self._host.session
        if not self.opens or session.team_known:
            return False

        def read() -> None:
            session.own_team()
            session.team_known = True
            self._host.from_thread(then)

        self._host.in_thread(read, group="own-team", exclusive=True)
        return True

    def take_up(self, parts: Parts) -> None:
        """Open every part on it, once."""
        for key, report in parts.reports.items() if self.opens else ():
            parts.queries[key] = self.opened(report, parts.queries[key])
        self.opens = False

    def opened(self, report: Report, query: Query) -> Query:
        """The question as the report opens: of the team, in the view that choosing it leads to."""
        team = self._host.session.team
        if team is None or report.parameter("team") is None:
            return query
        after = report.views_after.get("team")
        view = after[0] if after is not None and query.view in after else query.view
        return replace(query.changed(team=team), view=view)

    def chose(self, team: object) -> None:
        """The reader chose a team, or all: from now on lists open on it."""
        if self._of_service:
            return
        session, chosen = self._host.session, team if isinstance(team, str) else None
        if session.team_known and session.team == chosen:
            return
        session.team, session.team_known = chosen, True
        self._host.in_thread(lambda: self._keep(chosen), group="own-team")

    def _keep(self, team: str | None) -> None:
        from data.errors import DataError

        try:
            self._host.session.keep_team(team)
        except DataError:  # it is kept for this session; a list is no place to hear of it
            LOG.warning("own team: the office database did not keep it")
