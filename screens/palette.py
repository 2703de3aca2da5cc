"""The command palette: everything a key does, found by its everyday name."""

from collections.abc import Awaitable, Callable, Iterator

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

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
    "planner": "calendar diary agenda week",
}
"""Words people use for what an action is called, by a part of the binding's id."""


class Actions(Provider):
    """The bindings of the screen and the application."""

    def _actions(self) -> Iterator[tuple[str, str, str, str]]:
        """Name with its key, what it does, everyday words for it, the action."""
        seen: set[str] = set()
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            wanted = isinstance(binding, Binding) and binding.id and binding.description and enabled
            if (
                not wanted
                or not self._allowed(binding.action)
                or binding.action in seen
                or (binding.id or "").startswith("table.")
            ):
                continue
            seen.add(binding.action)
            words = next((more for word, more in EVERYDAY.items() if word in (binding.id or "")), "")
            key = self.app.get_key_display(binding)
            yield f"{binding.description} ({key})", tooltip or binding.tooltip, words, binding.action

    def _allowed(self, action: str) -> bool:
        """Whether the report that the action opens is for the reader; any other action is."""
        report = action.removeprefix("report('").removesuffix("')")
        return report == action or self.app.session.door.allows(report)  # type: ignore[attr-defined]

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for name, does, _, action in self._actions():
            yield DiscoveryHit(Content(name), self._run(action), help=does)

    async def search(self, query: str) -> Hits:
        """Actions whose name, purpose or everyday words are like the query."""
        matcher = self.matcher(query)
        for name, does, words, action in self._actions():
            score = max(matcher.match(name), matcher.match(f"{does} {words}"))
            if score > 0:
                yield Hit(score, Content(name), self._run(action), text=name, help=does)

    def _run(self, action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(action, self.screen)

        return run
