"""When nobody has pressed a key for a while: the screen goes blank, later the session ends."""

from time import monotonic
from typing import Any

from textual import events
from textual.app import App

from screens.blank import BlankScreen


class IdleWatch:
    """Mixed into the application before Textual's own class."""

    idle_seconds: float = 600.0
    end_seconds: float = 1800.0
    ended_idle = False

    def watch_for_idleness(self: Any, idle_minutes: float, end_minutes: float) -> None:
        """Begin; called once, when the application is mounted."""
        self.idle_seconds, self.end_seconds = idle_minutes * 60, end_minutes * 60
        self._last_key = monotonic()
        self._look_again()

    def _look_again(self: Any) -> None:
        """One timer, for the next thing that is to happen: nothing is polled."""
        idle = monotonic() - self._last_key
        if idle >= self.end_seconds:
            self.ended_idle = True
            self.exit()
            return
        if idle >= self.idle_seconds and not isinstance(self.screen, BlankScreen):
            self.push_screen(BlankScreen(self.title))
        left = [limit - idle for limit in (self.idle_seconds, self.end_seconds) if limit > idle]
        self.set_timer(min(left) + 0.01, self._look_again)

    async def on_event(self: Any, event: events.Event) -> None:
        """The first key, click or paste on a blank screen shows it again and does nothing else."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._last_key = monotonic()
            self.first_page.pressed()
            if isinstance(self.screen, BlankScreen):
                event.stop()
                self.pop_screen()
                return
        await App.on_event(self, event)
