"""The command palette: everything a key does, found by its everyday name."""

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from widgets.cells.plain import plain

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message import Message

    from data.office.views import SavedView
    from screens.session import Session

TEAM_REPORT = "client-overview"
"""What a team opens"""
WORDS = 0.5
"""The score of a report that is called so by another word"""
LAST = 0.01
"""The score of what stands at the end"""

EVERYDAY = {
    "overdue": "late red chase what is due",
    "team": "pod compare teams",
    "worker": "caseload social worker whose",
    "find": "client child search look up name",
    "why": "reason explain date timescale",
    "export": "excel word csv file print save",
    "privacy": "mask hide names",
    "help": "keys guidance",
    "sort": "order column",
    "marks": "chase chased book booked snooze note hand over broken promise mine unmarked undo",
    "notes": "note child remember ring before interpreter",
    "my_day": "today morning chase work list changed since yesterday new overdue",
    "filter": "narrow search list",
    "quality": "problems errors mistakes wrong missing fix data check",
    "planner": "calendar diary agenda week leave bank holiday load",
    "period": "quarter month year date range from to last this compare",
    "switch": "compare teams workers months by",
    "views": "saved view favourite bookmark keep",
    "columns": "widths order hide show fields",
    "frequency": "count how many of each pivot values histogram",
    "yank": "clipboard paste",
}
"""Words people use for what an action is called, by a part of the binding's id."""


def everyday(binding_id: str) -> str:
    """Other words for what a binding does; empty when there are none."""
    return next((more for word, more in EVERYDAY.items() if word in binding_id), "")


def _begin(query: str, text: str) -> bool:
    """Whether every word of the query begins a word of the text."""
    known = text.casefold().split()
    asked = query.casefold().split()
    return bool(asked) and all(any(word.startswith(one) for word in known) for one in asked)


class Actions(Provider):
    """The bindings of the screen and the application."""

    def _actions(self) -> "Iterator[tuple[str, str, str, str, DOMNode]]":
        """Name with its key, what it does, everyday words for it, the action, and whose it is."""
        seen: set[str] = set()
        for node, binding, enabled, tooltip in self.screen.active_bindings.values():
            wanted = isinstance(binding, Binding) and binding.id and binding.description and enabled
            if (
                not wanted
                or not self._allowed(binding.action)
                or binding.action in seen
                or (binding.id or "").startswith("table.")
            ):
                continue
            seen.add(binding.action)
            words = everyday(binding.id or "")
            key = self.app.get_key_display(binding)
            yield f"{binding.description} ({key})", tooltip or binding.tooltip, words, binding.action, node

    def _allowed(self, action: str) -> bool:
        """Whether the report that the action opens is for the reader; any other action is."""
        report = action.removeprefix("report('").removesuffix("')")
        return report == action or self.app.session.door.allows(report)  # type: ignore[attr-defined]

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for name, does, _, action, node in self._actions():
            yield DiscoveryHit(Content(name), self._run(action, node), help=does)

    async def search(self, query: str) -> Hits:
        """Actions whose name, purpose or everyday words are like the query."""
        matcher = self.matcher(query)
        for name, does, words, action, node in self._actions():
            score = max(matcher.match(name), WORDS if _begin(query, f"{does} {words}") else 0)
            if score > 0:
                yield Hit(score, Content(name), self._run(action, node), text=name, help=does)

    def _run(self, action: str, node: "DOMNode") -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(action, node)

        return run


class Places(Provider):
    """Reports, teams, saved views and children, by everyday words, from any screen."""

    async def startup(self) -> None:
        """Read the teams and the reader's views, while the first letters are typed."""
        import asyncio

        self._teams: list[str] = []
        self._views: list[SavedView] = []
        await asyncio.to_thread(self._read)

    def _read(self) -> None:
        from data.errors import DataError
        from data.frames import collect
        from data.office.views import views
        from fcl_tui.definitions.choices import teams

        session = self._session
        try:
            if session.office is not None:
                found, _ = views(session.office, session.who, session.door.teams)
                self._views = [view for view in found if not view.fault]
        except DataError:
            pass  # the lists say that the office database does not answer
        if session.door.allows(TEAM_REPORT):
            names = collect(teams(session.scan_open, session.as_at))["team"]
            self._teams = [str(name) for name in names.drop_nulls()]

    @property
    def _session(self) -> "Session":
        session: Session = self.app.session  # type: ignore[attr-defined]
        return session

    def _reports(self) -> "Iterator[tuple[str, str, str, str]]":
        """Title, key, summary and keywords of each report that the reader may open."""
        from fcl_tui.reports.catalogue import every

        actions = {active.binding.action for active in self.screen.active_bindings.values()}
        keyed = {entry.key for entry in every() if f"report('{entry.key}')" in actions}
        for entry in every():
            if entry.key not in keyed and self._session.door.allows(entry.key):
                yield entry.title, entry.key, entry.summary, entry.keywords

    async def discover(self) -> Hits:
        """The reports, before a word is typed."""
        for title, key, summary, _ in self._reports():
            yield DiscoveryHit(Content(f"Report: {title}"), self._report(key), help=summary)

    async def search(self, query: str) -> Hits:
        """What is called like the query, and at the end the child who may be."""
        matcher = self.matcher(query)
        for title, key, summary, words in self._reports():
            score = max(matcher.match(title), WORDS if _begin(query, f"{summary} {words}") else 0)
            if score > 0:
                name = f"Report: {title}"
                yield Hit(score, Content(name), self._report(key), text=name, help=summary)
        for view in self._views:
            score = matcher.match(view.name)
            if score > 0:
                name = f"View: {plain(view.name)}"
                yield Hit(score, Content(name), self._view(view), text=name, help="A saved view")
        for team in self._teams:
            score = matcher.match(team)
            if score > 0:
                name = f"Team: {plain(team)}"
                told = "What is due in this team"
                yield Hit(score, Content(name), self._team(team), text=name, help=told)
        if query.strip() and self._session.door.allows("find"):
            name = f"Find a client: {plain(query.strip())}"
            told = "By name, number or date of birth"
            yield Hit(LAST, Content(name), self._find(query.strip()), text=name, help=told)

    def _report(self, key: str) -> "Callable[[], None]":
        return lambda: self.app.action_report(key)  # type: ignore[attr-defined]

    def _find(self, text: str) -> "Callable[[], None]":
        return lambda: self.app.action_find(text)  # type: ignore[attr-defined]

    def _view(self, view: "SavedView") -> "Callable[[], None]":
        from screens.messages import ViewWanted

        return lambda: self._say(ViewWanted(view, lambda _: self.app.bell()))

    def _team(self, team: str) -> "Callable[[], None]":
        from screens.messages import ReportWanted

        return lambda: self._say(ReportWanted(TEAM_REPORT, {"team": team}))

    def _say(self, message: "Message") -> None:
        self.app.post_message(message)
