"""Textual's own doors to the host, shut: pictures of the screen, suspending, other programs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from textual.app import SystemCommand


class ShutDoors:
    """Mixed into the application before Textual's own class. Nothing here is bound to a key; this is the
    lock for the day that an action is reached by another way."""

    def get_system_commands(self, *_: Any) -> Iterable[SystemCommand]:
        """None of Textual's own: its screenshot writes client data to disk."""
        return ()

    def action_screenshot(self, *_: Any, **__: Any) -> None:
        """A picture writes what is on the screen, children's names, to the disk: there is none."""

    def save_screenshot(self, *_: Any, **__: Any) -> str:
        """None either."""
        return ""

    def deliver_screenshot(self, *_: Any, **__: Any) -> None:
        """None either."""

    def action_suspend_process(self) -> None:
        """A suspended session is a child's record left open."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Other programs are not started from here."""
        yield

    def open_url(self, *_: Any, **__: Any) -> None:
        """Nor is a browser."""
